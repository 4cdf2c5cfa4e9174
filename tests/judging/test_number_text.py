"""Numbers, days and periods as they are written in Chinese and English."""

from __future__ import annotations

import math
from datetime import date

import pytest

from lingti import catalog, language
from lingti.judging import number_text


@pytest.mark.parametrize(
    ("value", "decimals", "chinese", "english"),
    [
        (0, 0, "0", "0"),
        (-0.0, 1, "0.0", "0.0"),
        (9999, 0, "9,999", "9,999"),
        (9999.6, 0, "1万", "10,000"),
        (10000, 0, "1万", "10,000"),
        (12345, 0, "1.23万", "12,345"),
        (123456, 0, "12.3万", "123,456"),
        (12345678, 0, "1,235万", "12,345,678"),
        (99_999_999, 0, "1亿", "99,999,999"),
        (1.234e9, 0, "12.3亿", "1,234,000,000"),
        (-12345, 0, "−1.23万", "−12,345"),
        (3.25, 1, "3.2", "3.2"),
        (None, 0, "–", "–"),
        (math.nan, 0, "–", "–"),
    ],
)
def test_numbers(value: float | None, decimals: int, chinese: str, english: str) -> None:
    assert number_text.number(value, decimals) == chinese
    language.use("en")
    assert number_text.number(value, decimals) == english


def test_rates_keep_three_figures() -> None:
    assert [number_text.rate(value) for value in (0, 0.4237, 3.42, 34.25, 342.4)] == [
        "0",
        "0.42",
        "3.42",
        "34.2",
        "342",
    ]


def test_a_measured_value_has_its_unit() -> None:
    hours = catalog.program().metrics["volunteer_hours"]
    share = catalog.program().metrics["concerns_resolved_in_time_share"]
    assert number_text.measured(12345, hours) == "1.23万小时"
    assert number_text.measured(3.421, hours, "residents") == "3.42小时/千人"
    assert number_text.measured(0.8712, share) == "87.1%"
    assert number_text.measured(None, hours) == "–"
    language.use("en")
    assert number_text.measured(12345, hours) == "12,345 h"
    assert number_text.measured(3.421, hours, "households") == "3.42 h per 1,000 households"
    held = catalog.program().metrics["activities_held"]
    people = catalog.program().metrics["active_volunteers"]
    assert number_text.measured(1, held) == "1 activity"
    assert number_text.measured(2, held) == "2 activities"
    assert number_text.measured(1, people) == "1 person"
    assert number_text.measured(1, people, "residents") == "1.00 people per 1,000 residents"


@pytest.mark.parametrize(
    ("grain", "period", "chinese", "english", "short"),
    [
        ("month", "2024-06", "2024年6月", "Jun 2024", "6月"),
        ("quarter", "2024-Q2", "2024年第二季度", "Q2 2024", "二季度"),
        ("year", "2024", "2024年", "2024", "2024年"),
        ("week", "2024-W05", "2024年第5周", "week 5, 2024", "5周"),
        ("programme", "programme", "启动至今", "the programme to date", "启动至今"),
    ],
)
def test_periods(grain: str, period: str, chinese: str, english: str, short: str) -> None:
    assert number_text.period(grain, period) == chinese
    assert number_text.period_short(grain, period) == short
    language.use("en")
    assert number_text.period(grain, period) == english


def test_days() -> None:
    assert number_text.day(date(2024, 6, 10)) == "2024年6月10日"
    language.use("en")
    assert number_text.day(date(2024, 6, 10)) == "10 Jun 2024"
    assert number_text.day_short(date(2024, 6, 10)) == "10 Jun"


def test_a_reported_nothing_is_told_from_zero() -> None:
    assert number_text.state_of(0, "reported") == "zero"
    assert number_text.state_of(None, "reported") == "nothing"
    assert number_text.state_of(3, "reported") == "reported"
    assert number_text.state_of(0, "partial") == "partial"
    assert number_text.state_of(None, "not_run") == "not_run"


def test_three_months_in_a_row_are_told_by_the_first_and_the_last() -> None:
    language.use("zh")
    given = ["2025-02", "2024-11", "2024-12", "2025-01", "2025-05", "2025-06"]
    assert number_text.months(given) == ["2024年11月至2025年2月", "2025年5月", "2025年6月"]
