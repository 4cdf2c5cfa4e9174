"""Which rows below the header are data, and what becomes of the others."""

from __future__ import annotations

import pytest
from layout_kit import PEOPLE, drawn, sheet, why

from lingti.ingest.reading.sheet_tables import Cell


@pytest.mark.parametrize(
    "word", ["合计", "合 计", "总计：", "小计", "总合计", "累计", "合计（人）"]
)
def test_total_rows_are_set_aside_above_between_and_below(word: str) -> None:
    total: list[Cell] = [word, None, 6.5, 65]
    rows = [PEOPLE[0], total, PEOPLE[1], total, *PEOPLE[2:], total]
    table = sheet(rows)
    assert table.rows == PEOPLE[1:]
    assert table.row_numbers == [3, 5, 6]
    assert why(table) == {2: "total", 4: "total", 7: "total"}


def test_a_total_in_the_second_column_and_one_with_the_name_of_its_group() -> None:
    table = sheet(
        drawn("""
小区|姓名|日期|积分
南风|王某|2024-06-01|5
南风|李某|2024-06-02|5
南风小计||   |10
古桥|赵某|2024-06-02|5
|合计||15
""")
    )
    assert why(table) == {4: "total", 6: "total"}
    assert len(table) == 3


def test_a_thing_that_is_named_like_a_total_stays() -> None:
    table = sheet(
        drawn("""
姓名|活动|日期|积分
王某|年终总计|2024-06-01|5
李某|设计|2024-06-02|5
赵某|统计|2024-06-02|5
""")
    )
    assert len(table) == 3
    assert table.set_aside == []


def test_hints_units_and_numbered_columns_under_the_header_are_set_aside() -> None:
    table = sheet(
        drawn("""
姓名|服务日期|服务时长|积分
必填|格式：2024-06-01|单位小时，必填|选填
（人）|（天）|（小时）|（分）
1|2|3|4
王某|2024-06-01|2|20
李某|2024-06-02|1|10
""")
    )
    assert why(table) == {2: "hint", 3: "unit", 4: "column_numbers"}
    assert len(table) == 2


def test_signatures_dates_and_sources_below_are_set_aside() -> None:
    table = sheet(
        [
            *PEOPLE,
            [None, None, None, None],
            ["制表人：王某", None, "审核人：", None],
            ["2024年  月  日"],
            ["注：以上数据不含6月30日活动。"],
            ["数据来源：社区台账"],
        ]
    )
    assert table.rows == PEOPLE[1:]
    assert why(table) == {5: "blank", 6: "footer", 7: "footer", 8: "note", 9: "footer"}


def test_a_last_row_that_lacks_values_is_still_a_row() -> None:
    table = sheet([*PEOPLE, ["孙某", None, None, None]])
    assert len(table) == 4
    table = sheet([*PEOPLE, ["孙某", "2024-06-04", None, None]])
    assert len(table) == 4


def test_ruled_empty_and_only_numbered_rows_are_set_aside() -> None:
    table = sheet(
        drawn("""
序号|姓名|日期|积分
1|王某|2024-06-01|5
||||
2|李某|2024-06-02|5
3|||
4|||
负责人签字：|||
""")
    )
    assert why(table) == {3: "blank", 5: "blank", 6: "blank", 7: "footer"}
    assert len(table) == 2


def test_the_header_printed_again_on_the_next_page_is_set_aside() -> None:
    title: list[Cell] = ["志愿服务统计表"]
    table = sheet([title, *PEOPLE[:3], title, PEOPLE[0], PEOPLE[3]])
    assert table.rows == PEOPLE[1:]
    assert why(table) == {1: "title", 5: "title", 6: "repeated_header"}


def test_merged_cells_are_filled_down_and_amounts_are_not_doubled() -> None:
    table = sheet(
        drawn("""
小区|姓名|日期|时长
南风|王某|2024-06-01|5
|李某|2024-06-02|
|赵某|2024-06-03|2
"""),
        (2, 1, 4, 1),
        (2, 4, 3, 4),
    )
    assert table.column("小区") == ["南风", "南风", "南风"]
    assert table.column("时长") == [5.0, None, 2.0]
    assert table.filled_down == {"小区": [3, 4]}


def test_groups_written_in_their_first_row_only_are_filled_down() -> None:
    table = sheet(
        drawn("""
日期|社区|姓名|积分
2024-06-01|南风|王某|5
|   |李某|5
|古桥|赵某|5
2024-06-02|南风|孙某|5
||钱某|5
""")
    )
    assert table.column("日期") == ["2024-06-01"] * 3 + ["2024-06-02"] * 2
    assert table.column("社区") == ["南风", "南风", "古桥", "南风", "南风"]
    assert table.filled_down == {"日期": [3, 4, 6], "社区": [3, 6]}


def test_a_few_missing_cells_are_no_group() -> None:
    rows = [["姓名", "日期", "积分"], *[[f"人{i}", "2024-06-01", i] for i in range(10)]]
    rows[5][0] = None
    table = sheet(rows)
    assert table.column("姓名")[4] is None
    assert table.filled_down == {}


def test_a_total_without_a_word_takes_nothing_from_above() -> None:
    table = sheet(
        drawn("""
            日期|活动|类别|到场人数
            2024-06-01|清扫|环境|20
            2024-06-02|讲座|宣传|10
            |||30
        """)
    )
    assert table.filled_down.get("日期", []) == []
    assert table.column("活动")[-1] is None
