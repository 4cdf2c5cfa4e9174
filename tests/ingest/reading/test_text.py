"""Delimiters, encodings, damage and large texts: CSV as programs and people write it."""

from __future__ import annotations

import pytest
from reading_kit import ROWS, csv, refusal, table

from lingti.ingest.reading import files as reader
from lingti.ingest.reading.files import Finding, read
from lingti.ingest.reading.large_text import read_large


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "；", "，", "|"])
def test_delimiters_are_found(delimiter: str) -> None:
    assert table(csv(ROWS, delimiter).encode()).columns == ROWS[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_and_with_hardly_any_ascii(encoding: str) -> None:
    reading = read("姓名,活动\n王一,丁一\n李一,七一\n".encode(encoding), "a.csv")
    assert reading.encoding == encoding
    assert reading.tables[0].rows == [["王一", "丁一"], ["李一", "七一"]]


def test_many_empty_lines_before_a_table() -> None:
    found = table(b"\n" * 2_100_000 + "姓名,分\n王某,1\n".encode())
    assert (found.header_rows, found.row_numbers) == ([2_100_001], range(2_100_002, 2_100_003))


def test_a_comma_inside_a_sentence_is_no_delimiter_of_a_semicolon_file() -> None:
    text = "姓名;说明;分\n王某;好, 很好;1,5\n李某;行;2,5\n"
    assert table(text.encode()).rows == [["王某", "好, 很好", "1,5"], ["李某", "行", "2,5"]]


def test_the_line_that_names_the_delimiter_is_no_row() -> None:
    found = table(b"sep=;\r\na;b\r\n1;2\r\n")
    assert (found.columns, found.header_rows) == (["a", "b"], [2])


def test_the_mark_of_the_end_is_no_row() -> None:
    assert len(table(csv(ROWS).encode("gb18030") + b"\x1a")) == 2


def test_quoted_fields_with_line_breaks_and_quotes() -> None:
    text = '姓名,说明\n王某,"第一行\n第二行, ""好"""\n李某,无事\n'
    found = table(text.encode())
    assert found.column("说明") == ['第一行\n第二行, "好"', "无事"]
    assert found.row_numbers == range(2, 4)


def test_a_quotation_mark_that_is_never_closed_costs_one_row() -> None:
    text = '姓名,说明\n王某,"没有结束\n' + "".join(f"人{i},好\n" for i in range(60))
    reading = read(text.encode(), "a.csv")
    assert len(reading.tables[0]) == 61
    assert [(f.row, f.code) for f in reading.findings] == [(2, "open_quote")]


def test_text_that_looks_like_a_number_keeps_its_zeros() -> None:
    text = "编号,代码,电话\n=\"000900\",'000900,'138\n=\"000901\",'000901,'139\n"
    assert table(text.encode()).rows == [["000900", "000900", "138"], ["000901", "000901", "139"]]


def test_a_tab_behind_each_cell_is_no_delimiter() -> None:
    bill = "交易时间\t,交易号\t,金额\t\r\n2024-06-01\t,1234567890123456789\t,10\t\r\n"
    found = table(bill.encode("gb18030"))
    assert found.columns == ["交易时间", "交易号", "金额"]
    assert found.rows == [["2024-06-01", "1234567890123456789", "10"]]


def test_trailing_tabs_and_blanks_are_no_columns() -> None:
    text = "姓名\t分\t\t\r\n王某 \t1\t\t\r\n李某\u3000\t2\t\t\r\n"
    found = table(text.encode("gb18030"))
    assert found.columns == ["姓名", "分"]
    assert found.column("姓名") == ["王某", "李某"]


def test_a_name_cut_within_a_character_is_a_finding_and_the_rest_is_read() -> None:
    good = "姓名,活动\n王某,清扫街道\n".encode("gb18030")
    reading = read(good + "李".encode("gb18030")[:1] + ",助老\n".encode("gb18030"), "a.csv")
    assert reading.encoding == "gb18030"
    assert reading.tables[0].column("活动") == ["清扫街道", "助老"]
    assert [(f.row, f.column, f.code) for f in reading.findings] == [(3, "姓名", "damaged_text")]


def test_damaged_utf8_is_not_taken_for_gb18030() -> None:
    text = "姓名,活动,地点\n" + "王某,清扫街道,南风花园\n" * 20
    data = text.encode() + "李".encode()[:2] + ",助老,古桥\n".encode()
    reading = read(data, "a.csv")
    assert reading.encoding == "utf-8"
    assert reading.tables[0].column("活动")[-1] == "助老"
    assert [f.row for f in reading.findings] == [22]


def test_a_row_with_more_cells_than_the_header_is_a_finding() -> None:
    rows = "王某,南风,1\n李某,古桥,三号,2\n赵某,南风,3\n"
    reading = read(f"姓名,地址,分\n{rows}".encode(), "a.csv")
    assert Finding("", 3, "", "extra_cells", "2") in reading.findings


def test_a_column_without_a_name_is_a_column() -> None:
    reading = read("姓名,分\n王某,1,好\n李某,2,行\n".encode(), "a.csv")
    assert reading.tables[0].columns == ["姓名", "分", "列3"]
    assert reading.findings == []


def test_one_very_wide_row_does_not_blow_the_others_up() -> None:
    assert refusal(("a,b\n" * 20_000 + "x," * 20_000).encode()) == "too_many_cells"


def large_text(middle: str = "", end: str = "") -> str:
    lines = [f"2024-06-{i % 28 + 1:02d},人{i % 700},{i % 9},清扫街道和楼道" for i in range(90_000)]
    lines[50_000:50_000] = [middle] if middle else []
    return "6月服务表,,,\r\n日期,姓名,分,活动\r\n" + "\r\n".join(lines) + f"\r\n{end}"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_large_text_reads_as_a_small_one(encoding: str) -> None:
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
def test_an_odd_row_in_a_large_text_is_read_as_in_a_small_one(middle: str) -> None:
    large = table(large_text(middle).encode())
    small = table(f"日期,姓名,分,活动\n2024-06-01,人,1,x\n{middle}\n2024-06-01,人,1,x\n".encode())
    at = list(large.row_numbers).index(50_003) if 50_003 in large.row_numbers else None
    expected = small.rows[1] if len(small) == 3 else None
    assert (large.rows[at][:4] if at is not None else None) == (expected and expected[:4])


def general_way(monkeypatch: pytest.MonkeyPatch, data: bytes) -> reader.Reading:
    with monkeypatch.context() as patched:
        patched.setattr(reader, "read_large", lambda _data: None)
        return read(data, "a.csv")


def assert_same(quick: reader.Reading, general: reader.Reading) -> None:
    (one,), (other,) = quick.tables, general.tables
    assert quick.encoding == general.encoding
    assert (one.columns, one.header_rows) == (other.columns, other.header_rows)
    assert list(one.row_numbers) == list(other.row_numbers)
    assert one.set_aside == other.set_aside
    assert one.rows == other.rows
    assert quick.findings == general.findings


@pytest.mark.parametrize(
    "middle",
    [
        "2024-06-01,人1",
        "2024-06-01,人1,2,a,b",
        "2024-06-01,人1,2,a\r2024-06-02,人2,3,b",
        "2024-06-01,人1\r2,a",
        "\r\n",
        " ",
    ],
)
def test_uneven_rows_and_odd_breaks_are_read_as_by_the_general_way(
    monkeypatch: pytest.MonkeyPatch, middle: str
) -> None:
    data = large_text(middle).encode()
    assert_same(read(data, "a.csv"), general_way(monkeypatch, data))


ASCII = "date,name,hours,what\n" + "2024-06-01,Wang,2,street sweeping\n" * 100_000
QUICK = {
    "a mark before": ("utf-8-sig", large_text().encode("utf-8-sig")),
    "GB18030": ("gb18030", large_text("2024-06-01,𠮷\u200b,2, ½ß㐀 ").encode("gb18030")),
    "the mark of the end": ("gb18030", large_text().encode("gb18030") + b"\x1a\x1a"),
    "zeros at the end": ("gb18030", large_text().encode("gb18030") + bytes(512)),
    "UTF-16": ("utf-16", large_text().encode("utf-16")),
    "semicolons": ("gb18030", large_text().replace(",", ";").encode("gb18030")),
    "a delimiter within characters": ("gb18030", large_text().replace(",", "|").encode("gb18030")),
    "late characters": ("gb18030", f"{ASCII}2024-06-02,王某,2,扫\n{ASCII[21:]}".encode("gb18030")),
    "ASCII alone": ("utf-8", ASCII.encode()),
}


@pytest.mark.parametrize(("encoding", "data"), QUICK.values(), ids=QUICK)
def test_a_large_text_is_read_without_decoding_all_of_it(
    monkeypatch: pytest.MonkeyPatch, encoding: str, data: bytes
) -> None:
    quick = read_large(data)
    assert quick is not None
    assert quick.encoding == encoding
    assert_same(quick, general_way(monkeypatch, data))


def damaged(encoding: str, bad: bytes) -> bytes:
    whole = large_text("2024-06-01,人1,2,甲").encode(encoding)
    return whole.replace("甲".encode(encoding), bad)


GENERAL = {
    "half a character in GB18030": damaged("gb18030", b"\xbc"),
    "half a character within a row": damaged("gb18030", b"\xbc,"),
    "no character in GB18030": damaged("gb18030", b"\xff"),
    "a part of a character in UTF-8": damaged("utf-8", b"\xe7\x94"),
    "a damaged character that was kept": damaged("utf-8", "\ufffd".encode()),
    "the same in GB18030": damaged("gb18030", "\ufffd".encode("gb18030")),
    "a zero within": damaged("utf-8", b"\0"),
}


@pytest.mark.parametrize("data", GENERAL.values(), ids=GENERAL)
def test_a_large_text_with_damage_is_read_as_by_the_general_way(
    monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    assert read_large(data) is None
    assert_same(read(data, "a.csv"), general_way(monkeypatch, data))


def test_no_two_characters_of_gb18030_are_one_text() -> None:
    places = [bytes([a, b]) for a in range(0x81, 0xFF) for b in range(0x100)]
    texts = [text for one in places if len(text := one.decode("gb18030", "ignore")) == 1]
    pairs = [text for text in texts if not text.isascii()]
    assert len(pairs) == len(set(pairs)) == 23_940
