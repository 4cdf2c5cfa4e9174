"""Errors, dates, sheets, merged cells and odd packages: workbooks as programs write them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter
import xlwt
from reading_kit import ROWS, SHEET, replaced, table, xlsx

from lingti.ingest.reading import sheet_xml
from lingti.ingest.reading.files import CellError, read


def test_errors_of_a_spreadsheet_are_cells_of_their_own() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "分"])
        sheet.write_row(1, 0, ["王某", 1])
        sheet.write(2, 0, "李某")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(3, 0, "=NA()", None, "#N/A")
        sheet.write(3, 1, 2)
    assert table(stream.getvalue()).rows == [
        ["王某", 1],
        ["李某", CellError("#DIV/0!")],
        [CellError("#N/A"), 2],
    ]


def test_errors_in_an_old_workbook() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for c, name in enumerate(["姓名", "分", "是否"]):
        sheet.write(0, c, name)
    sheet.write(1, 0, "王某")
    sheet.row(1).set_cell_error(1, "#DIV/0!")
    sheet.write(1, 2, True)
    stream = io.BytesIO()
    book.save(stream)
    assert table(stream.getvalue()).rows == [["王某", CellError("#DIV/0!"), True]]


@pytest.mark.parametrize("number", [14, 27, 28, 30, 31, 36, 50, 54, 57, 58])
def test_built_in_chinese_date_formats_are_dates(number: int) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        style = book.add_format()
        style.set_num_format(number)
        sheet.write_row(0, 0, ["姓名", "日期"])
        sheet.write(1, 0, "王某")
        sheet.write_number(1, 1, 45453, style)
    assert table(stream.getvalue()).rows == [["王某", date(2024, 6, 10)]]


@pytest.mark.parametrize(
    ("style", "number", "cell"),
    [
        ('yyyy"年"m"月"d"日"', 45453, date(2024, 6, 10)),
        ("yyyy-mm-dd hh:mm", 45453.5, datetime(2024, 6, 10, 12)),
        ("h:mm", 0.25, time(6)),
        ("[h]:mm", 1.25, "30:00:00"),
        ('0"天"', 3, 3),
    ],
)
def test_formats_say_what_a_number_is(style: str, number: float, cell: object) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "值"])
        sheet.write(1, 0, "王某")
        sheet.write_number(1, 1, number, book.add_format({"num_format": style}))
    old = xlwt.Workbook()
    page = old.add_sheet("a")
    for c, name in enumerate(["姓名", "值"]):
        page.write(0, c, name)
    page.write(1, 0, "王某")
    page.write(1, 1, number, xlwt.easyxf(num_format_str=style))
    other = io.BytesIO()
    old.save(other)
    assert table(stream.getvalue()).column("值") == [cell]
    assert table(other.getvalue()).column("值") == [cell]


def test_days_counted_from_1904() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        style = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["姓名", "日期"])
        sheet.write(1, 0, "王某")
        sheet.write_datetime(1, 1, datetime(2024, 6, 10), style)
    found = table(stream.getvalue())
    assert found.column("日期") == [date(2024, 6, 10)]
    assert found.date1904


def test_visible_sheets_are_read_and_hidden_ones_listed() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for name in ["一月", "二月", "底稿", "参数", "空"]:
            sheet = book.add_worksheet(name)
            if name != "空":
                for r, row in enumerate(ROWS):
                    sheet.write_row(r, 0, row)
            if name == "底稿":
                sheet.hide()
            if name == "参数":
                sheet.very_hidden()
        book.add_chartsheet("图").set_chart(_chart(book))
    reading = read(stream.getvalue(), "a.xlsx")
    assert [(t.sheet, t.sheet_number) for t in reading.tables] == [("一月", 1), ("二月", 2)]
    assert reading.skipped_sheets == ["底稿", "参数"]
    assert reading.empty_sheets == ["空", "图"]


def _chart(book: Any) -> Any:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=一月!$C$2:$C$3"})
    return chart


def test_row_numbers_are_those_of_the_sheet_when_the_first_rows_and_columns_are_empty() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for r, row in enumerate(ROWS):
            sheet.write_row(r + 4, 2, row)
    found = table(stream.getvalue())
    assert found.header_rows == [5]
    assert found.row_numbers == range(6, 8)
    assert found.column_numbers == [3, 4, 5]


def test_merged_cells_of_both_workbook_formats() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "统计表")
        sheet.write_row(1, 0, ["小区", "姓名", "分"])
        sheet.merge_range("A3:A4", "南风")
        sheet.write_row(2, 1, ["王某", 1])
        sheet.write_row(3, 1, ["李某", 2])
    old = xlwt.Workbook()
    page = old.add_sheet("a")
    page.write_merge(0, 0, 0, 2, "统计表")
    for c, name in enumerate(["小区", "姓名", "分"]):
        page.write(1, c, name)
    page.write_merge(2, 3, 0, 0, "南风")
    for r, row in enumerate([["王某", 1], ["李某", 2]]):
        for c, cell in enumerate(row):
            page.write(r + 2, c + 1, cell)
    other = io.BytesIO()
    old.save(other)
    for data in (stream.getvalue(), other.getvalue()):
        found = table(data)
        assert found.title == "统计表"
        assert found.rows == [["南风", "王某", 1], ["南风", "李某", 2]]
        assert found.filled_down == {"小区": [4]}


def test_a_stray_cell_far_away_is_left_out() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for r, row in enumerate(ROWS):
            sheet.write_row(r, 0, row)
        sheet.write(1_048_575, 16_383, " ")
    found = table(stream.getvalue())
    assert found.columns == ROWS[0]
    assert found.rows == ROWS[1:]
    assert [(row.row, row.why) for row in found.set_aside] == [(1_048_576, "outside")]


@pytest.mark.parametrize("declared", ["A1", "A1:XFD1048576", "A1:B2", None])
def test_a_wrong_or_missing_dimension_changes_nothing(declared: str | None) -> None:
    written = f'<dimension ref="{declared}"/>' if declared else ""
    data = replaced(xlsx(ROWS), SHEET, lambda x: x.replace('<dimension ref="A1:C3"/>', written))
    assert table(data).rows == ROWS[1:]


def test_a_stray_cell_under_a_small_declared_dimension_is_survived() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = replaced(xlsx(ROWS), SHEET, lambda x: x.replace("</sheetData>", far))
    assert table(data).rows == ROWS[1:]


_BOX = '<worksheet><dimension ref="A1:B9"/><sheetData>'


@pytest.mark.parametrize(
    ("end", "is_plain"),
    [
        ('<row spans="1:2" r="9"><c r="A9"><v>1</v></c></row>', True),
        ('<row spans="1:2" r="60000"><c r="A60000"/></row>' + " " * 9_000, True),
        ('<row spans="1:2" r="1048576"><c r="A1048576"/></row>' + " " * 9_000, False),
        ('<row spans="1:2" r="3000000"><c r="A3000000"/></row>', False),
        ('<row spans="1:2" r="3000000"/>' + " " * 9_000, False),
        ('<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>' + " " * 9_000, False),
        ("<row r='2'><c r='A2' t='e'><v>#N/A</v></c></row>", True),
    ],
)
def test_a_sheet_is_looked_through_bit_by_bit(
    monkeypatch: pytest.MonkeyPatch, end: str, is_plain: bool
) -> None:
    monkeypatch.setattr(sheet_xml, "_BIT", 5_000)
    for blanks in range(19_990 - len(end), 20_010):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as target:
            target.writestr("sheet.xml", _BOX + " " * blanks + end)
        archive = zipfile.ZipFile(stream)
        assert sheet_xml._is_plain(archive, "sheet.xml") is is_plain


def test_errors_between_single_quotes_are_seen_where_the_sheet_is_written_so() -> None:
    xml = _BOX.replace('"', "'") + "<row r='2'><c r='A2' t='e'><v>#N/A</v></c></row>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        target.writestr("sheet.xml", xml)
    assert not sheet_xml._is_plain(zipfile.ZipFile(stream), "sheet.xml")


def test_a_package_whose_parts_are_named_with_backslashes() -> None:
    stream, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(xlsx(ROWS)))
    with zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("/", "\\"), source.read(name))
    assert len(table(stream.getvalue())) == 2


def test_prefixed_xml_as_some_libraries_write_it() -> None:
    def prefix(xml: str) -> str:
        for tag in ("worksheet", "sheetData", "row", "c", "v", "dimension"):
            for old, new in ((f"<{tag} ", f"<x:{tag} "), (f"<{tag}>", f"<x:{tag}>")):
                xml = xml.replace(old, new)
            xml = xml.replace(f"</{tag}>", f"</x:{tag}>")
        return xml.replace("xmlns=", "xmlns:x=")

    only = replaced(xlsx([["a", "b"], [1, 2]]), SHEET, lambda x: prefix(_only_data(x)))
    assert table(only).rows == [[1, 2]]


def _only_data(xml: str) -> str:
    head, rest = xml.split("<sheetData>")
    start = head[: head.index("<dimension")]
    return f"{start}<sheetData>{rest.split('</sheetData>')[0]}</sheetData></worksheet>"


def ods(rows: list[list[str]]) -> bytes:
    """A spreadsheet as LibreOffice writes it, of texts alone."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            '<table:table-cell office:value-type="string">'
            f"<text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="服务">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return out.getvalue()


def test_an_open_document_is_read_and_its_lines_through_cells_cannot_be_seen() -> None:
    rows = [
        ["服务日期", "姓名", "时长"],
        ["2024-06-03", "甲一测", "2"],
        ["2024-06-04", "乙二测", "3"],
    ]
    reading = read(ods(rows), "服务.ods")
    table = reading.tables[0]
    assert (reading.format, reading.shows_strikes, table.sheet) == ("ods", False, "服务")
    assert (table.columns, table.rows) == (rows[0], rows[1:])
