"""Public holidays: a week that has one is no week like the others.

`holidays.csv` holds the days off of 2020 to 2026 as the General Office of the State Council
published them in its yearly notices (国务院办公厅关于部分节假日安排的通知). Of the years
that follow it holds the Spring Festival alone: its eve and eight days from the first day of the
lunar year on. A notice that comes out is written into the file.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

SATURDAY = 5


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


@cache
def holiday_in(first_day: date, last_day: date) -> str:
    """The first public holiday from Monday to Friday between two days; empty if none."""
    known = holidays()
    for offset in range((last_day - first_day).days + 1):
        day = first_day + timedelta(days=offset)
        if day in known and day.weekday() < SATURDAY:
            return known[day]
    return ""
