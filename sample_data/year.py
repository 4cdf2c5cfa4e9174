"""The sample's calendar: which days are busy, and how to pick days with that rhythm."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

YEAR = 2024
STARTS_ON = date(YEAR, 3, 1)
ENDS_ON = date(YEAR, 12, 31)
MONTHS = range(3, 13)
MOTHERS_DAY = date(YEAR, 5, 12)
DRAGON_BOAT = date(YEAR, 6, 10)

# How much more happens on a festival than on a working day.
FESTIVALS: Mapping[date, float] = {
    date(YEAR, 3, 5): 4.0,  # 学雷锋日
    date(YEAR, 4, 4): 1.5,  # 清明
    date(YEAR, 5, 1): 1.5,  # 劳动节
    MOTHERS_DAY: 6.0,
    date(YEAR, 6, 1): 3.0,  # 儿童节
    DRAGON_BOAT: 7.0,
    date(YEAR, 9, 17): 4.0,  # 中秋
    date(YEAR, 10, 11): 5.0,  # 重阳
    date(YEAR, 12, 5): 3.0,  # 志愿者日
}
# Days of heavy rain, on which hardly anything was held outdoors.
RAINY = frozenset(date(YEAR, 7, day) for day in (5, 6, 7, 21, 22)) | {date(YEAR, 8, 26)}


def month_end(month: int) -> date:
    """The last day of a month of the sample's year."""
    return date(YEAR, month, monthrange(YEAR, month)[1])


def days_of(month: int) -> list[date]:
    """Every day of a month of the sample's year."""
    return [date(YEAR, month, day + 1) for day in range(month_end(month).day)]


def weight(day: date) -> float:
    """How busy a day is; an ordinary working day is 1."""
    if day in RAINY:
        return 0.1
    return FESTIVALS.get(day, 2.2 if day.weekday() >= 5 else 1.0)


def some_day(random: Random, month: int, until: date = ENDS_ON) -> date:
    """A day of the month not after `until`, busy days more often."""
    days = [day for day in days_of(month) if day <= until]
    return random.choices(days, [weight(day) for day in days])[0]


def working_day(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day


def later(day: date, days: int) -> date | None:
    """The day that many days on; None where the sample's year has ended by then."""
    then = working_day(day + timedelta(days=days))
    return then if then <= ENDS_ON else None


def friday_after(day: date) -> date:
    """The first Friday on or after the day: the weekly review meets on Fridays."""
    return day + timedelta(days=(4 - day.weekday()) % 7)
