"""Rows that are no data: totals, hints, signatures and lines, as real exports have them."""

from __future__ import annotations

import pytest
from layout_kit import PEOPLE, drawn, sheet, why

from lingti.ingest.reading.sheet_tables import Cell

NAMED_SUBTOTALS = """
小区 | 姓名 | 积分
一期 | 王某 | 5
     | 李某 | 6
一期小计 | | 11
二期 | 赵某 | 7
     | 孙某 | 8
二期小计 | | 15
"""
FULL_SUBTOTALS = """
楼栋 | 户数 | 积分
一期1号楼 | 10 | 5
一期2号楼 | 20 | 6
一期小计 | 30 | 11
年终总计 | 7 | 9
二期1号楼 | 7 | 9
"""


def test_a_subtotal_named_after_its_group_lacks_what_every_row_has() -> None:
    table = sheet(drawn(NAMED_SUBTOTALS), (2, 1, 3, 1), (5, 1, 6, 1))
    assert why(table) == {4: "total", 7: "total"}
    assert table.column("小区") == ["一期", "一期", "二期", "二期"]


def test_a_subtotal_as_full_as_the_rows_is_their_sum() -> None:
    assert why(sheet(drawn(FULL_SUBTOTALS))) == {4: "total"}


@pytest.mark.parametrize("word", ["全区合计", "本月累计", "合计（大写）：叁拾元整", "以上合计"])
def test_totals_in_other_words(word: str) -> None:
    assert why(sheet([*PEOPLE, [word, None, 6.5, 65]])) == {5: "total"}


def test_rows_under_a_merged_total_are_totals() -> None:
    rows: list[list[Cell]] = [
        ["姓名", "物品", "数量"],
        ["王某", "大米", 1],
        ["李某", "面粉", 2],
        ["合计", "大米", 1],
        [None, "面粉", 2],
    ]
    assert why(sheet(rows, (4, 1, 5, 1))) == {4: "total", 5: "total"}


@pytest.mark.parametrize(
    "foot",
    [
        [["负责人（签字）：", None, "经办人（签字）：", None], [None, None, None, "2024年6月30日"]],
        [["填表人", "王某", "审核人", "李某"]],
        [["制表 王某", None, "审核 李某", "2024.7.1"]],
        [["*为必选项目"]],
        [["第1页 共1页"], ["2024-07-01"]],
    ],
)
def test_signatures_in_other_words(foot: list[list[Cell]]) -> None:
    table = sheet([*PEOPLE, *foot])
    assert table.rows == PEOPLE[1:]
    assert set(why(table).values()) <= {"footer", "note"}


def test_blanks_that_are_only_numbered_do_not_hide_the_signature_below() -> None:
    ruled: list[list[Cell]] = [[n, None, None, None] for n in range(3, 12)]
    rows: list[list[Cell]] = [
        ["序号", "姓名", "物品", "数量"],
        [1, "王某", "大米", 1],
        [2, "李某", "面粉", 2],
        *ruled,
        ["领导签字：", None, "经办人：", None],
        [None, None, None, "2024年6月30日"],
    ]
    table = sheet(rows)
    assert table.rows == rows[1:3]
    assert why(table) == {**dict.fromkeys(range(4, 13), "blank"), 13: "footer", 14: "footer"}


def test_a_drawn_line_is_no_row() -> None:
    table = sheet([*PEOPLE, ["--------------------"], ["共3条记录"]])
    assert why(table) == {5: "blank", 6: "footer"}
    assert why(sheet([PEOPLE[0], ["---", "---", "---", "---"], *PEOPLE[1:]])) == {2: "blank"}


@pytest.mark.parametrize(
    "row",
    [
        ["示例：张某", "2024-01-01", 2, 20],
        ["（例）张某", "2024-01-01", 2, 20],
    ],
)
def test_a_row_filled_in_as_an_example_is_a_hint(row: list[Cell]) -> None:
    assert why(sheet([PEOPLE[0], row, *PEOPLE[1:]])) == {2: "hint"}


def test_rows_that_count_on_do_not_number_the_columns() -> None:
    table = sheet(drawn("编号 | 数量 | 单价\n1 | 2 | 3\n2 | 3 | 4"))
    assert len(table) == 2
    assert why(sheet(drawn("编号 | 数量 | 单价\n1 | 2 | 3\n1 | 5 | 4"))) == {2: "column_numbers"}


def test_units_of_all_kinds_under_the_header() -> None:
    rows = drawn("社区 | 户数 | 面积 | 密度\n | 户 | 平方公里 | 人/平方公里\n古桥 | 10 | 3.1 | 9")
    assert why(sheet(rows)) == {2: "unit"}


@pytest.mark.parametrize("word", ["不详", "活动取消", "待定"])
@pytest.mark.parametrize("gap", [False, True])
def test_a_word_among_numbers_is_a_wrong_cell_and_no_second_table(word: str, gap: bool) -> None:
    hours: list[Cell] = [2.0, 3.0, 1.0, word, 2.0, 3.0]
    rows: list[list[Cell]] = [
        [f"王{name}", "志愿活动", h] for name, h in zip("甲乙丙丁戊己", hours, strict=True)
    ]
    blank: list[list[Cell]] = [[]] if gap else []
    table = sheet([["姓名", "活动名称", "时长"], *rows[:3], *blank, *rows[3:]])
    assert (table.rows, table.other_tables) == (rows, [])


def test_explanations_in_brackets_under_the_names_are_hints() -> None:
    explained: list[Cell] = ["（与证件一致）", "（年-月-日）", "（小时）", "（可不填）"]
    table = sheet([PEOPLE[0], explained, *PEOPLE[1:]])
    assert (table.columns, why(table)) == (PEOPLE[0], {2: "hint"})
