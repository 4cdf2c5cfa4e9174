"""The tables of a sheet, and what stands beside them; each rule with a sheet of a few rows."""

from __future__ import annotations

from layout_kit import PEOPLE, drawn, sheet, why


def test_a_plain_table_is_its_first_row_and_the_rows_below() -> None:
    table = sheet(PEOPLE)
    assert table.header_rows == [1]
    assert table.columns == PEOPLE[0]
    assert table.rows == PEOPLE[1:]
    assert table.row_numbers == range(2, 5)
    assert table.set_aside == []


def test_titles_and_notes_above_the_header_are_set_aside_and_kept_as_the_title() -> None:
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


def test_stacked_tables_are_not_glued_together() -> None:
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


def test_a_second_table_right_below_the_first_is_found_by_its_header() -> None:
    table = sheet([*PEOPLE, ["物品", "类别", "数量", "单价"], ["大米", "粮油", 3, 20.5]])
    assert table.rows == PEOPLE[1:]
    assert table.other_tables[0].columns == ["物品", "类别", "数量", "单价"]


def test_side_by_side_tables_are_not_glued_together() -> None:
    left = [["姓名", "积分"], ["王某", 5], ["李某", 6], ["赵某", 7]]
    right = [["姓名", "电话"], ["孙某", "1"], ["钱某", "2"], [None, None]]
    table = sheet([[*a, None, *b] for a, b in zip(left, right, strict=True)])
    assert table.columns == ["姓名", "积分"]
    assert table.rows == left[1:]
    (other,) = table.other_tables
    assert other.columns == ["姓名", "电话"]
    assert other.rows == right[1:3]
    assert other.column_numbers == [4, 5]


def test_a_list_printed_in_two_halves_is_two_tables() -> None:
    table = sheet(
        drawn("""
姓名|积分|姓名|积分
王某|1|孙某|3
李某|2|钱某|4
""")
    )
    assert table.columns == ["姓名", "积分"]
    assert table.other_tables[0].rows == [["孙某", 3.0], ["钱某", 4.0]]


def test_an_empty_column_inside_a_table_does_not_part_it() -> None:
    rows = [[*row[:2], None, *row[2:]] for row in PEOPLE]
    table = sheet(rows)
    assert table.columns == PEOPLE[0]
    assert table.other_tables == []


def test_empty_columns_do_not_part_a_table_whose_next_column_could_begin_one() -> None:
    table = sheet(
        drawn("""
            序号|服务日期|姓名|电话||活动名称|服务时长
            1|2024-06-01|王某|||清扫|2
            2|2024-06-02|李某|||清扫|1
            3|2024-06-03|赵某|||义诊|3
        """)
    )
    assert table.other_tables == []
    assert table.columns == ["序号", "服务日期", "姓名", "电话", "活动名称", "服务时长"]


def test_a_legend_beside_the_table_is_no_column() -> None:
    rows = [[*row, None, None] for row in PEOPLE]
    rows[1][5] = "图例：红色为重点"
    rows[2][5] = "绿色为一般"
    table = sheet(rows)
    assert table.columns == PEOPLE[0]
    assert table.rows == PEOPLE[1:]
    assert [(c.column, c.why) for c in table.set_aside_columns] == [(6, "legend")]


def test_row_numbers_are_those_of_the_sheet_also_when_the_first_rows_are_empty() -> None:
    table = sheet([[], [], *PEOPLE])
    assert table.header_rows == [3]
    assert table.row_numbers == range(4, 7)


def test_a_table_without_a_header_has_numbered_columns() -> None:
    table = sheet(
        [["王某", "2024-06-01", 2.0], ["李某", "2024-06-02", 1.0], ["王某", "2024-06-03", 1.0]]
    )
    assert table.header_rows == []
    assert table.columns == ["列1", "列2", "列3"]
    assert len(table) == 3


def test_words_that_come_again_below_are_no_header() -> None:
    table = sheet([["王甲", "清扫"], ["李乙", "清扫"], ["赵丙", "助老"], ["孙丁", "清扫"]])
    assert table.header_rows == []
    assert len(table) == 4


def test_a_header_without_rows_has_no_rows() -> None:
    table = sheet([["姓名", "服务日期", "服务时长"]])
    assert table.columns == ["姓名", "服务日期", "服务时长"]
    assert len(table) == 0


def test_a_form_for_one_person_is_no_table() -> None:
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


def test_a_form_of_a_caption_and_what_is_filled_in_per_row_is_no_table() -> None:
    table = sheet([["申请表", None], ["姓名", "张某"], ["电话", "13900000001"], ["事项", "路灯"]])
    assert set(why(table).values()) == {"form"}


def test_prose_is_no_table() -> None:
    table = sheet([["填写说明"], ["请各社区于每月5日前报送。"], ["联系人：王某。"]])
    assert table.columns == []
    assert len(table) == 0


def test_sections_between_rows_are_set_aside() -> None:
    table = sheet(
        [PEOPLE[0], ["一、第一网格"], PEOPLE[1], PEOPLE[2], ["二、第二网格"], PEOPLE[3]],
        (2, 1, 2, 4),
        (5, 1, 5, 4),
    )
    assert table.rows == PEOPLE[1:]
    assert why(table) == {2: "section", 5: "section"}


def test_one_column_of_names() -> None:
    table = sheet([["姓名"], ["王某"], ["李某"]])
    assert table.columns == ["姓名"]
    assert len(table) == 2


def test_who_and_when_in_one_cell_is_no_header() -> None:
    table = sheet([["王某 2024-06-01 8:30"], ["李某 2024-06-01 8:31"], ["王某 2024-06-02 8:29"]])
    assert "王某" not in "".join(table.columns)


def test_a_title_written_in_each_cell_is_one_title() -> None:
    table = sheet([["工单_全部"] * 4, *PEOPLE])
    assert (table.title, why(table)) == ("工单_全部", {1: "title"})
