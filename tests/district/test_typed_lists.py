"""Lists of communities are understood as people type them, or paste them from a sheet."""

from __future__ import annotations

from datetime import date

import pytest

from lingti.district import typed_lists
from lingti.district.typed_lists import Typed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("望江社区", Typed("望江社区")),
        (
            "望江社区\t城东街道\t5,200\t1800\t2025-12-31\t暖心食堂",
            Typed("望江社区", "城东街道", 5200, 1800, date(2025, 12, 31), "暖心食堂"),
        ),
        ("望江社区，城东街道，5200人，1800户", Typed("望江社区", "城东街道", 5200, 1800)),
        ("望江社区 1.2万 3500", Typed("望江社区", "", 12000, 3500)),
        ("1\t望江社区\t5200\t1800", Typed("望江社区", "", 5200, 1800)),
        ("望江社区\t5200\t\t2025年12月", Typed("望江社区", "", 5200, None, date(2025, 12, 31))),
        ("1、望江社区\t5200", Typed("望江社区", "", 5200)),
        ("东湖镇\t东湖镇\t5200.0\t-", Typed("东湖镇", "东湖镇", 5200)),
        ("望江社区\t5200\t\t\t红心，暖心", Typed("望江社区", "", 5200, None, None, "红心，暖心")),
        ("街道\t社区\n城东街道\t望江社区", Typed("望江社区", "城东街道")),
        (
            "社区人口（万人）一览表\n社区\t人口（万人）\n望江\t1.2\n合计\t1.2",
            Typed("望江", "", 12000),
        ),
        (
            "社区名称\t常住户数\t户籍人口\t常住人口\n望江社区\t1800\t4900\t5200",
            Typed("望江社区", "", 5200, 1800),
        ),
        ("望江社区\t5200\t1800\t2024年", Typed("望江社区", "", 5200, 1800, date(2024, 12, 31))),
    ],
)
def test_a_line_is_understood_by_what_stands_in_it(text: str, found: Typed) -> None:
    assert typed_lists.communities(text) == ([found], [])


def test_a_line_of_titles_says_what_the_columns_are() -> None:
    text = "领题\t社区名称\t户数\t常住人口\n暖心食堂\t望江社区\t1800\t5200\n\t临河社区\t\t"
    assert typed_lists.communities(text) == (
        [Typed("望江社区", "", 5200, 1800, None, "暖心食堂"), Typed("临河社区")],
        [],
    )


@pytest.mark.parametrize(
    "lines",
    [
        "街道\t社区\t人口\n城东街道\t望江\t5200\n\t临河\t4100\n城西街道\t麦田\t3000\n\t丹枫\t2000\n-\t南山\t",
        "城东街道\t望江\t5200\n\t临河\t4100\n城西街道\t麦田\t3000\n\t丹枫\t2000\n-\t南山\t",
    ],
)
def test_a_blank_subdistrict_is_that_of_the_merged_cell_above(lines: str) -> None:
    found, problems = typed_lists.communities(lines)
    assert problems == []
    assert [(one.name, one.subdistrict, one.subdistrict_above) for one in found] == [
        ("望江", "城东街道", False),
        ("临河", "城东街道", True),
        ("麦田", "城西街道", False),
        ("丹枫", "城西街道", True),
        ("南山", "", False),
    ]


def test_what_is_not_understood_is_told_by_its_line() -> None:
    found, problems = typed_lists.communities("望江社区\n5200\t1800\n望江社区")
    assert found == [Typed("望江社区")]
    assert problems == ["第 2 行：没有社区名称", "第 3 行：望江社区出现了两次。"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("望江社区\t1800\t5200", "户数多于人口"),
        ("望江社区\t1万2千", "'1万2千' 不是数字"),
        ("望江社区\t-5\t20", "'-5' 不是数字"),
        ("望江\n望江社区", "出现了两次"),
        ("望江社区\t52000000\t1800", "52,000,000 超过一个社区可能的数量"),
        ("望江社区\t5200\t1800\t2062-12-31", "2062-12-31 在一年以后"),
    ],
)
def test_what_would_be_a_wrong_number_or_name_is_refused(text: str, says: str) -> None:
    _found, problems = typed_lists.communities(text)
    assert [says in one for one in problems] == [True]


def test_ids_are_names_in_short_and_no_two_are_alike() -> None:
    made = dict(typed_lists.ids([Typed("望江社区"), Typed("望江村"), Typed("3号社区")], ()))
    assert list(made) == ["望江", "望江村", "c_3号"]
    assert typed_lists.new_id("望江社区", ["望江"]) == "望江2"
