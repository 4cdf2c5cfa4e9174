"""Any table, written in any supported way, reads back equal."""

from __future__ import annotations

import csv
import html
import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingti.ingest.reading.files import Table, read
from lingti.ingest.values.cell_values import days, decimals, texts

HEADER = ["姓名", "服务日期", "服务时长", "活动名称", "备注"]
NAMES = "王李赵孙周吴郑冯陈卫"
_word = st.text(st.sampled_from(NAMES + "甲乙丙丁abc 19·"), min_size=1, max_size=8).map(str.strip)
_words = _word.filter(lambda w: w and not w.isdigit())
Row = tuple[str, date, float, str, str | None]


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    rows = st.tuples(
        st.text(st.sampled_from(NAMES), min_size=2, max_size=3),
        st.dates(date(2020, 1, 1), date(2026, 12, 31)),
        st.integers(1, 48).map(lambda half: half / 2),
        _words,
        st.none() | _words,
    )
    return draw(st.lists(rows, min_size=1, max_size=12))


def as_xlsx(rows: list[Row]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        style = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for r, (name, day, length, title, note) in enumerate(rows, 1):
            sheet.write_string(r, 0, name)
            sheet.write_datetime(r, 1, day, style)  # type: ignore[arg-type]
            sheet.write_number(r, 2, length)
            sheet.write_string(r, 3, title)
            if note is not None:
                sheet.write_string(r, 4, note)
    return stream.getvalue()


def as_xls(rows: list[Row]) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for c, name in enumerate(HEADER):
        sheet.write(0, c, name)
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row):
            if cell is not None:
                sheet.write(r, c, cell, style) if c == 1 else sheet.write(r, c, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_text(rows: list[Row], delimiter: str, encoding: str, quoting: Any) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, quoting=quoting)
    writer.writerow(HEADER)
    writer.writerows(["" if cell is None else str(cell) for cell in row] for row in rows)
    return stream.getvalue().encode(encoding)


def as_html(rows: list[Row]) -> bytes:
    def line(cells: Any) -> str:
        return "<tr>" + "".join(f"<td>{html.escape(str(c or ''))}</td>" for c in cells) + "</tr>"

    body = "".join(map(line, [HEADER, *rows]))
    return f"<html><body><table>{body}</table></body></html>".encode("gb18030")


WAYS = {
    "xlsx": as_xlsx,
    "xls": as_xls,
    "csv": lambda rows: as_text(rows, ",", "utf-8", csv.QUOTE_MINIMAL),
    "csv with BOM": lambda rows: as_text(rows, ",", "utf-8-sig", csv.QUOTE_ALL),
    "csv in GB18030": lambda rows: as_text(rows, ",", "gb18030", csv.QUOTE_MINIMAL),
    "tsv in UTF-16": lambda rows: as_text(rows, "\t", "utf-16", csv.QUOTE_MINIMAL),
    "csv in UTF-16 without BOM": lambda rows: as_text(rows, ",", "utf-16-le", csv.QUOTE_MINIMAL),
    "semicolons": lambda rows: as_text(rows, ";", "utf-8", csv.QUOTE_MINIMAL),
    "html": as_html,
}


def values_of(table: Table) -> list[tuple[object, ...]]:
    columns = [
        texts(table.column("姓名")).values,
        days(table.column("服务日期")).values,
        decimals(table.column("服务时长")).values,
        texts(table.column("活动名称")).values,
        texts(table.column("备注")).values,
    ]
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize("way", WAYS)
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=tables())
def test_a_table_reads_back_equal(way: str, rows: list[Row]) -> None:
    table = read(WAYS[way](rows), "a.xls").tables[0]
    assert table.columns == HEADER
    assert table.row_numbers == range(2, len(rows) + 2)
    assert values_of(table) == rows
    assert table.set_aside == []


@settings(max_examples=30, deadline=None)
@given(rows=tables(), above=st.integers(0, 3), below=st.integers(0, 2), gap=st.booleans())
def test_titles_totals_and_signatures_around_a_table_change_nothing(
    rows: list[Row], above: int, below: int, gap: bool
) -> None:
    text = as_text(rows, ",", "utf-8", csv.QUOTE_MINIMAL).decode()
    head = ["6月志愿服务统计表,,,,\n", "填报单位：南风花园,,,,\n", "单位：小时,,,,\n"][:above]
    foot = ["合计,,99,,\n", "制表人：王某,,审核人：李某,,\n"][:below]
    blank = ["\n"] if gap and below else []
    table = read("".join([*head, text, *blank, *foot]).encode(), "a.csv").tables[0]
    assert table.header_rows == [above + 1]
    assert values_of(table) == rows
    assert table.row_numbers == range(above + 2, above + 2 + len(rows))
    assert len(table.set_aside) == above + len(blank) + below
