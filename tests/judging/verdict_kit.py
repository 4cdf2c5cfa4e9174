"""Series of literal numbers for verdicts: weeks from a Monday on, in years without holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from lingti.judging.verdicts.verdict import Asked, Kind, Series, Value, Verdict, judge

MONDAY = date(2050, 1, 3)  # so far ahead that no public holidays are known
AMOUNT = Kind("amount", "up")
SHARE = Kind("share", "up")


def week(at: int, value: float | None, state: str = "reported", **more: object) -> Value:
    """The week that begins `at` weeks after `MONDAY`."""
    first = MONDAY + timedelta(days=7 * at)
    return Value(f"2050-W{at}", first, first + timedelta(days=6), value, state, **more)  # type: ignore[arg-type]


def weekly(values: Sequence[float | None]) -> Series:
    """A series of weeks; None is a week that was not reported."""
    return Series(
        tuple(
            week(at, value, "reported" if value is not None else "not_reported")
            for at, value in enumerate(values)
        ),
        (),
    )


def newest(series: Series) -> Asked:
    """The newest week of a series."""
    last = series.weeks[-1]
    return Asked("week", last.period, last.first_day, last.last_day)


def of_weeks(values: Sequence[float | None], kind: Kind = AMOUNT) -> Verdict:
    """The verdict of the newest of some weeks."""
    series = weekly(values)
    return judge(kind, series, newest(series))


def shares(cases: Sequence[tuple[int, int]]) -> Series:
    """A series of weeks of a share: cases out of a denominator."""
    return Series(
        tuple(
            week(at, n / d if d else None, numerator=float(n), denominator=float(d))
            for at, (n, d) in enumerate(cases)
        ),
        (),
    )


def month(year: int, number: int) -> Asked:
    """A month of the calendar."""
    after = date(year + number // 12, number % 12 + 1, 1)
    first = date(year, number, 1)
    return Asked("month", f"{year}-{number:02}", first, after - timedelta(days=1))


def months(values: Sequence[float], year: int = 2050, state: str = "reported") -> tuple[Value, ...]:
    """Values of months from January of a year on."""
    found = [month(year + at // 12, at % 12 + 1) for at in range(len(values))]
    return tuple(
        Value(one.period, one.first_day, one.last_day, value, state)
        for one, value in zip(found, values, strict=True)
    )
