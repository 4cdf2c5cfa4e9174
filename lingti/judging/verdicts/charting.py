"""The points of the three charts a verdict rests on: XmR, p′ and t, each with its period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import fmean, median
from typing import Protocol

from lingti.judging.verdicts.chart_choice import POINTS_NEEDED, Pool, pooled
from lingti.judging.verdicts.rules import runs_past_ties, side
from lingti.judging.verdicts.share_chart import share_chart
from lingti.judging.verdicts.signals import (
    Better,
    Flag,
    Point,
    Signal,
    Stretch,
    control_chart,
    flag_of,
)

MONTH_DAYS = 30
# Days between events that come by chance are spread like a normal number under this root.
ROOT = 3.6
# Whole numbers under this mean fall on few values, so that their mean splits them unevenly.
COARSE_MEAN = 10


class Dated(Protocol):
    """What a chart needs to know of a week or a month."""

    @property
    def period(self) -> str: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...
    @property
    def value(self) -> float | None: ...
    @property
    def state(self) -> str: ...
    @property
    def numerator(self) -> float | None: ...
    @property
    def denominator(self) -> float | None: ...


@dataclass(frozen=True)
class Judged:
    """One point of a chart in the units of the metric; `period` names the last period it is of.

    Months of sums and counts are of 30 days each. Of a t chart the value is a number of days, the
    period the day of the event. `left_out` is the holiday that keeps it out of the judgement;
    such a point has no lines and no flag. `is_open` is the time since the newest event.
    """

    period: str
    first_day: date
    last_day: date
    value: float | None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    flag: Flag | None = None
    signals: tuple[Signal, ...] = ()
    left_out: str = ""
    is_open: bool = False


def amounts_chart(
    values: Sequence[Dated], better: Better, locked: int | None, *, amounts: bool, per_day: bool
) -> tuple[Judged, ...]:
    """An XmR chart of weeks or months; what was not reported is a gap.

    With `per_day` each value is that of 30 of its period's days. Of `amounts` that are small whole
    numbers a run about the mean counts only where it is one about the median too.
    """
    numbers = [_number(value, per_day) for value in values]
    chart = control_chart(numbers, better=better, baseline=locked)
    points: Sequence[Point] = chart.points
    if amounts and _are_coarse([value.value for value in values if value.value is not None]):
        points = _with_runs_by_median(points, better)
    return tuple(_of_point(point, values[point.position]) for point in points)


def _number(dated: Dated, per_day: bool) -> float | None:
    if dated.value is None or dated.state != "reported":
        return None
    days = (dated.last_day - dated.first_day).days + 1
    return dated.value * MONTH_DAYS / days if per_day else dated.value


def _are_coarse(values: Sequence[float]) -> bool:
    return fmean(values) < COARSE_MEAN and all(float(value).is_integer() for value in values)


def _with_runs_by_median(points: Sequence[Point], better: Better) -> list[Point]:
    known = [point.value for point in points if point.value is not None]
    middle = median(known)
    sides = [side(point.value, middle, middle) for point in points]
    by_median = runs_past_ties(sides)
    return [
        point if point.flag is None or by_median[point.position] else _without_run(point, better)
        for point in points
    ]


def _without_run(point: Point, better: Better) -> Point:
    left = tuple(signal for signal in point.signals if signal.rule != "run")
    if len(left) == len(point.signals):
        return point  # as most are: a copy of each takes longer than the chart
    return replace(point, signals=left, flag=flag_of(left, better))


def _of_point(point: Point, of: Dated) -> Judged:
    return Judged(
        of.period,
        of.first_day,
        of.last_day,
        point.value,
        point.mean,
        point.lower,
        point.upper,
        point.flag,
        point.signals,
    )


def pools(values: Sequence[Dated]) -> list[Pool]:
    """The weeks or months of a share, pooled as far as they must be."""
    return pooled([_cases(value) for value in values])


def _cases(dated: Dated) -> tuple[float, float] | None:
    if dated.state != "reported" or dated.numerator is None or dated.denominator is None:
        return None
    return dated.numerator, dated.denominator


def shares_chart(
    values: Sequence[Dated], chosen: Sequence[Pool], better: Better, locked: int | None
) -> tuple[Judged, ...]:
    """Laney's p′ chart of pools as of `pools(values)`, each with the days it reaches over."""
    return tuple(
        replace(_of_point(point, values[pool.last]), first_day=values[pool.first].first_day)
        for pool, point in zip(
            chosen, share_chart(chosen, better=better, baseline=locked), strict=True
        )
    )


