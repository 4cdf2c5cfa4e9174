"""The tables of a sheet: each rule with a sheet of a few rows, written as it looks."""

from __future__ import annotations

from datetime import date

import pytest
from ingest.reading_kit import all_of, coded

from lingti.ingest.grid import Grid, Merge, from_rows
from lingti.ingest.layout import lay_out
from lingti.ingest.shapes import Cell, Table

PEOPLE: list[list[Cell]] = [
    ["姓名", "服务日期", "服务时长", "积分"],
    ["王某", "2024-06-01", 2.0, 20],
    ["李某", "2024-06-02", 1.5, 15],
    ["赵某", "2024-06-03", 3.0, 30],
]


def grid(rows: list[list[Cell]], *merges: tuple[int, int, int, int]) -> Grid:
    """A grid of rows; merges as rows and columns from 1: top, left, bottom, right."""
    return from_rows(
        [list(row) for row in rows], [Merge(a - 1, b - 1, c - 1, d - 1) for a, b, c, d in merges]
    )


def sheet(rows: list[list[Cell]], *merges: tuple[int, int, int, int]) -> Table:
    """The sheet laid out by its cells; the same must come of columns that are coded."""
    table = lay_out(grid(rows, *merges), "Sheet1", 1)
    assert all_of(lay_out(coded(grid(rows, *merges)), "Sheet1", 1)) == all_of(table)
    return table


def drawn(text: str) -> list[list[Cell]]:
    """Rows drawn with | between cells; numbers become numbers, blanks stay empty."""
    rows: list[list[Cell]] = []
    for line in text.strip("\n").split("\n"):
        cells: list[Cell] = []
        for part in line.split("|"):
            word = part.strip()
            try:
                cells.append(float(word))
            except ValueError:
                cells.append(word or None)
        rows.append(cells)
    return rows


def why(table: Table) -> dict[int, str]:
    return {row.row: row.why for row in table.set_aside}


def test_a_plain_table_is_its_first_row_and_the_rows_below():
    table = sheet(PEOPLE)
    assert table.header_rows == [1]
    assert table.columns == PEOPLE[0]
    assert table.rows == PEOPLE[1:]
    assert table.row_numbers == range(2, 5)
    assert table.set_aside == []


def test_titles_and_notes_above_the_header_are_set_aside_and_kept_as_the_title():
    table = sheet(
        [
            ["南风花园社区2024年6月志愿服务统计表"],
            ["填报单位：南风花园社区", None, None, "单位：小时"],
            *PEOPLE,
        ],
        (1, 1, 1, 4),
    )
    assert table.header_rows == [3]
    assert table.title == "南风花园社区2024年6月志愿服务统计表 填报单位：南风花园社区 单位：小时"
    assert why(table) == {1: "title", 2: "unit"}
    assert table.rows == PEOPLE[1:]


def test_two_header_levels_with_merged_cells_are_joined():
    table = sheet(
        drawn("""
序号|姓名|服务情况|     |   |备注
    |    |日期    |时长 |积分|
1   |王某|2024-06-01|2|20|
2   |李某|2024-06-02|1|10|好
"""),
        (1, 1, 2, 1),
        (1, 2, 2, 2),
        (1, 3, 1, 5),
        (1, 6, 2, 6),
    )
    assert table.header_rows == [1, 2]
    assert table.columns == [
        "序号",
        "姓名",
        "服务情况·日期",
        "服务情况·时长",
        "服务情况·积分",
        "备注",
    ]
    assert table.row_numbers == range(3, 5)


def test_four_header_levels_under_a_title():
    table = sheet(
        drawn("""
2024年各社区就业情况表||||
社区|就业人数|||
|城镇||农村|
|按性别||按性别|
|男|女|男|女
南风花园|1|2|3|4
古桥|5|6|7|8
"""),
        (1, 1, 1, 5),
        (2, 1, 5, 1),
        (2, 2, 2, 5),
        (3, 2, 3, 3),
        (3, 4, 3, 5),
        (4, 2, 4, 3),
        (4, 4, 4, 5),
    )
    assert table.header_rows == [2, 3, 4, 5]
    assert table.columns == [
        "社区",
        "就业人数·城镇·按性别·男",
        "就业人数·城镇·按性别·女",
        "就业人数·农村·按性别·男",
        "就业人数·农村·按性别·女",
    ]
    assert len(table) == 2


