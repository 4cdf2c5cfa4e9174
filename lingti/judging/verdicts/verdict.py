"""The one verdict of a number: what may be said of a metric's value in a place and a period.

A month's verdict is that of the last point of its chart that ends in it, worked out from data up
to the month's end only: data that come later change no verdict of an earlier month. A quarter and
a year have no verdict, only the signals of their months. Which chart is told by `chart_choice`.
Nothing here reads anything: a series, with its states, goes in, and a verdict comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Literal

from lingti.judging.verdicts import chart_choice
from lingti.judging.verdicts.chart_choice import POINTS_NEEDED, Chart, Choice, Grain, Shape
from lingti.judging.verdicts.charting import (
    Judged,
    amounts_chart,
    gaps,
    gaps_chart,
    pools,
    shares_chart,
)
from lingti.judging.verdicts.holidays import holiday_in
from lingti.judging.verdicts.signals import Better

VerdictCode = Literal[
    "improving",
    "worsening",
    "changed",
    "ordinary",
    "provisional",
    "too_few",
    "not_judged",
    "withheld",
    "not_reported",
    "not_run",
    "not_computable",
    "not_expected",
    "nothing",
]
Reason = Literal[
    "signal",  # the judged point breaks a rule of its chart
    "no_signal",
    "young",  # cases of the period have not had their time
    "days_missing",  # not all of its days are reported
    "few_points",
    "stock",  # what comes in and what goes out is judged in its place
    "rolling",  # a window that overlaps the one before
    "long_period",  # a quarter, a year: its signals are listed
    "before_start",  # before the place took the topic on
    "early_rows",  # among what is counted are rows from before a start
    "holiday",  # no week without public holidays ends in it
    "by_month",  # of a week, where only months are judged
    "no_point",  # no point of the chart ends in it
    "state",  # the value has a state in place of a number
]
# The false alarms of a judged point that `benchmarks/verdicts.py` holds the choice of chart to.
FALSE_ALARMS = 0.03
FLAGS: dict[str, VerdictCode] = {
    "improving": "improving",
    "worsening": "worsening",
    "special": "changed",
    "ordinary": "ordinary",
}
# States that a value has in place of a number: all that is said of it, whatever else is known.
STATES: dict[str, VerdictCode] = {
    "withheld": "withheld",
    "not_reported": "not_reported",
    "not_run": "not_run",
    "not_computable": "not_computable",
    "not_expected": "not_expected",
    "nothing": "nothing",
}
SIGNALS: tuple[VerdictCode, ...] = ("improving", "worsening", "changed")


@dataclass(frozen=True)
class Kind:
    """What a metric's numbers are, and which way is better."""

    shape: Shape
    better: Better


@dataclass(frozen=True)
class Value:
    """A metric's value in one period, with its state; shares with their numerator and denominator.

    `counted` names the communities that a district's value is about.
    """

    period: str
    first_day: date
    last_day: date
    value: float | None
    state: str = "reported"
    numerator: float | None = None
    denominator: float | None = None
    counted: str = ""


@dataclass(frozen=True)
class Start:
    """A day from which on a series is another one, and why.

    `began` the topic, `rebased` by somebody, `version` of the definition, `members` of a district.
    """

    day: date
    why: Literal["began", "rebased", "version", "members"]


@dataclass(frozen=True)
class Series:
    """Everything known of a metric in a place, in order of time: weeks and months with states.

    `event_days` are the days on which something happened, for things that are rare. `locked` says
    by grain on how many first points of a stretch the limits rest. `settled` is the last day
    whose cases have had their time (`matures_days` before the newest day); None where none needed.
    `days_off` are holidays of the district's own.
    """

    weeks: tuple[Value, ...]
    months: tuple[Value, ...]
    event_days: tuple[date, ...] = ()
    starts: tuple[Start, ...] = ()
    locked: Mapping[str, int] = field(default_factory=dict)
    settled: date | None = None
    days_off: Mapping[date, str] = field(default_factory=dict)

    def holiday_in(self, week: Value) -> str:
        """The first holiday from Monday to Friday of a week; empty if none."""
        return holiday_in(week.first_day, week.last_day, self.days_off)


@dataclass(frozen=True)
class Asked:
    """The period whose verdict is asked for; `grain` as of `periods.Period`."""

    grain: str
    period: str
    first_day: date
    last_day: date