def gaps(
    event_days: Sequence[date], unknown: Sequence[tuple[date, date]]
) -> list[tuple[date, date]]:
    """The days between which nothing happened, without those of which not all is known."""
    days = sorted(set(event_days))
    return [pair for pair in pairwise(days) if not _is_cut(*pair, unknown)]


def _is_cut(start: date, end: date, unknown: Sequence[tuple[date, date]]) -> bool:
    return any(first < end and last > start for first, last in unknown)


def gaps_chart(
    event_days: Sequence[date],
    unknown: Sequence[tuple[date, date]],
    end: date,
    better: Better,
    locked_to: date | None = None,
) -> tuple[Judged, ...]:
    """A t chart: XmR of the 3.6th root of the days between events, which rare events lengthen.

    Events are days on which at least one thing happened. A run about the mean counts only where it
    is one about the median too, as days are whole numbers. The last point is the time since the
    newest event, up to `end`; it can only have become longer. `better` is that of the events. With
    `locked_to` the limits rest on what had ended by that day, once there are twelve.
    Source: L. Nelson, A control chart for parts-per-million nonconforming items, Journal of
    Quality Technology 26 (1994) 239-240; Provost and Murray, The Health Care Data Guide, chapter 7.
    """
    closed = gaps(event_days, unknown)
    newest = max(event_days, default=end)
    opened = [(newest, end)] if newest < end and not _is_cut(newest, end, unknown) else []
    spans = [*closed, *opened]
    roots = [(last - first).days ** (1 / ROOT) for first, last in spans]
    first_ones = sum(locked_to is not None and last <= locked_to for _first, last in closed)
    baseline = first_ones if first_ones >= POINTS_NEEDED else None
    chart = control_chart(roots, better="none", baseline=baseline)
    if any(
        stretch.upper is not None and stretch.upper <= (stretch.lower or 0.0)
        for stretch in chart.stretches
    ):
        return ()  # as regular as a calendar: by chance nothing would vary
    points = _with_runs_by_median(chart.points, "none")
    rarer: Better = "down" if better == "up" else "up" if better == "down" else "none"
    lines = [_Lines.of(stretch) for stretch in chart.stretches]
    judged = [_of_gap(point, *spans[point.position], lines[-1], rarer) for point in points]
    if opened:
        judged[-1] = _still_open(judged[-1], rarer)
    return tuple(judged)


def _still_open(point: Judged, better: Better) -> Judged:
    """A time that has not ended says nothing by being short."""
    left = tuple(signal for signal in point.signals if signal.direction == "high")
    flag = None if point.flag is None else flag_of(left, better)
    return replace(point, signals=left, flag=flag, is_open=True)


@dataclass(frozen=True)
class _Lines:
    """The lines of a t chart in days."""

    centre: float | None
    lower: float | None
    upper: float | None

    @classmethod
    def of(cls, stretch: Stretch) -> _Lines:
        roots = (stretch.mean, stretch.lower, stretch.upper)
        return cls(*(None if root is None else max(0.0, root) ** ROOT for root in roots))


def _of_gap(point: Point, first: date, last: date, lines: _Lines, better: Better) -> Judged:
    return Judged(
        last.isoformat(),
        first + timedelta(days=1),
        last,
        float((last - first).days),
        lines.centre,
        lines.lower,
        lines.upper,
        None if point.flag is None else flag_of(point.signals, better),
        point.signals,
    )
