"""Public holidays: a week that has one is no week like the others.

`holidays.csv` holds the days off of 2020 to 2026 as the General Office of the State Council
published them in its yearly notices (国务院办公厅关于部分节假日安排的通知). Of the years
that follow it holds the Spring Festival alone: its eve and eight days from the first day of the
lunar year on. A notice that comes out is written into the file.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from lingti.frozen import Frozen

SATURDAY = 5
SPRING_FESTIVAL = "春节"
A_DAY_OR_TWO = 2
NO_OWN: Mapping[date, str] = Frozen()
NEAR = timedelta(weeks=4)  # of Spring Festival: weeks that are like no others in their year


@cache
def holidays() -> dict[date, str]:
    """Every public holiday known, with its Chinese name."""
    with (Path(__file__).parent / "holidays.csv").open(encoding="utf-8") as file:
        return {
            first + timedelta(days=offset): row["holiday"]
            for row in csv.DictReader(file)
            for first, last in [(_day(row["first_day"]), _day(row["last_day"]))]
            for offset in range((last - first).days + 1)
        }


def _day(text: str) -> date:
    return date.fromisoformat(text)


def holiday_in(first_day: date, last_day: date, own: Mapping[date, str] = NO_OWN) -> str:
    """The first holiday from Monday to Friday between two days; empty if none.

    Besides the public holidays `own` are those of the district, day by day.
    """
    return _holiday_in(first_day, last_day, own) if own else _public_holiday_in(first_day, last_day)


@cache
def _public_holiday_in(first_day: date, last_day: date) -> str:
    """Asked of every week again for each month, metric and place that is judged."""
    return _holiday_in(first_day, last_day, NO_OWN)


def _holiday_in(first_day: date, last_day: date, own: Mapping[date, str]) -> str:
    known = holidays()
    for offset in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=offset)
        if day.weekday() < SATURDAY and (name := own.get(day) or known.get(day)):
            return name
    return ""


def festival_days(year: int) -> list[date]:
    """The days off of Spring Festival in a year; none where they are not known."""
    known = holidays().items()
    return sorted(day for day, name in known if day.year == year and name == SPRING_FESTIVAL)


def festival_week(year: int) -> date | None:
    """The Monday of the week that has most of the days of Spring Festival; None if not known."""
    mondays = Counter(day - timedelta(days=day.weekday()) for day in festival_days(year))
    return max(mondays, key=lambda day: mondays[day]) if mondays else None


def week_a_year_ago(monday: date) -> date | None:
    """The Monday of the week that lay to last year's Spring Festival as this one to this year's.

    None of weeks that are not near the festival, which are compared by their number.
    """
    now, then = festival_week(monday.year), festival_week(monday.year - 1)
    if now is None or then is None or abs(monday - now) > NEAR:
        return None
    return then + (monday - now)


def festival_moved(day: date) -> bool:
    """Whether a day's month has other days of Spring Festival than that of the year before.

    By a day or two the festival differs from year to year.
    """
    now, then = (
        sum(one.month == day.month for one in festival_days(year))
        for year in (day.year, day.year - 1)
    )
    return abs(now - then) > A_DAY_OR_TWO
