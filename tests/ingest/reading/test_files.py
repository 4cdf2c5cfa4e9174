"""Files of every kind, right and wrong, made here byte by byte."""

from __future__ import annotations

from typing import Any

import pytest
from reading_kit import ROWS, csv, html, table, xls, xlsx

from lingti.ingest.reading.files import Reading, inspect, read


@pytest.mark.parametrize(
    ("data", "kind", "encoding"),
    [
        (xlsx(ROWS), "xlsx", None),
        (xls(ROWS), "xls", None),
        (csv(ROWS).encode(), "csv", "utf-8"),
        (csv(ROWS).encode("utf-8-sig"), "csv", "utf-8-sig"),
        (csv(ROWS).encode("gb18030"), "csv", "gb18030"),
        (b"\xff\xfe" + csv(ROWS).encode("utf-16-le"), "csv", "utf-16"),
        (b"\xfe\xff" + csv(ROWS, "\t").encode("utf-16-be"), "csv", "utf-16"),
        (csv(ROWS).encode("utf-16-le"), "csv", "utf-16-le"),
        (csv(ROWS, "\t").encode("utf-16-be"), "csv", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.xlsx", "a"])
def test_the_content_says_what_a_file_is_and_not_its_name(
    data: bytes, kind: str, encoding: str | None, name: str
) -> None:
    reading = read(data, name)
    assert (reading.format, reading.encoding) == (kind, encoding)
    assert reading.tables[0].columns == ROWS[0]
    assert reading.tables[0].column("姓名") == ["王某", "李某"]
    assert [float(str(n)) for n in reading.tables[0].column("服务时长")] == [2.0, 1.5]


def test_a_page_saved_as_a_workbook() -> None:
    found = read(
        html(
            "<h1>南风花园</h1><table><tr><td colspan=3>志愿服务</td></tr>"
            "<tr><th>姓名</th><th>时长</th><th>编号</th></tr>"
            "<tr><td rowspan=2>王<br>某</td><td>2小时</td><td>000123</td></tr>"
            "<tr><td>1.5</td><td>&nbsp;</td></tr></table>"
        ),
        "a.xls",
    )
    one = found.tables[0]
    assert (found.format, found.encoding) == ("html", "gb18030")
    assert one.title == "南风花园 志愿服务"
    assert one.rows == [["王\n某", "2小时", "000123"], ["王\n某", "1.5", None]]


def test_a_page_with_a_header_table_and_a_body_table() -> None:
    page = "<table><tr><td>姓名</td><td>分</td></tr></table>" + (
        "<table><tr><td>王某</td><td>1</td></tr><tr><td>李某</td><td>2</td></tr></table>"
    )
    assert table(html(page)).rows == [["王某", "1"], ["李某", "2"]]


def test_a_page_whose_table_comes_late() -> None:
    page = "<div>" + " " * 9_000 + "<table><tr><td>姓名</td><td>日期</td></tr>"
    page += "<tr><td>王某</td><td>2024-06-01</td></tr></table></div>"
    assert read(page.encode(), "a.xls").format == "html"


def test_nested_tables_of_a_layout() -> None:
    inner = "<table><tr><td>姓名</td><td>分</td></tr><tr><td>王某</td><td>1</td></tr></table>"
    assert table(html(f"<table><tr><td>{inner}</td></tr></table>")).rows == [["王某", "1"]]


def test_inspect_tells_what_the_reader_sees() -> None:
    rows = [["6月统计表", None, None], *ROWS, ["合计", None, 3.5]]
    assert inspect(xlsx(rows, "服务"), "a.xlsx") == {
        "format": "xlsx",
        "encoding": None,
        "sheets": [
            {
                "name": "服务",
                "title": "6月统计表",
                "header_rows": [2],
                "columns": ROWS[0],
                "rows": 2,
                "first_row": 3,
                "set_aside": [{"row": 1, "why": "title"}, {"row": 5, "why": "total"}],
                "set_aside_columns": [],
                "filled_down": [],
                "filled_rows": {},
                "other_tables": [],
            }
        ],
        "skipped_sheets": [],
        "empty_sheets": [],
        "findings": [],
    }


def test_inspect_shows_a_sheet_without_rows() -> None:
    sheets: Any = inspect(xlsx(ROWS[:1]), "a.xlsx")["sheets"]
    (sheet,) = sheets
    assert (sheet["rows"], sheet["first_row"], sheet["columns"]) == (0, None, ROWS[0])


def test_a_reading_is_plain_data() -> None:
    assert isinstance(read(xlsx(ROWS), "a.xlsx"), Reading)
