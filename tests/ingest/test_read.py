"""Files of every kind, right and wrong, made here byte by byte."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter
import xlwt

from lingti.ingest import read as reader
from lingti.ingest.read import CellError, Finding, Limits, Reading, Refused, inspect, read

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


SHEET = "xl/worksheets/sheet1.xml"


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
):
    reading = read(data, name)
    assert (reading.format, reading.encoding) == (kind, encoding)
    assert reading.tables[0].columns == ROWS[0]
    assert reading.tables[0].column("姓名") == ["王某", "李某"]
    assert [float(str(n)) for n in reading.tables[0].column("服务时长")] == [2.0, 1.5]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "；", "，", "|"])
def test_delimiters_are_found(delimiter: str):
    assert table(csv(ROWS, delimiter).encode()).columns == ROWS[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_and_with_hardly_any_ascii(encoding: str):
    reading = read("姓名,活动\n王一,丁一\n李一,七一\n".encode(encoding), "a.csv")
    assert reading.encoding == encoding
    assert reading.tables[0].rows == [["王一", "丁一"], ["李一", "七一"]]


def test_many_empty_lines_before_a_table():
    found = table(b"\n" * 2_100_000 + "姓名,分\n王某,1\n".encode())
    assert (found.header_rows, found.row_numbers) == ([2_100_001], range(2_100_002, 2_100_003))


def test_a_comma_inside_a_sentence_is_no_delimiter_of_a_semicolon_file():
    text = "姓名;说明;分\n王某;好, 很好;1,5\n李某;行;2,5\n"
    assert table(text.encode()).rows == [["王某", "好, 很好", "1,5"], ["李某", "行", "2,5"]]


def test_the_line_that_names_the_delimiter_is_no_row():
    found = table(b"sep=;\r\na;b\r\n1;2\r\n")
    assert (found.columns, found.header_rows) == (["a", "b"], [2])


def test_the_mark_of_the_end_is_no_row():
    assert len(table(csv(ROWS).encode("gb18030") + b"\x1a")) == 2


def test_quoted_fields_with_line_breaks_and_quotes():
    text = '姓名,说明\n王某,"第一行\n第二行, ""好"""\n李某,无事\n'
    found = table(text.encode())
    assert found.column("说明") == ['第一行\n第二行, "好"', "无事"]
    assert found.row_numbers == range(2, 4)


def test_a_quotation_mark_that_is_never_closed_costs_one_row():
    text = '姓名,说明\n王某,"没有结束\n' + "".join(f"人{i},好\n" for i in range(60))
    reading = read(text.encode(), "a.csv")
    assert len(reading.tables[0]) == 61
    assert [(f.row, f.code) for f in reading.findings] == [(2, "open_quote")]


def test_text_that_looks_like_a_number_keeps_its_zeros():
    text = "编号,代码,电话\n=\"000900\",'000900,'138\n=\"000901\",'000901,'139\n"
    assert table(text.encode()).rows == [["000900", "000900", "138"], ["000901", "000901", "139"]]


def test_a_tab_behind_each_cell_is_no_delimiter():
    bill = "交易时间\t,交易号\t,金额\t\r\n2024-06-01\t,1234567890123456789\t,10\t\r\n"
    found = table(bill.encode("gb18030"))
    assert found.columns == ["交易时间", "交易号", "金额"]
    assert found.rows == [["2024-06-01", "1234567890123456789", "10"]]


def test_trailing_tabs_and_blanks_are_no_columns():
    text = "姓名\t分\t\t\r\n王某 \t1\t\t\r\n李某\u3000\t2\t\t\r\n"
    found = table(text.encode("gb18030"))
    assert found.columns == ["姓名", "分"]
    assert found.column("姓名") == ["王某", "李某"]


def test_a_name_cut_within_a_character_is_a_finding_and_the_rest_is_read():
    good = "姓名,活动\n王某,清扫街道\n".encode("gb18030")
    reading = read(good + "李".encode("gb18030")[:1] + ",助老\n".encode("gb18030"), "a.csv")
    assert reading.encoding == "gb18030"
    assert reading.tables[0].column("活动") == ["清扫街道", "助老"]
    assert [(f.row, f.column, f.code) for f in reading.findings] == [(3, "姓名", "damaged_text")]


def test_damaged_utf8_is_not_taken_for_gb18030():
    text = "姓名,活动,地点\n" + "王某,清扫街道,南风花园\n" * 20
    data = text.encode() + "李".encode()[:2] + ",助老,古桥\n".encode()
    reading = read(data, "a.csv")
    assert reading.encoding == "utf-8"
    assert reading.tables[0].column("活动")[-1] == "助老"
    assert [f.row for f in reading.findings] == [22]


def test_a_row_with_more_cells_than_the_header_is_a_finding():
    rows = "王某,南风,1\n李某,古桥,三号,2\n赵某,南风,3\n"
    reading = read(f"姓名,地址,分\n{rows}".encode(), "a.csv")
    assert Finding("", 3, "", "extra_cells", "2") in reading.findings


