"""Which rows of an xlsx are struck through or hidden: what calamine does not tell.

Works on the bytes with patterns that take linear time, and looks at sheets only where the workbook
has a font with a line through it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator

_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font\b[^>]*?(?:/>|>.*?</(?:\w+:)?font>)", re.DOTALL)
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*?\bfontId=[\"'](\d+)[\"']")
_ANY_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_STRIKE = re.compile(rb"<(?:\w+:)?strike\b(?![^>]*\bval=[\"'](?:0|false)[\"'])")
_TEXT = re.compile(rb"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^>]*?)(?<!/)>(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"<(?:\w+:)?(v|is)\b[^>]*>([^<]*)"
)
_STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")
_BIT = 1 << 17  # bytes that are looked at at once
HIDDEN_MARKS = (b'hidden="1"', b"hidden='1'", b'hidden="true"')


class Strikes:
    """The formats and the shared texts of a workbook that have a line through them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        names = {name.lower(): name for name in archive.namelist()}
        self.formats = _struck_formats(_part(archive, names, "styles.xml"))
        self.texts = _struck_texts(_part(archive, names, "sharedstrings.xml"))

    def __bool__(self) -> bool:
        return bool(self.formats or self.texts)

    def rows(self, xml: bytes) -> list[int]:
        """The rows (from 1) of a sheet with a cell that is struck through."""
        return sorted(set(self._rows(xml)))

    def _rows(self, xml: bytes) -> Iterator[int]:
        for number, _hidden, start, end in _lines(xml):
            for cell in _CELL.finditer(xml, start, end):
                style = _STYLE.search(cell[1])
                is_shared = b't="s"' in cell[1] or b"t='s'" in cell[1]
                if (style and style[1] in self.formats) or (
                    is_shared and cell[3].strip() in self.texts
                ):
                    yield number
                    break


def hidden_rows(xml: bytes) -> list[int]:
    """The rows (from 1) of a sheet that are hidden, as a filter does."""
    return [number for number, hidden, _start, _end in _lines(xml) if hidden]


def _lines(xml: bytes) -> Iterator[tuple[int, bool, int, int]]:
    """Each row's number, whether it is hidden, and where its cells lie."""
    rows = list(_ROW.finditer(xml))
    number = 0
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        given = _NUMBER.search(row[1])
        number = int(given[1]) if given else number + 1
        end = after.start() if after else len(xml)
        yield number, _HIDDEN.search(row[1]) is not None, row.end(), end


def _struck_formats(styles: bytes) -> frozenset[bytes]:
    """The numbers of the cell formats whose font is struck through."""
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if fonts is None or formats is None or not _STRIKE.search(fonts[0]):
        return frozenset()
    struck = {b"%d" % at for at, font in enumerate(_FONT.findall(fonts[0])) if _STRIKE.search(font)}
    listed = (_FORMAT.match(one) for one in _ANY_FORMAT.findall(formats[0]))
    return frozenset(b"%d" % at for at, one in enumerate(listed) if one and one[1] in struck)


def _struck_texts(shared: bytes) -> frozenset[bytes]:
    """The numbers of the shared texts of which a part is struck through."""
    texts = _TEXT.finditer(shared)
    return frozenset(b"%d" % at for at, one in enumerate(texts) if _STRIKE.search(one[1] or b""))


def _part(archive: zipfile.ZipFile, names: dict[str, str], ending: str) -> bytes:
    """A part of the package if anything in it is struck through, else nothing: of a large sheet the
    shared texts may be hundreds of megabytes."""
    member = next((name for low, name in names.items() if low.endswith("/" + ending)), None)
    if member is None:
        return b""
    with archive.open(member) as stream:
        seam = b""
        while bit := stream.read(_BIT):
            if b"strike" in seam + bit:
                return archive.read(member)
            seam = bit[-len(b"strike") :]
    return b""