@dataclass(frozen=True)
class Verdict:
    """What may be said, why, and what it rests on.

    `chart` and `grain` are those judged by, `judged` the point that decides, `points` all of the
    stretch up to the period's end. `earlier` are the other points of the period with a signal, all
    of them where a quarter or a year is asked for. `count` is how many points there are.
    """

    verdict: VerdictCode
    reason: Reason
    chart: Chart = "none"
    grain: Grain = "none"
    judged: Judged | None = None
    points: tuple[Judged, ...] = ()
    earlier: tuple[Judged, ...] = ()
    count: int = 0

    @property
    def is_signal(self) -> bool:
        """Whether it is more than ordinary variation."""
        return self.verdict in SIGNALS

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that the deciding point breaks, each with its direction, the first decides."""
        signals = self.judged.signals if self.judged else ()
        return tuple(f"{signal.rule}_{signal.direction}" for signal in signals)

    @property
    def judged_period(self) -> str:
        """The period of the point that decides; empty if none."""
        return self.judged.period if self.judged else ""

    @property
    def centre(self) -> float | None:
        """The centre line at the point that decides."""
        return self.judged.centre if self.judged else None

    @property
    def lower(self) -> float | None:
        """The lower limit at the point that decides."""
        return self.judged.lower if self.judged else None

    @property
    def upper(self) -> float | None:
        """The upper limit at the point that decides."""
        return self.judged.upper if self.judged else None


def judge(kind: Kind, series: Series, asked: Asked) -> Verdict:
    """The verdict of a period of a series, from data up to the period's end only."""
    value = _value(series, asked)
    state = "nothing" if value and value.value is None and value.state == "reported" else ""
    state = state or (value.state if value else "")
    if state in STATES:
        return Verdict(STATES[state], "state")
    if kind.shape in ("stock", "rolling"):
        return Verdict("not_judged", "stock" if kind.shape == "stock" else "rolling")
    if asked.grain not in ("week", "month"):
        return Verdict("not_judged", "long_period", earlier=signals_in(kind, series, asked))
    if any(start.why == "began" and start.day > asked.last_day for start in series.starts):
        return Verdict("not_judged", "before_start")
    if state == "before_start":
        return Verdict("not_judged", "early_rows")
    if state == "partial":
        return Verdict("provisional", "days_missing")
    if series.settled is not None and asked.last_day > series.settled:
        return Verdict("provisional", "young")
    return _of_stretch(kind, _stretch(series, asked.last_day), asked)


def signals_in(kind: Kind, series: Series, asked: Asked) -> tuple[Judged, ...]:
    """The signals of the months inside a period, each as its own month knew it."""
    signals: dict[str, Judged] = {}
    for month in series.months:
        if asked.first_day <= month.first_day and month.last_day <= asked.last_day:
            of_it = Asked("month", month.period, month.first_day, month.last_day)
            verdict = judge(kind, series, of_it)
            judged = (verdict.judged,) if verdict.judged and verdict.is_signal else ()
            signals |= {point.period: point for point in (*verdict.earlier, *judged)}
    return tuple(signals.values())


def published(verdict: Verdict, state: str) -> Verdict:
    """What a reader of published values gets: the word without the numbers it rests on.

    `state` is that of the published value; where it is withheld, so is its verdict.
    """
    if state == "withheld":
        return Verdict("withheld", "state")
    return replace(verdict, judged=None, points=(), earlier=(), count=0)


def expected_by_chance(verdicts: Iterable[Verdict]) -> float:
    """How many signals among verdicts chance alone would give at most, were nothing to change."""
    return FALSE_ALARMS * sum(
        verdict.is_signal or verdict.verdict == "ordinary" for verdict in verdicts
    )


def _value(series: Series, asked: Asked) -> Value | None:
    """The value asked for, where it is a week or a month; others bring no state of their own."""
    known = {"week": series.weeks, "month": series.months}.get(asked.grain, ())
    return next((value for value in reversed(known) if value.period == asked.period), None)


def _stretch(series: Series, end: date) -> Series:
    """The series since its newest start and up to a day, without what must not be judged."""
    starts = [start.day for start in series.starts if start.day <= end]
    begin = max([*starts, *_changes_of_members(series.weeks, end)], default=date.min)
    weeks, months = (
        tuple(value for value in values if begin <= value.first_day and value.last_day <= end)
        for values in (series.weeks, series.months)
    )
    return replace(
        series,
        weeks=weeks,
        months=months,
        event_days=tuple(day for day in series.event_days if begin <= day <= end),
    )


