"""Writes a binary workbook (xlsb) for tests: one sheet of words and numbers.

No library here writes one; the records are those of [MS-XLSB], and only what a reader needs.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="bin"'
    ' ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
)


def xlsb(name: str, rows: Sequence[Sequence[str | float | None]]) -> bytes:
    """The file, with a sheet of that name."""
    cells = b""
    for at, row in enumerate(rows):
        cells += _record(0, struct.pack("<IIHHBI", at, 0, 300, 0, 0, 0))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                cells += _record(6, place + _text(cell))
            elif cell is not None:
                cells += _record(5, place + struct.pack("<d", cell))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = _record(129) + _record(148, size) + _record(145) + cells + _record(146) + _record(130)
    named = _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text(name))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr(
            "xl/workbook.bin", _record(131) + _record(143) + named + _record(144) + _record(132)
        )
        file.writestr("xl/_rels/workbook.bin.rels", _RELATIONS)
        file.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, left = b"", len(data)
    while left >= 128:
        size, left = size + bytes([left & 0x7F | 0x80]), left >> 7
    return head + size + bytes([left]) + data


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