def test_a_column_without_a_name_is_a_column():
    reading = read("姓名,分\n王某,1,好\n李某,2,行\n".encode(), "a.csv")
    assert reading.tables[0].columns == ["姓名", "分", "列3"]
    assert reading.findings == []


def test_one_very_wide_row_does_not_blow_the_others_up():
    assert refusal(("a,b\n" * 20_000 + "x," * 20_000).encode()) == "too_many_cells"


def test_errors_of_a_spreadsheet_are_cells_of_their_own():
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


def test_errors_in_an_old_workbook():
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
def test_built_in_chinese_date_formats_are_dates(number: int):
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
def test_formats_say_what_a_number_is(style: str, number: float, cell: object):
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


def test_days_counted_from_1904():
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


def test_visible_sheets_are_read_and_hidden_ones_listed():
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


def test_row_numbers_are_those_of_the_sheet_when_the_first_rows_and_columns_are_empty():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for r, row in enumerate(ROWS):
            sheet.write_row(r + 4, 2, row)
    found = table(stream.getvalue())
    assert found.header_rows == [5]
    assert found.row_numbers == range(6, 8)
    assert found.column_numbers == [3, 4, 5]


def test_merged_cells_of_both_workbook_formats():
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
        assert found.filled_down == ["小区"]


def test_a_stray_cell_far_away_is_left_out():
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
def test_a_wrong_or_missing_dimension_changes_nothing(declared: str | None):
    written = f'<dimension ref="{declared}"/>' if declared else ""
    data = replaced(xlsx(ROWS), SHEET, lambda x: x.replace('<dimension ref="A1:C3"/>', written))
    assert table(data).rows == ROWS[1:]


def test_a_stray_cell_under_a_small_declared_dimension_is_survived():
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = replaced(xlsx(ROWS), SHEET, lambda x: x.replace("</sheetData>", far))
    assert table(data).rows == ROWS[1:]


def test_a_package_whose_parts_are_named_with_backslashes():
    stream, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(xlsx(ROWS)))
    with zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(name.replace("/", "\\"), source.read(name))
    assert len(table(stream.getvalue())) == 2


def test_prefixed_xml_as_some_libraries_write_it():
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


def test_a_page_saved_as_a_workbook():
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


def test_a_page_with_a_header_table_and_a_body_table():
    page = "<table><tr><td>姓名</td><td>分</td></tr></table>" + (
        "<table><tr><td>王某</td><td>1</td></tr><tr><td>李某</td><td>2</td></tr></table>"
    )
    assert table(html(page)).rows == [["王某", "1"], ["李某", "2"]]


def test_a_page_whose_table_comes_late():
    page = "<div>" + " " * 9_000 + "<table><tr><td>姓名</td><td>日期</td></tr>"
    page += "<tr><td>王某</td><td>2024-06-01</td></tr></table></div>"
    assert read(page.encode(), "a.xls").format == "html"


def test_nested_tables_of_a_layout():
    inner = "<table><tr><td>姓名</td><td>分</td></tr><tr><td>王某</td><td>1</td></tr></table>"
    assert table(html(f"<table><tr><td>{inner}</td></tr></table>")).rows == [["王某", "1"]]


PASSWORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def xor_protected() -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    stream = book.get_biff_data()
    first = 4 + int.from_bytes(stream[2:4], "little")
    stream = stream[:first] + b"\x2f\0\x06\0\0\0\x34\x12\x78\x56" + stream[first:]
    target = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(target, stream)
    return target.getvalue()


def bomb() -> bytes:
    stream = io.BytesIO(xlsx(ROWS))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * 80_000_000)
    return stream.getvalue()


