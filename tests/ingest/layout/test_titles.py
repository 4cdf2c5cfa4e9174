from datetime import date

import pytest

from lingti.ingest.checking.coverage import parse
from lingti.ingest.layout import titles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("古桥社区2024年6月志愿服务记录", "2024-06"),
        ("志愿服务（2024年1-3月）", "2024-Q1"),
        ("2024年第二季度积分台账", "2024-Q2"),
        ("2024年上半年台账", "2024-01-01/2024-06-30"),
        ("2024下半年", "2024-07-01/2024-12-31"),
        ("积分_202402.csv", "2024-02"),
        ("2024-12 服务", "2024-12"),
        ("服务2024.11.1-2024.11.18", "2024-11-01/2024-11-18"),
        ("20241101-20241118服务", "2024-11-01/2024-11-18"),
        ("2024年4月1日至6月10日兑换", "2024-04-01/2024-06-10"),
        ("202403-202406导出", "2024-03-01/2024-06-30"),
        ("2024-03至2024-06", "2024-03-01/2024-06-30"),
        ("2024年3月-2024年6月", "2024-03-01/2024-06-30"),
        ("2024.3-2024.6", "2024-03-01/2024-06-30"),
        ("2024年11月至次年1月", "2024-11-01/2025-01-31"),
        ("2024年11月至2025年1月", "2024-11-01/2025-01-31"),
    ],
)
def test_days_named_in_a_title(text: str, expected: str) -> None:
    assert titles.named_in(text) == parse(expected)


@pytest.mark.parametrize(
    "text", ["2024年度台账", "2024年6月10日", "2024-03-10", "2024年13月", "名单"]
)
def test_titles_that_name_no_days(text: str) -> None:
    assert titles.named_in(text) == []


def test_a_sheet_called_june_needs_the_year_of_the_file() -> None:
    assert titles.named_in("6月") == []
    assert titles.named_in("6月", 2024) == parse("2024-06")


def test_the_year_in_a_name() -> None:
    assert titles.year_in("2024年服务") == 2024
    assert titles.year_in("2023-2024年服务") is None
    assert titles.year_in("服务") is None


def test_day_of_export_in_a_title() -> None:
    assert titles.as_of_in("合作商家（截至2024年6月10日）") == date(2024, 6, 10)
    assert titles.as_of_in("导出时间：2024-06-10 08:00") == date(2024, 6, 10)
    assert titles.as_of_in("2024年6月10日活动") is None
    assert titles.as_of_in("统计时间：2024年6月1日至2024年6月30日") is None
