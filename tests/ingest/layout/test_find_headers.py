"""Which rows of a sheet are the header, and what its columns are called."""

from __future__ import annotations

from datetime import date

from layout_kit import drawn, sheet


def test_two_header_levels_with_merged_cells_are_joined() -> None:
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


def test_four_header_levels_under_a_title() -> None:
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


def test_two_header_levels_without_merged_cells_as_a_text_file_has_them() -> None:
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


def test_years_over_a_wide_table_are_names_of_columns() -> None:
    table = sheet(
        [["地区", 2023.0, 2022.0, 2021.0], ["北京", 1.0, 2.0, 3.0], ["天津", 4.0, 5.0, 6.0]]
    )
    assert table.columns == ["地区", "2023", "2022", "2021"]
    assert len(table) == 2


def test_days_of_a_month_under_one_merged_label() -> None:
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


def test_notes_that_look_like_a_wide_header_are_not_joined_to_it() -> None:
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


def test_line_breaks_and_blanks_in_names_of_columns_go() -> None:
    table = sheet([["姓　名", "联系\n电话", "Home  address"], ["王某", "138", "x"]])
    assert table.columns == ["姓名", "联系电话", "Home address"]


def test_equal_names_of_columns_are_numbered_and_missing_ones_named_by_position() -> None:
    table = sheet(
        [["姓名", "备注", None, "备注"], ["王某", "a", "b", "c"], ["李某", "a", "d", "e"]]
    )
    assert table.columns == ["姓名", "备注", "列3", "备注_2"]
