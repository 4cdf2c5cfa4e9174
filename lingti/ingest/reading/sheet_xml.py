"""What calamine does not tell about an xlsx: cells with errors, and cells far outside.

Works on the bytes of the sheets with patterns that take linear time.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lingti.ingest.reading.struck import HIDDEN_MARKS, Strikes, hidden_rows

_SAFE_BOX = 4_000_000  # cells that may be allocated for a sheet without looking closer
_SMALL_BOX = 200_000  # the same where the sheet has fewer bytes than its box has cells
_ROW_GAP, _COLUMN_GAP = 5_000, 100
_FEW = 20
_BIT = 1 << 17  # bytes of a sheet that are looked at at once
_BEFORE = 40  # bytes before the name of a row's number in which its tag begins

_CELL = rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*?"
_ANY_CELL = re.compile(_CELL + rb"(/?)>")
_WHOLE_CELL = re.compile(_CELL + rb"(?:/>|>.*?</(?:\w+:)?c>)", re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d+)[\"']")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?ref=[\"'](?:[A-Z]+\d+:)?([A-Z]+)(\d+)[\"']")
_DECLARED = re.compile(rb"<(?:\w+:)?dimension\b[^>]*/>")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\b([^>]*?\bt=[\"']e[\"'][^>]*)>"
    rb"(?:<(?:\w+:)?f\b[^>]*/>|<(?:\w+:)?f\b[^>]*>[^<]*</(?:\w+:)?f>)?"
    rb"<(?:\w+:)?v>([^<]*)<"
)
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")


@dataclass
class SheetFacts:
    """Of one sheet: errors by (row, column) from 0, and rows (from 1) of cells left out, with a
    line through them, or hidden."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    outside: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


@dataclass
class WorkbookFacts:
    """Of a workbook: per sheet name its facts, the epoch, and the file to give to calamine."""

    data: bytes
    sheets: dict[str, SheetFacts]
    date1904: bool


def look_through(data: bytes, *, careful: bool) -> WorkbookFacts:
    """Looks through the sheets of a workbook; cells far outside are cut from the copy returned.

    `careful` counts the cells of every sheet instead of trusting its declared dimension.
    Raises zipfile.BadZipFile, KeyError or ParseError for a damaged package.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    parts, date1904 = _sheet_parts(archive)
    facts: dict[str, SheetFacts] = {}
    replaced: dict[str, bytes] = {}
    strikes = Strikes(archive)
    for name, part in parts.items():
        facts[name] = SheetFacts()
        if part not in archive.namelist():
            continue
        if not careful and not strikes and _is_plain(archive, part):
            continue
        xml = archive.read(part)
        if careful or _may_be_wide(xml):
            xml = _without_outsiders(xml, facts[name])
            if facts[name].outside:
                replaced[part] = xml
        if any(mark in xml for mark in _error_marks(xml)):
            facts[name].errors = _errors(xml)
        if strikes:
            facts[name].struck = strikes.rows(xml)
        if any(mark in xml for mark in HIDDEN_MARKS):
            facts[name].hidden = hidden_rows(xml)
    if replaced:
        data = _repacked(archive, replaced)
    return WorkbookFacts(data, facts, date1904)


def with_plain_names(data: bytes) -> bytes:
    """The package with / in the names of its parts, where a program wrote them with \\."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = archive.namelist()
    if not any("\\" in name for name in names):
        return data
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        for name in dict.fromkeys(names):
            target.writestr(name.replace("\\", "/"), archive.read(name))
    return copy.getvalue()


