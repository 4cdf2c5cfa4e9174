"""Days that people count a period from and to, other than its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from lingti.judging.periods import Period

# The likeliest first, in days; and on which day of a month offices close it.
SHIFTS = (-1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6, -7, 7)
CLOSINGS = (25, 20, 26, 15, 24, 27, 28)


def near(period: Period, window: str) -> Iterator[tuple[date, date]]:
    """Days near those of a period: one end or both shifted; of a month closed in its midst."""
    first, last = period.first_day, period.last_day
    if period.grain == "month" and window == "period":
        for day in CLOSINGS:
            before = (first - timedelta(1)).replace(day=day)
            yield before + timedelta(1), first.replace(day=day)
        for day in CLOSINGS:
            yield first, first.replace(day=day)
    for days in map(timedelta, SHIFTS):
        if last + days >= first:
            yield first, last + days
        if window == "period":
            yield first + days, last + days
            if first + days <= last:
                yield first + days, last


def around(period: Period) -> list[tuple[str, tuple[date, date]]]:
    """The period before, that of the year before, the year up to it, and a quarter with it."""
    first, last = period.first_day, period.last_day
    periods = []
    if period.grain != "programme":
        before = first - timedelta(1)
        begins = before.replace(day=1) if period.grain == "month" else before - (last - first)
        periods.append(("before", (begins, before)))
    if period.grain == "month":
        after = (last + timedelta(32)).replace(day=1) - timedelta(1)
        periods.append(("after", (last + timedelta(1), after)))
        quarter = first.replace(month=first.month - (first.month - 1) % 3)
        periods.append(("quarter", (quarter, last)))
    if period.grain in ("month", "quarter"):
        periods.append(("year", (first.replace(month=1), last)))
        periods.append(("year_before", (_year_before(first), _year_before(last))))
    return [(code, days) for code, days in periods if days != (first, last)]


def _year_before(day: date) -> date:
    is_last = (day + timedelta(1)).month != day.month
    if is_last:
        return (day.replace(day=1, year=day.year - 1) + timedelta(32)).replace(day=1) - timedelta(1)
    return day.replace(year=day.year - 1)
