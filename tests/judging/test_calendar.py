"""Spring Festival moves between January and February: what is compared with what of last year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import duckdb
import pytest
from judging.verdict_kit import AMOUNT, newest, weekly

from lingti import language
from lingti.judging import number_text
from lingti.judging.between import compared
from lingti.judging.periods import Period
from lingti.judging.verdicts.holidays import festival_moved, festival_week, week_a_year_ago
from lingti.judging.verdicts.verdict import judge
from lingti.warehouse import ask, description


def weeks(year: int) -> list[Period]:
    found = [date.fromisocalendar(year, number, 1) for number in range(1, 53)]
    return [
        Period("week", f"{year}-W{number:02}", day, date.fromisocalendar(year, number, 7))
        for number, day in enumerate(found, 1)
    ]


def month(name: str) -> Period:
    first = date.fromisoformat(f"{name}-01")
    return Period("month", name, first, first.replace(day=28))


def test_the_week_of_the_festival_has_most_of_its_days() -> None:
    assert [festival_week(year) for year in (2024, 2025, 2026)] == [
        date(2024, 2, 12),
        date(2025, 1, 27),
        date(2026, 2, 16),
    ]


@pytest.mark.parametrize(
    ("week", "a_year_ago"),
    [
        ("2025-W05", "2024-W07"),  # the festival's
        ("2025-W03", "2024-W05"),
        ("2025-W09", "2024-W11"),
        ("2025-W20", "2024-W20"),  # far from it, by its number
    ],
)
def test_weeks_are_aligned_to_the_festival(week: str, a_year_ago: str) -> None:
    (asked,) = (one for one in weeks(2025) if one.id == week)
    found = compared._year_before(asked, [*weeks(2024), *weeks(2025)])
    assert found is not None
    assert found.id == a_year_ago
    assert week_a_year_ago(date(2025, 7, 7)) is None


def test_a_month_that_has_other_days_of_it_is_not_compared() -> None:
    known = [month(f"{year}-{number:02}") for year in (2023, 2024, 2025) for number in (1, 2, 3)]
    of_year_before = {
        one.id: before.id if (before := compared._year_before(one, known)) else None
        for one in known
        if one.first_day.year > 2023
    }
    assert of_year_before == {
        "2024-01": None,  # the festival of 2023 was in January, that of 2024 in February
        "2024-02": None,
        "2024-03": "2023-03",
        "2025-01": None,
        "2025-02": None,  # half of it, as it began in January
        "2025-03": "2024-03",
    }
    assert festival_moved(date(2024, 2, 1))


def test_january_and_february_are_a_period_together() -> None:
    con = duckdb.connect()
    con.execute("create table periods (grain text, period text, first_day date, last_day date)")
    description.fill_periods(con, date(2024, 2, 5), date(2025, 3, 31))
    found = con.execute("from periods where grain = 'jan-feb' order by period").fetchall()
    assert found == [
        ("jan-feb", "2024-JF", date(2024, 1, 1), date(2024, 2, 29)),
        ("jan-feb", "2025-JF", date(2025, 1, 1), date(2025, 2, 28)),
    ]
    two = [Period(*row) for row in found]
    assert compared._year_before(two[1], two) == two[0]
    assert ask.grain_of("2025-JF") == "jan-feb"
    told = [
        number_text.period("jan-feb", "2025-JF"),
        number_text.period_short("jan-feb", "2025-JF"),
    ]
    language.use("en")
    told += [
        number_text.period("jan-feb", "2025-JF"),
        number_text.period_short("jan-feb", "2025-JF"),
    ]
    assert told == ["2025年1—2月", "1—2月", "Jan–Feb 2025", "Jan–Feb"]


def test_a_week_with_a_day_off_of_the_district_s_own_is_not_judged() -> None:
    series = weekly([50.0 + at % 3 for at in range(20)])
    newest_week = newest(series)
    assert judge(AMOUNT, series, newest_week).verdict == "ordinary"
    wednesday = newest_week.first_day + timedelta(days=2)
    closed = replace(series, days_off={wednesday: "社区节"})
    assert judge(AMOUNT, closed, newest_week).reason == "holiday"
    saturday = newest_week.first_day + timedelta(days=5)
    weekend = replace(series, days_off={saturday: "社区节"})
    assert judge(AMOUNT, weekend, newest_week).verdict == "ordinary"
