"""The period a slot asks for, from what it says and what the form says."""

from __future__ import annotations

from dataclasses import dataclass

from lingti.catalog import Metric
from lingti.forms.understanding import times
from lingti.forms.understanding.background import Background
from lingti.forms.understanding.times import Time
from lingti.judging.periods import Period


@dataclass(frozen=True)
class When:
    """A period; how it lies to that of the form; what is missing; why it is not sure."""

    period: Period | None
    which: str = "this"
    needs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


_UNKNOWN = When(None, "", ("period",))


def when(time: Time, ground: Background, metric: Metric | None) -> When:
    """The period a slot asks for; of what is not known, as of what happens in a period."""
    window = metric.window if metric else "period"
    if ground.unclear_time:
        return When(None, "", ("period",), ("two_times",))
    doubts: list[str] = []
    try:
        base, which = _base(time, ground)
    except ValueError:
        return When(None, "", (), ("time",))
    if base is None:
        return _UNKNOWN
    period: Period | None = base
    match time.which:
        case "this":
            period, more = _this(time.unit, base)
            doubts += more
        case "previous":
            if time.unit and time.unit != base.grain:
                return When(None, "", (), ("time",))
            period, which = times.before(base), "previous"
        case "last_year":
            period, which = times.year_before(base), "last_year"
        case "to_date" | "so_far":
            period, which = times.to_date(base), "to_date"
            # 累计 of a row that has 上半年 or 1-9月 beside it is of these months.
            is_told = time.months is not None and time.months[0] == 1 < time.months[1]
            if time.which == "so_far" and not (is_told and not time.ends):
                doubts.append("so_far")
            if window != "period":
                period = base
                doubts.append("stock_to_date")
    if period is None:
        return When(None, "", (), ("time",))
    if (time.ends or (ground.ends and not time.is_said)) and window == "period":
        period, which = times.to_date(period), "to_date"
        doubts.append("so_far")
    if window == "last_6_months" and period.grain == "range":
        doubts.append("time")
    return When(period, which, (), tuple(doubts))


def _base(time: Time, ground: Background) -> tuple[Period | None, str]:
    """The period that is named, else that of the form. Raises ValueError."""
    if time.days:
        return times.period_between(*time.days), "named"
    if time.how.startswith("day "):
        period = times.stated(Time(time.year or ground.year, time.months, how=time.how, ends=True))
        if period is None:
            raise ValueError(time.how)
        return period, "named"
    year = time.year or (ground.period.first_day.year if ground.period else ground.year)
    if time.months:
        return (None if year is None else times.months_between(year, *time.months)), "named"
    if time.year:
        return times.months_between(time.year, 1, 12), "named"
    return ground.period, "this"


def _this(unit: str, base: Period) -> tuple[Period | None, list[str]]:
    """本月 of a form of a month; 本年 of one is from the year's start, if it is meant so."""
    if not unit or unit == base.grain:
        return base, []
    if unit == "year":
        return times.to_date(base), ["so_far"]
    return None, []
