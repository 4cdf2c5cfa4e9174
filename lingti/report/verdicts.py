"""Whether a change is real: what a control chart says of the period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lingti.judging.judged_series import Series
from lingti.judging.periods import Period
from lingti.judging.signals import POINTS_NEEDED, Flag, Point, Signal

# Weeks are judged where at least this share of them has something.
SOME_IN = 0.75


@dataclass(frozen=True)
class Judgement:
    """What is known of a metric's variation in the period.

    `grain` is that of the series judged, `points_count` its values. `flag` is None where there are
    too few to judge; `signals` are those of the newest flagged point in the period, and `at` is the
    period of that point.
    """

    grain: str
    points_count: int
    flag: Flag | None
    signals: tuple[Signal, ...] = ()
    at: str = ""

    @property
    def is_signal(self) -> bool:
        """Whether something is more than ordinary variation."""
        return self.flag in ("improving", "worsening", "special")


def judge(period: Period, months: Series, weeks: Series | None) -> Judgement:
    """Judges the months where there are twelve or more, else the weeks, else says too few.

    Both series end with the period.
    """
    found = _judge(period, months)
    if found.flag is None and weeks is not None and _is_weekly(weeks):
        by_week = _judge(period, weeks)
        if by_week.flag is not None:
            return by_week
    return found


def _is_weekly(weeks: Series) -> bool:
    """Only what is counted anew each week varies by the week; a stock drifts.

    Nor does a chart of weeks fit what is rare: with most weeks at 0 the limits mean nothing.
    """
    metric = weeks.metric
    if metric.window != "period" or metric.matures_days:
        return False
    known = [point.value for point in weeks.chart.points if point.value is not None]
    return bool(known) and sum(value != 0 for value in known) >= SOME_IN * len(known)


def _judge(period: Period, series: Series) -> Judgement:
    """The flags of the values that end in the period; of too few values nothing is said."""
    known = sum(point.value is not None for point in series.chart.points)
    inside = [
        (point, one)
        for point, one in zip(series.chart.points, series.periods, strict=True)
        if point.value is not None and period.first_day <= one.last_day <= period.last_day
    ]
    if known < POINTS_NEEDED or not series.chart.enough or not inside:
        return Judgement(series.grain, known, None)
    flagged = [(point, one) for point, one in inside if point.signals]
    if not flagged:
        return Judgement(series.grain, known, "ordinary")
    newest, at = flagged[-1]
    flag = _one_flag([point for point, _one in flagged])
    return Judgement(series.grain, known, flag, newest.signals, at.id)


def _one_flag(flagged: Sequence[Point]) -> Flag:
    """The flag of all, where they agree; signals both ways are neither better nor worse."""
    flags = {point.flag for point in flagged}
    return flagged[-1].flag or "ordinary" if len(flags) == 1 else "special"
