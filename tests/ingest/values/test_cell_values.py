"""Cells as people write them, column by column: the whole outcome of each."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingti.ingest.reading.sheet_tables import Cell, CellError
from lingti.ingest.values import cell_values
from lingti.ingest.values.cell_values import Parsed, Problem, written
from lingti.ingest.values.problem_text import expected_words

DAY = date(2024, 6, 10)


def outcome(parsed: Parsed[object]) -> list[object]:
    """Per cell its value, or the code of its problem."""
    found: list[object] = list(parsed.values)
    for problem in parsed.problems:
        found[problem.index] = problem.code
    return found


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime(2024, 6, 10, 14, 30),
        45453,
        45453.6,
        20240610,
        "45453",
        "2024年6月10日",
        "2024 年 6 月 10 日",
        "2024年06月10号",
        "2024.6.10",
        "2024-06-10",
        "2024/6/10",
        "2024、6、10",
        "20240610",
        "２０２４年６月１０日",
        "2024－06－10",
        "二〇二四年六月十日",
        "2024-06-10 14:30",
        "2024-06-10 14:30:05",
        "2024-06-10T14:30:05.123+08:00",
        "2024年6月10日 下午2:30",
        "2024年6月10日上午9时30分",
        "2024/6/10 下午 2:30:00",
        "2024年6月10日（星期一）",
        "2024-06-10 周一",
        "24-06-10 星期一",
        "24年6月10日",
        "10-Jun-2024",
        "Jun 10, 2024",
        "民国113年6月10日",
        "6月10日",
        "6月10号",
        " 2024-6-10 ",
    ],
)
def test_one_day_in_many_ways(cell: Cell) -> None:
    assert outcome(cell_values.days([cell], year_hint=2024)) == [DAY]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2024-02-30", "impossible_day"),
        ("2024年13月1日", "impossible_day"),
        ("20240631", "impossible_day"),
        ("2024-06-10 25:00", "impossible_day"),
        ("2月30日", "impossible_day"),
        (date(1900, 1, 1), "impossible_day"),
        ("6/10/2024", "ambiguous_day"),
        ("24-6-10", "ambiguous_day"),
        ("113/6/10", "ambiguous_day"),
        ("6.10", "ambiguous_day"),
        ("2024-06-10T20:00:00Z", "ambiguous_day"),
        ("6月10日", "no_year"),
        ("2024年6月", "no_day"),
        ("2024", "no_day"),
        (2024, "no_day"),
        (202406, "no_day"),
        ("6月10日-12日", "several_days"),
        ("2024-06-10至2024-06-12", "several_days"),
        ("昨天", "not_a_day"),
        (7.5, "not_a_day"),
        (True, "not_a_day"),
        (time(9), "not_a_day"),
        (CellError("#N/A"), "error_value"),
    ],
)
def test_what_is_no_day_or_more_than_one_is_a_problem(cell: Cell, code: str) -> None:
    assert outcome(cell_values.days([cell])) == [code]


def test_day_first_only_where_it_is_the_only_reading() -> None:
    assert outcome(cell_values.days(["25/6/2024", "6/25/2024", "6/6/2024"])) == [
        date(2024, 6, 25),
        date(2024, 6, 25),
        date(2024, 6, 6),
    ]


def test_years_of_the_republic_only_where_the_header_says_so() -> None:
    cells: list[Cell] = ["113/6/10", "113年6月10日", "1130610", 1130610, "2024-06-10"]
    assert outcome(cell_values.days(cells, roc=True)) == [DAY] * 5


def test_bare_numbers_in_a_workbook_that_counts_from_1904() -> None:
    assert outcome(cell_values.days([43991], date1904=True)) == [DAY]


def test_a_leap_day_takes_the_year_given() -> None:
    assert outcome(cell_values.days(["2月29日"], year_hint=2024)) == [date(2024, 2, 29)]
    assert outcome(cell_values.days(["2月29日"], year_hint=2023)) == ["impossible_day"]


def test_marks_for_nothing_are_empty() -> None:
    assert outcome(cell_values.days([None, "", " ", "-", "—", "/", "无", "N/A"])) == [None] * 8
    assert outcome(cell_values.hours([None, "-", "无"])) == [None] * 3
    assert outcome(cell_values.decimals(["", "——"])) == [None] * 2


@pytest.mark.parametrize(
    ("cell", "hours"),
    [
        (2, 2.0),
        (1.5, 1.5),
        ("2小时", 2.0),
        ("2个小时", 2.0),
        ("1.5h", 1.5),
        ("１．５小时", 1.5),
        ("90分钟", 1.5),
        ("90min", 1.5),
        ("2小时30分", 2.5),
        ("2小时30分钟", 2.5),
        ("2小时零6分", 2.1),
        ("2h30m", 2.5),
        ("两小时", 2.0),
        ("十二小时", 12.0),
        ("半小时", 0.5),
        ("半个小时", 0.5),
        ("一个半小时", 1.5),
        ("两个半小时", 2.5),
        ("1小时半", 1.5),
        ("一刻钟", 0.25),
        ("2:30", 2.5),
        ("30:00:00", 30.0),
        ("9:00-11:30", 2.5),
        ("上午9点-11点", 2.0),
        ("下午2点半至4点", 1.5),
        ("上午9:00-下午3:00", 6.0),
        ("下午3点-1点", "ambiguous_hours"),
        ("下午2点", "not_hours"),
        ("半天", 4.0),
        ("1天", 8.0),
        (time(1, 30), 1.5),
        (datetime(1900, 1, 1, 6), 30.0),
        ("约2小时", "ambiguous_hours"),
        ("2-3小时", "ambiguous_hours"),
        ("2小时以上", "ambiguous_hours"),
        ("2小时75分", "not_hours"),
        ("很久", "not_hours"),
        (True, "not_hours"),
        (DAY, "not_hours"),
        (float("nan"), "not_hours"),
    ],
)
def test_hours(cell: Cell, hours: object) -> None:
    assert outcome(cell_values.hours([cell])) == [hours]


def test_the_unit_is_that_of_bare_numbers_only() -> None:
    assert outcome(cell_values.hours([90, "90", "2小时"], "minutes")) == [1.5, 1.5, 2.0]
    assert outcome(cell_values.hours([1, "3"], "half_days")) == [4.0, 12.0]
    assert outcome(cell_values.hours([1, "半天"], "days")) == [8.0, 4.0]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (3, 3),
        ("1,234.5", 1234.5),
        ("1，200", 1200.0),
        ("１２", 12.0),
        ("50分", 50.0),
        ("30元", 30.0),
        ("¥30.50", 30.5),
        ("95%", 0.95),
        ("1.2万", 12000.0),
        ("1.2万元", 12000.0),
        ("12人次", 12.0),
        ("(5)", -5.0),
        ("-5", -5.0),
        ("−3", -3.0),
        ("+5", 5.0),
        ("1.2e5", 120000.0),
        ("十二", 12.0),
        ("两", 2.0),
        ("约5", "ambiguous_number"),
        ("5-6", "ambiguous_number"),
        ("三四个", "not_a_number"),
        ("12,34", "not_a_number"),
        ("--5", "not_a_number"),
        ("若干", "not_a_number"),
        (True, "not_a_number"),
        (float("inf"), "not_a_number"),
        (DAY, "date_for_number"),
        (CellError("#DIV/0!"), "error_value"),
    ],
)
def test_numbers(cell: Cell, number: object) -> None:
    assert outcome(cell_values.decimals([cell])) == [number]


def test_whole_numbers() -> None:
    assert outcome(cell_values.integers([3.0, "3.0", "1,000", 3.5, "2.5"])) == [
        3,
        3,
        1000,
        "not_whole",
        "not_whole",
    ]


def test_yes_and_no() -> None:
    yes: list[Cell] = ["是", "√", "有", "已挂牌", "Y", True, 1, "☑是 □否", "是☑ 否□", "对"]
    no: list[Cell] = [
        "否",
        "×",
        "无",
        "未挂牌",
        "N",
        False,
        0.0,
        "不是",
        "□是☑否",
        "是□ 否√",
        "没有",
    ]
    unclear: list[Cell] = ["是/否", "已摘牌", "不详", 2, "待定", "□是 □否", "☑是 否"]
    assert outcome(cell_values.yes_no(yes)) == [True] * len(yes)
    assert outcome(cell_values.yes_no(no)) == [False] * len(no)
    assert outcome(cell_values.yes_no(unclear)) == ["not_yes_no"] * len(unclear)


def test_an_id_number_stored_as_a_number_has_lost_its_last_digits() -> None:
    cells: list[Cell] = [3.70811199001011e17, "3.70811E+17", "370811199001011000"]
    assert outcome(cell_values.id_numbers(cells)) == ["id_lost_digits"] * 3


def test_id_numbers() -> None:
    cells: list[Cell] = [
        "11010519491231002X",
        " 11010519491231002x ",
        "110105491231002",
        "G12345678",
        "3708111990****1234",
        "370811199013451234",
        "12345",
        None,
    ]
    assert outcome(cell_values.id_numbers(cells)) == [
        "11010519491231002X",
        "11010519491231002X",
        "110105491231002",
        "G12345678",
        "masked",
        "not_an_id",
        "not_an_id",
        None,
    ]


def test_a_wrong_check_digit_is_a_warning_and_keeps_the_number() -> None:
    parsed = cell_values.id_numbers(["110105194912310021"])
    assert parsed.values == ["110105194912310021"]
    assert parsed.problems == [Problem(0, "110105194912310021", "id_check_digit")]


def test_phone_numbers() -> None:
    cells: list[Cell] = [
        13800000001.0,
        "138 0000 0001",
        "+86-138-0000-0001",
        "0537-2345678",
        "2345678",
        "138****0001",
        "13800000001、13900000002",
        "1.38E+10",
        "123",
    ]
    assert outcome(cell_values.phones(cells)) == [
        "13800000001",
        "13800000001",
        "13800000001",
        "05372345678",
        "2345678",
        "masked",
        "several_phones",
        "phone_lost_digits",
        "not_a_phone",
    ]


def test_texts_are_written_as_people_would() -> None:
    cells: list[Cell] = [118.0, 1.5, " 王某 ", DAY, True, CellError("#REF!")]
    assert outcome(cell_values.texts(cells)) == [
        "118",
        "1.5",
        "王某",
        "2024-06-10",
        "TRUE",
        "error_value",
    ]
    assert written(3.70811199001011e17) == "3.70811199001011e+17"


def test_true_and_one_are_not_confused_in_one_column() -> None:
    assert outcome(cell_values.decimals([True, 1, 1.0])) == ["not_a_number", 1, 1.0]


@given(st.dates(date(1901, 1, 1), date(2119, 12, 31)))
def test_every_day_reads_back_from_every_way_of_writing_it(day: date) -> None:
    ways: list[Cell] = [
        day,
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d} 08:30",
    ]
    assert outcome(cell_values.days(ways)) == [day] * len(ways)


@given(st.lists(st.text(max_size=40) | st.none() | st.floats() | st.integers() | st.booleans()))
def test_any_cell_gives_a_value_or_a_problem_with_words(cells: list[Cell]) -> None:
    parsers = [
        cell_values.days,
        cell_values.hours,
        cell_values.decimals,
        cell_values.integers,
        cell_values.yes_no,
        cell_values.id_numbers,
        cell_values.phones,
        cell_values.texts,
    ]
    for parse in parsers:
        parsed = parse(cells)  # type: ignore[operator]
        assert len(parsed.values) == len(cells)
        assert all(problem.expected for problem in parsed.problems)


def test_every_code_has_words() -> None:
    with pytest.raises(KeyError):
        expected_words("unknown")
