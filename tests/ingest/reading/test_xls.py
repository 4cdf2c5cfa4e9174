"""Old workbooks, record by record: BIFF2 and BIFF5 in GBK, and texts over several records."""

from __future__ import annotations

import io
import struct

import pytest
import xlwt

from lingti.ingest.reading.files import read

ROWS: list[list[str | float]] = [
    ["姓名", "服务日期", "服务时长"],
    ["王某", "2024-06-01", 2.0],
    ["李某", "2024-06-02", 1.5],
]


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


CODE_PAGE = record(0x42, struct.pack("<H", 936))
END = record(0x0A)


def cells(text: int, number: int, attributes: bytes, length: str) -> bytes:
    """The records of ROWS: text in GBK, numbers as doubles."""
    found = b""
    for r, row in enumerate(ROWS):
        for c, cell in enumerate(row):
            place = struct.pack("<HH", r, c) + attributes
            if isinstance(cell, str):
                words = cell.encode("gbk")
                found += record(text, place + struct.pack(length, len(words)) + words)
            else:
                found += record(number, place + struct.pack("<d", cell))
    return found


def biff2() -> bytes:
    """A single sheet without a workbook around it."""
    start = record(0x09, struct.pack("<HH", 2, 0x10))
    return start + CODE_PAGE + cells(0x04, 0x03, b"\0\0\0", "<B") + END


def biff5() -> bytes:
    """Workbook globals and one sheet called 表1."""
    font = record(0x31, struct.pack("<5H5B", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5) + b"Arial")
    style = record(0xE0, bytes(16))
    start = record(0x809, struct.pack("<4H", 0x500, 0x05, 0, 0)) + CODE_PAGE + 5 * font + 16 * style
    name = "表1".encode("gbk")
    bound = 4 + 6 + 1 + len(name)
    sheet_at = struct.pack("<IHB", len(start) + bound + len(END), 0, len(name))
    sheet = record(0x809, struct.pack("<4H", 0x500, 0x10, 0, 0))
    sheet += cells(0x204, 0x203, struct.pack("<H", 15), "<H") + END
    return start + record(0x85, sheet_at + name) + END + sheet


@pytest.mark.parametrize(
    "data",
    [biff2(), biff5(), biff2().replace(CODE_PAGE, b"")],
    ids=["BIFF2", "BIFF5", "BIFF2 that does not say how it writes text"],
)
def test_workbooks_of_before_unicode(data: bytes) -> None:
    (table,) = read(data, "a.xls").tables
    assert [table.columns, *table.rows] == ROWS


def test_texts_that_go_over_several_records_are_whole() -> None:
    texts = [f"{n}号楼居民反映{'é路灯不亮' * (n % 90)}" for n in range(400)]
    book = xlwt.Workbook()
    sheet = book.add_sheet("1")
    for at, text in enumerate(["民情内容", *texts]):
        sheet.write(at, 0, text)
        sheet.write(at, 1, "类别" if at == 0 else "物业")
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue(), "a.xls").tables[0].column("民情内容") == texts
