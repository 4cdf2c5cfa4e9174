"""Puts values into the cells of a workbook, in the text of its sheets.

Numbers become values and words inline strings, so that shared strings stay as they are. What
formulas came to before is taken out, and the workbook is told to compute them when it is opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from lingti.forms.reading.grid import Place, letters, place_of
from lingti.forms.reading.package import FormError, Package
from lingti.forms.reading.workbook import sheets
from lingti.forms.writing.archive import repacked
from lingti.language import gettext as _

Value = float | str
_ATTRIBUTES = r'(?:[^>"\']|"[^"]*"|\'[^\']*\')*?'
_REFERENCE = re.compile(r"\br\s*=\s*[\"']([^\"']*)[\"']")
_TYPE = re.compile(r"\s+t\s*=\s*[\"'][^\"']*[\"']")
_STYLE = re.compile(r"\bs\s*=\s*[\"'](\d+)[\"']")
_OWN_STYLE = re.compile(r"\bcustomFormat\s*=\s*[\"'](?:1|true)[\"']")
_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")


def filled(package: Package, values: Mapping[str, Mapping[Place, Value]]) -> bytes:
    """The workbook with values by sheet and place; the same bytes where there are none."""
    if not any(values.values()):
        return package.data
    replaced: dict[str, bytes] = {}
    for sheet in sheets(package):
        before = package.part(sheet.part)
        text = _decoded(before)
        changed = _with_values(text, values.get(sheet.name, {}))
        changed = _without_results(changed)
        if changed != text:
            replaced[sheet.part] = _encoded(changed, before)
    book = package.part("xl/workbook.xml")
    replaced["xl/workbook.xml"] = _encoded(_computed_on_opening(_decoded(book)), book)
    return repacked(package, replaced)


def _decoded(data: bytes) -> str:
    head = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)[\"']", data)
    encoding = head[1].decode("ascii").lower() if head else "utf-8"
    if encoding not in ("utf-8", "us-ascii", "ascii"):
        raise FormError(
            "other_format", _("Open the form in WPS or Excel, save it as .xlsx, and drop it again.")
        )
    return data.decode("utf-8")


def _encoded(text: str, before: bytes) -> bytes:
    """As UTF-8; what a part declares as ASCII stays ASCII."""
    if b"ascii" in before[:100].lower():
        return text.encode("ascii", "xmlcharrefreplace")
    return text.encode("utf-8")


def _element(prefix: str, name: str) -> re.Pattern[str]:
    """One element with all in it; none of that name lies within another."""
    tag = f"{prefix}{name}"
    return re.compile(rf"<{tag}\b({_ATTRIBUTES})(?:/>|>(.*?)</{tag}\s*>)", re.DOTALL)


def _prefix(text: str) -> str:
    """What stands before the names of a part's elements: "" or `x:`."""
    match = re.search(r"<(\w+:)?(?:worksheet|workbook)\b", text)
    return (match[1] or "") if match else ""


def _with_values(text: str, values: Mapping[Place, Value]) -> str:
    if not values:
        return text
    prefix = _prefix(text)
    by_row: dict[int, dict[int, Value]] = {}
    for (row, column), value in values.items():
        by_row.setdefault(row, {})[column] = value
    data = _element(prefix, "sheetData").search(text)
    if data is None:
        raise FormError("damaged", _("The file is damaged and cannot be opened."))
    written: list[str] = []
    inside, end, number = data[2] or "", 0, 0
    for line in _element(prefix, "row").finditer(inside):
        match = _REFERENCE.search(line[1])
        number = int(match[1]) if match else number + 1
        written.append(inside[end : line.start()])
        missing = sorted(row for row in by_row if row < number)
        written += [_row(prefix, f' r="{new}"', new, "", by_row.pop(new)) for new in missing]
        if number in by_row:
            written.append(_row(prefix, line[1], number, line[2] or "", by_row.pop(number)))
        else:
            written.append(line[0])
        end = line.end()
    written.append(inside[end:])
    written += [_row(prefix, f' r="{new}"', new, "", by_row[new]) for new in sorted(by_row)]
    whole = f"<{prefix}sheetData{data[1]}>{''.join(written)}</{prefix}sheetData>"
    return text[: data.start()] + whole + text[data.end() :]


def _row(prefix: str, attributes: str, number: int, inside: str, values: dict[int, Value]) -> str:
    """A row with values in its cells, those that are not there yet too, in their order."""
    left = dict(values)
    style = _STYLE.search(attributes) if _OWN_STYLE.search(attributes) else None
    looks = f' s="{style[1]}"' if style else ""
    new: Callable[[int], str] = lambda column: f' r="{letters(column)}{number}"{looks}'  # noqa: E731 - said shortest
    written: list[str] = []
    end = column = 0
    for cell in _element(prefix, "c").finditer(inside):
        match = _REFERENCE.search(cell[1])
        column = place_of(match[1])[1] if match else column + 1
        written.append(inside[end : cell.start()])
        missing = sorted(left_column for left_column in left if left_column < column)
        written += [
            _cell(prefix, new(missing_column), left.pop(missing_column))
            for missing_column in missing
        ]
        written.append(_cell(prefix, cell[1], left.pop(column)) if column in left else cell[0])
        end = cell.end()
    written.append(inside[end:])
    written += [_cell(prefix, new(other), left[other]) for other in sorted(left)]
    return f"<{prefix}row{attributes}>{''.join(written)}</{prefix}row>"


def _cell(prefix: str, attributes: str, value: Value) -> str:
    """A cell with a value; its style and all else it is told stay."""
    kept = _TYPE.sub("", attributes).rstrip()
    if isinstance(value, str):
        words = (
            f'<{prefix}is><{prefix}t xml:space="preserve">{escape(value)}</{prefix}t></{prefix}is>'
        )
        return f'<{prefix}c{kept} t="inlineStr">{words}</{prefix}c>'
    return f"<{prefix}c{kept}><{prefix}v>{number_text(value)}</{prefix}v></{prefix}c>"


def number_text(value: float) -> str:
    """A number as a cell keeps it, without what floating point adds to it."""
    return f"{value:.0f}" if value == int(value) else f"{value:.12g}"


def _without_results(text: str) -> str:
    """The cells of formulas without what they came to."""
    prefix = _prefix(text)
    formula = re.compile(rf"<{prefix}f\b")
    result = _element(prefix, "v")

    def cleared(cell: re.Match[str]) -> str:
        if cell[2] is None or not formula.search(cell[2]):
            return cell[0]
        kept = _TYPE.sub("", cell[1]).rstrip()
        return f"<{prefix}c{kept}>{result.sub('', cell[2])}</{prefix}c>"

    return _element(prefix, "c").sub(cleared, text) if formula.search(text) else text


def _computed_on_opening(text: str) -> str:
    """The workbook with `fullCalcOnLoad`."""
    prefix = _prefix(text)

    def as_calculated(match: re.Match[str]) -> str:
        kept = re.sub(r"\s+fullCalcOnLoad\s*=\s*[\"'][^\"']*[\"']", "", match[1]).rstrip()
        return f'<{prefix}calcPr{kept} fullCalcOnLoad="1"/>'

    changed, times = _element(prefix, "calcPr").subn(as_calculated, text)
    if times:
        return changed
    ends: Callable[[str], int] = lambda name: max(  # noqa: E731 - said shortest
        (match.end() for match in _element(prefix, name).finditer(text)), default=-1
    )
    at = max(ends(name) for name in _BEFORE_CALCULATION)
    return f'{text[:at]}<{prefix}calcPr fullCalcOnLoad="1"/>{text[at:]}'
