"""Headers as templates and statistical tables print them."""

from __future__ import annotations

from layout_kit import PEOPLE, drawn, sheet, why

from lingti.ingest.reading.sheet_tables import Cell

FOUR_LEVELS = """
指标 | 2024年 | | |
 | 上半年 | | 下半年 |
 | 一季度 | 二季度 | 三季度 | 四季度
 | 人次 | 人次 | 人次 | 人次
志愿服务 | 10 | 25 | 31 | 45
义诊活动 | 21 | 33 | 41 | 57
"""
CHECKED_OFF = """
姓名 | 6月1日 | 6月2日 | 6月3日 | 合计
王某 | √ | × | √ | 2
李某 | √ | √ | √ | 3
"""


def test_a_label_over_all_levels_holds_them_together() -> None:
    table = sheet(drawn(FOUR_LEVELS), (1, 1, 4, 1), (1, 2, 1, 5), (2, 2, 2, 3), (2, 4, 2, 5))
    assert table.header_rows == [1, 2, 3, 4]
    assert table.columns[0] == "指标"
    assert table.columns[3] == "2024年·下半年·三季度·人次"
    assert len(table) == 2


def test_days_without_a_year_over_a_list_of_persons_are_names_of_columns() -> None:
    table = sheet(drawn(CHECKED_OFF))
    assert table.header_rows == [1]
    assert table.columns == ["姓名", "6月1日", "6月2日", "6月3日", "合计"]


def test_a_title_merged_over_some_columns_is_no_group() -> None:
    rows: list[list[Cell]] = [["积分台账"], *PEOPLE]
    table = sheet(rows, (1, 1, 1, 3))
    assert (table.header_rows, table.columns) == ([2], PEOPLE[0])
    assert why(table) == {1: "title"}


def test_stars_mark_required_columns_and_remarks() -> None:
    starred: list[Cell] = [f"*{name}" for name in PEOPLE[0]]
    note = "*带星号的为必填项，请勿修改表头"
    table = sheet([[note], starred, *PEOPLE[1:]])
    assert (table.header_rows, table.columns) == ([2], starred)
    assert why(table) == {1: "note"}


def test_the_number_of_an_attachment_is_not_the_title() -> None:
    table = sheet([["附件2"], ["志愿服务统计表"], *PEOPLE])
    assert why(table) == {1: "note", 2: "title"}


def test_columns_of_a_questionnaire_are_numbered_questions() -> None:
    rows = drawn("序号 | 1、您的姓名： | 2、您愿意参加吗？\n1 | 王某 | 是\n2 | 李某 | 否")
    table = sheet(rows)
    assert table.header_rows == [1]
    assert table.columns == ["序号", "1、您的姓名", "2、您愿意参加吗？"]


def test_long_instructions_above_do_not_hide_the_header() -> None:
    lines: list[list[Cell]] = [[f"{n}.第{n}条要求，请认真阅读。"] for n in range(1, 46)]
    table = sheet([*lines, *PEOPLE])
    assert table.header_rows == [46]
    assert len(table) == len(PEOPLE) - 1
    assert set(why(table).values()) == {"note"}


def test_a_small_list_above_a_table_is_a_table_of_its_own() -> None:
    prices: list[list[Cell]] = [["品名", "所需积分"], ["大米", 50], ["面粉", 30], []]
    table = sheet([*prices, ["志愿服务"], *PEOPLE])
    assert (table.columns, len(table), table.title) == (PEOPLE[0], 3, "志愿服务")
    (other,) = table.other_tables
    assert (other.columns, other.rows) == (prices[0], prices[1:3])


def test_figures_above_a_table_are_no_list() -> None:
    figures: list[list[Cell]] = [["总人数", 50], ["总时长", 120], []]
    table = sheet([*figures, *PEOPLE])
    assert (table.header_rows, table.other_tables) == ([4], [])


def test_a_long_question_is_a_name_among_others() -> None:
    question = "您对社区本年度组织的各类志愿服务活动总体上满意程度如何，请如实填写"
    rows: list[list[Cell]] = [[*PEOPLE[0], question], *[[*row, "满意"] for row in PEOPLE[1:]]]
    table = sheet(rows)
    assert (table.header_rows, table.columns[-1]) == ([1], question)


def test_a_zero_over_a_column_of_row_numbers_is_its_name() -> None:
    rows: list[list[Cell]] = [
        [0, "First Name", "Country", "Age"],
        [1, "Dulce", "France", 32],
        [2, "Mara", "Spain", 25],
    ]
    table = sheet(rows)
    assert (table.header_rows, table.columns) == ([1], ["0", "First Name", "Country", "Age"])