def with_entities() -> bytes:
    head = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
    return replaced(xlsx(ROWS), SHEET, lambda x: x.replace("<worksheet", head + "<worksheet"))


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in names:
            target.writestr(name, "<a/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n", "empty_file"),
        (PASSWORD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (xor_protected(), "encrypted"),
        (PASSWORD + "WordDocument".encode("utf-16-le"), "not_a_spreadsheet"),
        (PASSWORD + "Workbook".encode("utf-16-le"), "damaged"),
        (xlsx(ROWS)[:-400], "truncated"),
        (xlsx(ROWS)[:300], "truncated"),
        (xlsx(ROWS)[:-10], "truncated"),
        (xls(ROWS)[:1500], "damaged"),
        (PASSWORD + "WORKBOOK".encode("utf-16-le"), "damaged"),
        (bomb(), "zip_bomb"),
        (with_entities(), "entity_bomb"),
        (archive("word/document.xml", "[Content_Types].xml"), "not_a_spreadsheet"),
        (archive("ppt/presentation.xml"), "not_a_spreadsheet"),
        (archive("a.csv"), "not_a_spreadsheet"),
        (archive("mimetype", "content.xml"), "other_format"),
        (archive("xl/workbook.bin"), "other_format"),
        (archive("Index/Document.iwa", "Metadata/Properties.plist"), "other_format"),
        (
            b"<?xml version='1.0'?><o:d xmlns:o='urn:oasis:names:tc:opendocument:a'/>",
            "other_format",
        ),
        (archive("xl/workbook.xml"), "damaged"),
        (b"%PDF-1.4 ...", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "not_a_spreadsheet"),
        (b"\xff\xd8\xff\xe0", "not_a_spreadsheet"),
        (b'{"rows": [1, 2]}', "not_a_spreadsheet"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "other_format"),
        (html('<frameset><frame src="sheet001.htm"></frameset>'), "frameset"),
        (html("<p>没有表格</p>"), "no_table"),
        ("志愿者登记说明\n请于每月5日前报送。\n".encode(), "no_table"),
        ("关于开展志愿服务的通知\n各社区：\n现就有关事项通知如下。\n".encode(), "no_table"),
        (csv(ROWS[:1]).encode(), "no_rows"),
        (xlsx(ROWS[:1]), "no_rows"),
        (xlsx([]), "no_table"),
        (bytes(range(256)) * 20, "unreadable_text"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(data: bytes, code: str):
    assert refusal(data) == code


def test_a_form_is_refused():
    form = [
        ["志愿者登记表", None, None, None],
        ["姓名", "王某", "性别", "女"],
        ["出生年月", "1980", "民族", "汉"],
        ["联系电话", "138", "学历", "本科"],
        ["家庭住址", "南风花园", None, None],
        ["社区意见", None, None, None],
    ]
    assert refusal(xlsx(form)) == "form"


def test_limits_are_refusals():
    assert refusal(xlsx(ROWS), limits=Limits(file_bytes=1000)) == "too_large"
    assert refusal(xlsx(ROWS), limits=Limits(unpacked_bytes=1000)) == "unpacked_too_large"
    assert refusal(xlsx(ROWS), limits=Limits(cells=5)) == "too_many_cells"
    assert refusal(csv(ROWS).encode(), limits=Limits(cells=5)) == "too_many_cells"
    assert refusal(xlsx(ROWS), limits=Limits(seconds=0.001)) == "too_slow"


def test_all_sheets_hidden():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("空")
        sheet = book.add_worksheet("底稿")
        sheet.write_row(0, 0, ["姓名", "分"])
        sheet.hide()
    assert refusal(stream.getvalue()) == "all_hidden"


def test_a_refusal_survives_the_way_between_processes():
    import pickle

    refused = pickle.loads(pickle.dumps(Refused("too_large", limit_mb=3)))
    assert (refused.code, refused.facts) == ("too_large", {"limit_mb": 3})
    assert set(refused.as_json()) == {"code", "message", "advice"}


def test_inspect_tells_what_the_reader_sees():
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
                "other_tables": [],
            }
        ],
        "skipped_sheets": [],
        "empty_sheets": [],
        "findings": [],
    }


def test_inspect_shows_a_sheet_without_rows():
    (sheet,) = inspect(xlsx(ROWS[:1]), "a.xlsx")["sheets"]  # type: ignore[misc]
    assert (sheet["rows"], sheet["first_row"], sheet["columns"]) == (0, None, ROWS[0])


def large_text(middle: str = "", end: str = "") -> str:
    lines = [f"2024-06-{i % 28 + 1:02d},人{i % 700},{i % 9},清扫街道和楼道" for i in range(90_000)]
    lines[50_000:50_000] = [middle] if middle else []
    return "6月服务表,,,\r\n日期,姓名,分,活动\r\n" + "\r\n".join(lines) + f"\r\n{end}"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_large_text_reads_as_a_small_one(encoding: str):
    text = large_text("合计,,5,", "合计,,360000,\r\n制表人：王某,,,\r\n")
    reading = read(text.encode(encoding), "a.csv")
    found = reading.tables[0]
    assert found.header_rows == [2]
    assert len(found) == 90_000
    assert [(r.row, r.why) for r in found.set_aside] == [
        (1, "title"),
        (50_003, "total"),
        (90_004, "total"),
        (90_005, "footer"),
    ]
    assert found.row_numbers[49_999:50_001] == [50_002, 50_004]
    assert found.column("姓名")[-1] == f"人{89_999 % 700}"
    values, codes = found.distinct("分")
    assert sorted(map(str, values)) == [str(i) for i in range(9)]
    assert [values[at] for at in codes[:3]] == ["0", "1", "2"]


@pytest.mark.parametrize(
    "middle",
    ['2024-06-01,人 1 ,\'007,="00"', '2024-06-01,"人,1",2,"x"', "2024-06-01,人1,2,a,b", ",,,"],
)
def test_an_odd_row_in_a_large_text_is_read_as_in_a_small_one(middle: str):
    large = table(large_text(middle).encode())
    small = table(f"日期,姓名,分,活动\n2024-06-01,人,1,x\n{middle}\n2024-06-01,人,1,x\n".encode())
    at = list(large.row_numbers).index(50_003) if 50_003 in large.row_numbers else None
    expected = small.rows[1] if len(small) == 3 else None
    assert (large.rows[at][:4] if at is not None else None) == (expected and expected[:4])


def test_a_reading_is_plain_data():
    assert isinstance(read(xlsx(ROWS), "a.xlsx"), Reading)