def test_two_header_levels_without_merged_cells_as_a_text_file_has_them():
    table = sheet(
        drawn("""
6月服务汇总||||
序号|基本信息||服务情况|
|姓名|性别|日期|时长
1|王某|女|2024-06-01|2
2|李某|男|2024-06-02|1
""")
    )
    assert table.header_rows == [2, 3]
    assert table.columns == [
        "序号",
        "基本信息·姓名",
        "基本信息·性别",
        "服务情况·日期",
        "服务情况·时长",
    ]


def test_years_over_a_wide_table_are_names_of_columns():
    table = sheet(
        [["地区", 2023.0, 2022.0, 2021.0], ["北京", 1.0, 2.0, 3.0], ["天津", 4.0, 5.0, 6.0]]
    )
    assert table.columns == ["地区", "2023", "2022", "2021"]
    assert len(table) == 2


def test_days_of_a_month_under_one_merged_label():
    table = sheet(
        drawn("""
姓名|6月出勤|||合计
    |1|2|3|
王某|1|0|1|2
李某|1|1|1|3
"""),
        (1, 1, 2, 1),
        (1, 2, 1, 4),
        (1, 5, 2, 5),
    )
    assert table.columns == ["姓名", "6月出勤·1", "6月出勤·2", "6月出勤·3", "合计"]
    assert len(table) == 2


def test_notes_that_look_like_a_wide_header_are_not_joined_to_it():
    table = sheet(
        [
            ["or", "merging", None, "cells"],
            ["Name", "Profession", "Age", "Born"],
            ["A B", "cook", 40.0, date(1980, 1, 1)],
            ["C D", "smith", 41.0, date(1981, 1, 1)],
        ],
        (1, 2, 1, 3),
    )
    assert table.header_rows == [2]
    assert table.columns == ["Name", "Profession", "Age", "Born"]


def test_line_breaks_and_blanks_in_names_of_columns_go():
    table = sheet([["姓　名", "联系\n电话", "Home  address"], ["王某", "138", "x"]])
    assert table.columns == ["姓名", "联系电话", "Home address"]


def test_equal_names_of_columns_are_numbered_and_missing_ones_named_by_position():
    table = sheet(
        [["姓名", "备注", None, "备注"], ["王某", "a", "b", "c"], ["李某", "a", "d", "e"]]
    )
    assert table.columns == ["姓名", "备注", "列3", "备注_2"]


@pytest.mark.parametrize(
    "word", ["合计", "合 计", "总计：", "小计", "总合计", "累计", "合计（人）"]
)
def test_total_rows_are_set_aside_above_between_and_below(word: str):
    total: list[Cell] = [word, None, 6.5, 65]
    rows = [PEOPLE[0], total, PEOPLE[1], total, *PEOPLE[2:], total]
    table = sheet(rows)
    assert table.rows == PEOPLE[1:]
    assert table.row_numbers == [3, 5, 6]
    assert why(table) == {2: "total", 4: "total", 7: "total"}


def test_a_total_in_the_second_column_and_one_with_the_name_of_its_group():
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


def test_a_thing_that_is_named_like_a_total_stays():
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


def test_hints_units_and_numbered_columns_under_the_header_are_set_aside():
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


def test_signatures_dates_and_sources_below_are_set_aside():
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


def test_a_last_row_that_lacks_values_is_still_a_row():
    table = sheet([*PEOPLE, ["孙某", None, None, None]])
    assert len(table) == 4
    table = sheet([*PEOPLE, ["孙某", "2024-06-04", None, None]])
    assert len(table) == 4


def test_ruled_empty_and_only_numbered_rows_are_set_aside():
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


def test_the_header_printed_again_on_the_next_page_is_set_aside():
    title: list[Cell] = ["志愿服务统计表"]
    table = sheet([title, *PEOPLE[:3], title, PEOPLE[0], PEOPLE[3]])
    assert table.rows == PEOPLE[1:]
    assert why(table) == {1: "title", 5: "title", 6: "repeated_header"}


def test_merged_cells_are_filled_down_and_amounts_are_not_doubled():
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
    assert table.filled_down == ["小区"]


def test_groups_written_in_their_first_row_only_are_filled_down():
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
    assert table.filled_down == ["日期", "社区"]


def test_a_few_missing_cells_are_no_group():
    rows = [["姓名", "日期", "积分"], *[[f"人{i}", "2024-06-01", i] for i in range(10)]]
    rows[5][0] = None
    table = sheet(rows)
    assert table.column("姓名")[4] is None
    assert table.filled_down == []