def declares_wide(data: bytes) -> bool:
    """Whether a sheet says at its beginning that it is far larger than sheets are."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    for part in _sheet_parts(archive)[0].values():
        if part in archive.namelist():
            size = archive.getinfo(part).file_size
            with archive.open(part) as stream:
                head = stream.read(_BIT if size <= _BIT else 4096)
            declared = _DIMENSION.search(head, 0, 4096)
            last_row = _last_row(head) if size <= _BIT else 0
            if declared is None or _is_hollow(_box(declared, last_row), size):
                return True
    return False


def _is_hollow(box: int, size: int) -> bool:
    """Whether a box of cells is far larger than the sheet of `size` bytes can fill."""
    return box > _SAFE_BOX or (box > _SMALL_BOX and box > size)


def _sheet_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """The part of each sheet by its name, and whether days count from 1904."""
    root = _part_named(archive, "workbook.xml")
    folder = root.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    book = ElementTree.fromstring(archive.read(root))
    links = ElementTree.fromstring(archive.read(f"{prefix}_rels/{root.rpartition('/')[2]}.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    parts = {}
    for sheet in book.iterfind(".//{*}sheet"):
        identity = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        target = targets.get(identity, "")
        parts[sheet.get("name", "")] = target[1:] if target[:1] == "/" else prefix + target
    settings = book.find("{*}workbookPr")
    epoch = settings.get("date1904", "0") if settings is not None else "0"
    return parts, epoch in ("1", "true", "on")


def _part_named(archive: zipfile.ZipFile, ending: str) -> str:
    return next(name for name in archive.namelist() if name.lower().endswith(ending))


def column_number(letters: bytes) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _is_plain(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether a sheet has no errors, no hidden rows and no wide box, seen bit by bit: whole it may
    be hundreds of megabytes. Raises zipfile.BadZipFile or zlib.error for a damaged part."""
    with archive.open(part) as stream:
        bit = stream.read(_BIT)
        declared = _DIMENSION.search(bit, 0, 4096)
        size = archive.getinfo(part).file_size
        if declared is None or _is_hollow(_box(declared), size):
            return False
        marks = [*_error_marks(bit), *HIDDEN_MARKS]
        seam, end = b"", [b""]
        while bit:
            joined = seam + bit
            if any(mark in joined for mark in marks):
                return False
            row = joined.rfind(b"row ", max(0, len(seam) - 3))
            end = [*end, bit] if row < 0 else [joined[max(0, row - _BEFORE) :]]
            seam, bit = joined[-2 * _BEFORE :], stream.read(_BIT)
    return not _is_hollow(_box(declared, _last_row(b"".join(end))), size)


def _error_marks(xml: bytes) -> list[bytes]:
    """What the cells with an error have in their tags."""
    return [b't="e"', b"t='e'"] if b"='" in xml[:20_000] else [b't="e"']


def _may_be_wide(xml: bytes) -> bool:
    """Whether the box around the cells may be far larger than their number."""
    declared = _DIMENSION.search(xml, 0, 4096)
    if declared is None:
        return True
    box = _box(declared, _last_row(xml))
    return _is_hollow(box, len(xml)) and box > 4 * xml.count(b"<c ")


def _box(declared: re.Match[bytes], last_row: int = 0) -> int:
    """The cells of the declared box, if need be drawn out to the last row."""
    return max(int(declared[2]), last_row) * (column_number(declared[1]) + 1)


def _last_row(xml: bytes) -> int:
    """The number of the last row that says one; 0 if none does."""
    row = xml.rfind(b"row ")
    match = _ROW.search(xml, max(0, row - _BEFORE)) if row >= 0 else None
    return int(match[1]) if match else 0


def _without_outsiders(xml: bytes, facts: SheetFacts) -> bytes:
    """The sheet without the few cells that stand far right of or below all others."""
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    for cell in _ANY_CELL.finditer(xml):
        if not cell[3]:  # an empty cell with only a format takes no room
            rows[int(cell[2])] += 1
            columns[column_number(cell[1])] += 1
    last_row = last_inside(rows, _ROW_GAP)
    last_column = last_inside(columns, _COLUMN_GAP)
    if last_row == max(rows, default=0) and last_column == max(columns, default=0):
        return xml
    outside: set[int] = set()

    def cut(cell: re.Match[bytes]) -> bytes:
        if int(cell[2]) <= last_row and column_number(cell[1]) <= last_column:
            return cell[0]
        outside.add(int(cell[2]))
        return b""

    xml = _DECLARED.sub(b"", _WHOLE_CELL.sub(cut, xml), count=1)  # room is made for what it says
    facts.outside = sorted(outside)
    return xml


def last_inside(counts: Counter[int], gap: int) -> int:
    """The last row or column before a wide gap behind which there are only a few cells."""
    ordered = sorted(counts)
    behind = sum(counts.values())
    allowed = max(_FEW, behind // 1000)
    for position, place in enumerate(ordered[:-1]):
        behind -= counts[place]
        if ordered[position + 1] - place > gap and behind <= allowed:
            return place
    return ordered[-1] if ordered else 0


def _errors(xml: bytes) -> dict[tuple[int, int], str]:
    errors = {}
    for cell in _ERROR.finditer(xml):
        if place := _REFERENCE.search(cell[1]):
            text = cell[2].decode("utf-8", "replace").strip()
            errors[int(place[2]) - 1, column_number(place[1])] = text
    return errors


def _repacked(archive: zipfile.ZipFile, replaced: dict[str, bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as target:
        names: Iterable[str] = dict.fromkeys(archive.namelist())
        for name in names:
            target.writestr(name, replaced.get(name) or archive.read(name))
    return copy.getvalue()
