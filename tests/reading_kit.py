"""Files in memory for the tests of the reader, and what it makes of them."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from array import array
from typing import Any

import pytest
import xlsxwriter
import xlwt

from lingti.ingest.layout.grid import Grid
from lingti.ingest.reading import files as reader
from lingti.ingest.reading.files import Refused, read
from lingti.ingest.reading.sheet_tables import Coded, encode

ROWS: list[list[Any]] = [
    ["姓名", "服务日期", "服务时长"],
    ["王某", "2024-06-01", 2],
    ["李某", "2024-06-02", 1.5],
]


def xlsx(rows: list[list[Any]], name: str = "Sheet1", **options: Any) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return stream.getvalue()


def xls(rows: list[list[Any]]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is not None:
                sheet.write(r, c, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv(rows: list[list[Any]], delimiter: str = ",") -> str:
    return "".join(
        delimiter.join("" if c is None else str(c) for c in row) + "\r\n" for row in rows
    )


def html(body: str, charset: str = "gb2312") -> bytes:
    page = f'<html><head><meta charset="{charset}"></head><body>{body}</body></html>'
    return page.encode("gb18030")


def table(data: bytes, name: str = "export.xls", **options: Any) -> reader.Table:
    return read(data, name, **options).tables[0]


def refusal(data: bytes, **options: Any) -> str:
    with pytest.raises(Refused) as caught:
        read(data, "export.xlsx", **options)
    assert caught.value.message
    assert caught.value.advice
    return caught.value.code


def replaced(data: bytes, part: str, change: Any) -> bytes:
    """A zip with the text of one part changed."""
    source = zipfile.ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()) if name == part else content)
    return stream.getvalue()


def coded(grid: Grid) -> Grid:
    """The grid with every column coded too, whose codes also know a value that no row shows."""
    for place, column in enumerate(grid.columns):
        values, codes = encode(["nowhere", *column])
        grid.coded[place] = Coded(values, array("i", codes[1:]))
    return grid


def all_of(table: reader.Table) -> dict[str, object]:
    """All that a table says, its columns as cells and as distinct cells with positions."""
    facts = {one.name: getattr(table, one.name) for one in dataclasses.fields(table)}
    facts["row_numbers"] = list(table.row_numbers)
    facts["other_tables"] = list(map(all_of, table.other_tables))
    facts["data"] = [
        ([*map(repr, column.cells())], *map(list, column.distinct())) for column in table.data
    ]
    return facts


SHEET = "xl/worksheets/sheet1.xml"