def test_stacked_tables_are_not_glued_together():
    table = sheet(
        [
            ["一、志愿服务"],
            *PEOPLE,
            [],
            ["二、积分兑换"],
            ["姓名", "物品", "数量"],
            ["王某", "大米", 1],
            ["李某", "食用油", 2],
        ]
    )
    assert table.rows == PEOPLE[1:]
    assert table.title == "一、志愿服务"
    (other,) = table.other_tables
    assert other.title == "二、积分兑换"
    assert other.header_rows == [8]
    assert other.columns == ["姓名", "物品", "数量"]
    assert other.rows == [["王某", "大米", 1], ["李某", "食用油", 2]]
    assert other.row_numbers == range(9, 11)


def test_a_second_table_right_below_the_first_is_found_by_its_header():
    table = sheet([*PEOPLE, ["物品", "类别", "数量", "单价"], ["大米", "粮油", 3, 20.5]])
    assert table.rows == PEOPLE[1:]
    assert table.other_tables[0].columns == ["物品", "类别", "数量", "单价"]


def test_side_by_side_tables_are_not_glued_together():
    left = [["姓名", "积分"], ["王某", 5], ["李某", 6], ["赵某", 7]]
    right = [["姓名", "电话"], ["孙某", "1"], ["钱某", "2"], [None, None]]
    table = sheet([[*a, None, *b] for a, b in zip(left, right, strict=True)])
    assert table.columns == ["姓名", "积分"]
    assert table.rows == left[1:]
    (other,) = table.other_tables
    assert other.columns == ["姓名", "电话"]
    assert other.rows == right[1:3]
    assert other.column_numbers == [4, 5]


def test_a_list_printed_in_two_halves_is_two_tables():
    table = sheet(
        drawn("""
姓名|积分|姓名|积分
王某|1|孙某|3
李某|2|钱某|4
""")
    )
    assert table.columns == ["姓名", "积分"]
    assert table.other_tables[0].rows == [["孙某", 3.0], ["钱某", 4.0]]


def test_an_empty_column_inside_a_table_does_not_part_it():
    rows = [[*row[:2], None, *row[2:]] for row in PEOPLE]
    table = sheet(rows)
    assert table.columns == PEOPLE[0]
    assert table.other_tables == []


def test_a_legend_beside_the_table_is_no_column():
    rows = [[*row, None, None] for row in PEOPLE]
    rows[1][5] = "图例：红色为重点"
    rows[2][5] = "绿色为一般"
    table = sheet(rows)
    assert table.columns == PEOPLE[0]
    assert table.rows == PEOPLE[1:]
    assert [(c.column, c.why) for c in table.set_aside_columns] == [(6, "legend")]


def test_row_numbers_are_those_of_the_sheet_also_when_the_first_rows_are_empty():
    table = sheet([[], [], *PEOPLE])
    assert table.header_rows == [3]
    assert table.row_numbers == range(4, 7)


def test_a_table_without_a_header_has_numbered_columns():
    table = sheet(
        [["王某", "2024-06-01", 2.0], ["李某", "2024-06-02", 1.0], ["王某", "2024-06-03", 1.0]]
    )
    assert table.header_rows == []
    assert table.columns == ["列1", "列2", "列3"]
    assert len(table) == 3


def test_words_that_come_again_below_are_no_header():
    table = sheet([["王甲", "清扫"], ["李乙", "清扫"], ["赵丙", "助老"], ["孙丁", "清扫"]])
    assert table.header_rows == []
    assert len(table) == 4


def test_a_header_without_rows_has_no_rows():
    table = sheet([["姓名", "服务日期", "服务时长"]])
    assert table.columns == ["姓名", "服务日期", "服务时长"]
    assert len(table) == 0


def test_a_form_for_one_person_is_no_table():
    table = sheet(
        drawn("""
志愿者登记表|||
姓名|王某|性别|女
出生年月|1980-01|民族|汉
联系电话|138|学历|本科
家庭住址|南风花园一期||
个人简历|||
社区意见|||
""")
    )
    assert table.columns == []
    assert set(why(table).values()) == {"form"}


def test_prose_is_no_table():
    table = sheet([["填写说明"], ["请各社区于每月5日前报送。"], ["联系人：王某。"]])
    assert table.columns == []
    assert len(table) == 0


def test_sections_between_rows_are_set_aside():
    table = sheet(
        [PEOPLE[0], ["一、第一网格"], PEOPLE[1], PEOPLE[2], ["二、第二网格"], PEOPLE[3]],
        (2, 1, 2, 4),
        (5, 1, 5, 4),
    )
    assert table.rows == PEOPLE[1:]
    assert why(table) == {2: "section", 5: "section"}


def test_one_column_of_names():
    table = sheet([["姓名"], ["王某"], ["李某"]])
    assert table.columns == ["姓名"]
    assert len(table) == 2