def _changes_of_members(values: Sequence[Value], end: date) -> list[date]:
    """The days from which on a district's values are about other communities than before."""
    whole = [value for value in values if value.state == "reported" and value.last_day <= end]
    return [after.first_day for before, after in pairwise(whole) if before.counted != after.counted]


def _of_stretch(kind: Kind, stretch: Series, asked: Asked) -> Verdict:
    weeks = [week for week in stretch.weeks if not stretch.holiday_in(week)]
    choice, points, count = _charted(kind, stretch, weeks, asked.last_day)
    if count < POINTS_NEEDED or all(point.flag is None for point in points):
        return Verdict("too_few", "few_points", choice.chart, choice.grain, count=count)
    shown = _with_holidays(points, stretch) if choice.grain == "week" else points
    if choice.grain == "month" and asked.grain == "week":
        return Verdict("not_judged", "by_month", choice.chart, choice.grain, points=points)
    inside = [point for point in points if asked.first_day <= point.last_day <= asked.last_day]
    judged = _deciding(inside)
    if judged is None or judged.flag is None:
        ends = any(asked.first_day <= week.last_day for week in weeks)
        reason: Reason = "no_point" if ends else "holiday"
        return Verdict("not_judged", reason, choice.chart, choice.grain, points=shown, count=count)
    return Verdict(
        FLAGS[judged.flag],
        "signal" if judged.signals else "no_signal",
        choice.chart,
        choice.grain,
        judged,
        shown,
        tuple(one for one in inside if one.signals and one != judged),
        count,
    )


def _deciding(points: Sequence[Judged]) -> Judged | None:
    """The last point with a flag; time still open decides where it is a signal, or all there is."""
    judged = [point for point in points if point.flag is not None]
    if len(judged) > 1 and judged[-1].is_open and not judged[-1].signals:
        judged.pop()
    return judged[-1] if judged else None


def _charted(
    kind: Kind, stretch: Series, weeks: Sequence[Value], end: date
) -> tuple[Choice, tuple[Judged, ...], int]:
    """The chart that fits a stretch, its points, and how many of them there are to judge by."""
    if kind.shape == "share":
        by_week, by_month = pools(weeks), pools(stretch.months)
        choice = chart_choice.for_shares(by_week, by_month)
        if choice.chart == "none":
            return choice, (), len(by_week)
        of, chosen = (weeks, by_week) if choice.grain == "week" else (stretch.months, by_month)
        locked = stretch.locked.get(choice.grain)
        return choice, shares_chart(of, chosen, kind.better, locked), len(chosen)
    weekly, monthly = (_known(values) for values in (weeks, stretch.months))
    if kind.shape == "level":
        choice = chart_choice.for_levels(weekly, monthly)
    else:
        choice = chart_choice.for_amounts(
            weekly, monthly, len(gaps(stretch.event_days, _unknown(stretch)))
        )
    if choice.chart == "none":
        return choice, (), sum(value is not None for value in weekly)
    if choice.chart == "t":
        unknown, locked_to = _unknown(stretch), _locked_to(stretch)
        points = gaps_chart(stretch.event_days, unknown, end, kind.better, locked_to)
        return choice, points, len(points)
    values = weeks if choice.grain == "week" else stretch.months
    amounts = kind.shape == "amount"
    per_day = choice.grain == "month" and amounts
    locked = stretch.locked.get(choice.grain)
    points = amounts_chart(values, kind.better, locked, amounts=amounts, per_day=per_day)
    return choice, points, sum(judged.value is not None for judged in points)


def _locked_to(stretch: Series) -> date | None:
    """The end of the weeks, or months, on which the limits of a stretch rest; None of free ones."""
    for grain, values in (("week", stretch.weeks), ("month", stretch.months)):
        count = stretch.locked.get(grain)
        if count is not None and count <= len(values):
            return values[count - 1].last_day
    return None


def _known(values: Sequence[Value]) -> list[float | None]:
    return [value.value for value in values if value.state == "reported"]


def _unknown(stretch: Series) -> list[tuple[date, date]]:
    return [(week.first_day, week.last_day) for week in stretch.weeks if week.state != "reported"]


def _with_holidays(points: Sequence[Judged], stretch: Series) -> tuple[Judged, ...]:
    """The points and, at their places, the weeks with holidays, which are shown but not judged."""
    left_out = [
        Judged(week.period, week.first_day, week.last_day, week.value, left_out=holiday)
        for week in stretch.weeks
        if (holiday := stretch.holiday_in(week))
    ]
    return tuple(sorted([*points, *left_out], key=lambda judged: judged.last_day))
