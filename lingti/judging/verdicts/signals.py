"""Control charts (XmR): is a change in a series real, or only its ordinary variation?

The method, its constants and the order of its rules are those of NHS England's "Making Data
Count" as its R package NHSRplotthedots 0.2.2 computes them by default
(https://github.com/nhs-r-community/NHSRplotthedots, vignette "Deviations from Excel defaults"):

- The limits lie 2.66 average moving ranges either side of the mean. Moving ranges of 3.267 times
  their average or more are left out of it (Nelson 1982), the points themselves stay in the mean.
- A point can have several signals; the first in the order outside, trend, two of three, run
  decides whether it is flagged as better or worse.
- A missing value has no moving range on either side and breaks runs, trends and threes.
- A baseline fixes the limits on the first points of a stretch; re-basing starts a new stretch,
  whose limits and rules know nothing of the earlier ones.

Three things differ from the package, on purpose. A stretch with fewer than 12 values is not judged
at all and has a median instead of limits; `points_needed=2` judges it as the package does. Where
all values are equal the limits are that value instead of undefined. The last point of a trend that
another trend follows after a plateau keeps its own direction; the package calls it decreasing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, mean, median
from typing import Literal

from lingti.judging.verdicts.rules import RUN_LENGTH, runs, side, streaks, two_of_three

Better = Literal["up", "down", "none"]
Flag = Literal["ordinary", "improving", "worsening", "special"]
Rule = Literal["outside", "trend", "two_of_three", "run"]
Direction = Literal["high", "low"]
Assurance = Literal["will_be_met", "will_be_missed", "by_chance", "none"]

POINTS_NEEDED = 12
LIMIT = 2.66
NEAR_LIMIT = 2 * (LIMIT / 3)
LARGEST_RANGE = 3.267


@dataclass(frozen=True)
class Signal:
    """A rule that a point breaks, and whether upwards (`high`) or downwards (`low`)."""

    rule: Rule
    direction: Direction


@dataclass(frozen=True)
class Point:
    """One position of the series, from 0, in the units of the series.

    `value` is None where it is missing; such a point still carries its stretch's lines. Mean
    and limits are None where the stretch has too few values, and `flag` is None where there is
    nothing to judge. The first of the signals is the one that decides the flag.
    """

    position: int
    value: float | None
    mean: float | None
    lower: float | None
    upper: float | None
    flag: Flag | None
    signals: tuple[Signal, ...]

    @property
    def reasons(self) -> tuple[Rule, ...]:
        """The rules the point breaks, the deciding one first."""
        return tuple(signal.rule for signal in self.signals)


@dataclass(frozen=True)
class Stretch:
    """The positions `first` to `last` that share one mean and one pair of limits.

    `values_count` is how many values these rest on: those of the baseline where there is one.
    With too few (`enough` is False) only the median of all its values is given.
    """

    first: int
    last: int
    values_count: int
    enough: bool
    median: float | None
    mean: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class _Limits:
    mean: float
    lower: float
    near_lower: float
    near_upper: float
    upper: float


@dataclass(frozen=True)
class ControlChart:
    """A judged series. `variation`, `assurance` and `enough` speak of its newest stretch."""

    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...]
    better: Better
    target: float | None
    points_needed: int

    @property
    def enough(self) -> bool:
        """Whether the newest stretch has values enough to be judged."""
        return bool(self.stretches) and self.stretches[-1].enough

    @property
    def latest(self) -> Point | None:
        """The newest point of the newest stretch that has a value."""
        newest = self.points[self.stretches[-1].first :] if self.stretches else ()
        return next((point for point in reversed(newest) if point.value is not None), None)

    @property
    def variation(self) -> Flag | None:
        """The flag of the newest value; None where there are too few to judge."""
        return self.latest.flag if self.latest else None

    @property
    def assurance(self) -> Assurance:
        """Whether the process, left as it is, meets its target: always, never or by chance.

        `none` where there is no target, no better direction or too few values.
        """
        if self.target is None or self.better == "none" or not self.stretches:
            return "none"
        lower, upper = self.stretches[-1].lower, self.stretches[-1].upper
        if lower is None or upper is None:
            return "none"
        if lower == self.target == upper:
            return "will_be_met"  # nothing varies, and reaching the target is meeting it
        if lower <= self.target <= upper:
            return "by_chance"
        return "will_be_met" if (self.target < lower) == (self.better == "up") else "will_be_missed"


def control_chart(
    values: Sequence[float | None],
    *,
    better: Better,
    target: float | None = None,
    baseline: int | None = None,
    rebase_at: Sequence[int] = (),
    points_needed: int = POINTS_NEEDED,
) -> ControlChart:
    """Judges a series in order of time; missing values (None or NaN) keep their position.

    `baseline` fixes mean and limits on that many first positions of each stretch, at least 12.
    `rebase_at` holds the positions, from 0, at which a new stretch begins. A stretch whose
    limits would rest on fewer than `points_needed` values is not judged.
    Raises ValueError for an infinite value, a shorter baseline or a position not in the series.
    """
    series = [None if value is None or math.isnan(value) else float(value) for value in values]
    _refuse_impossible(series, baseline, rebase_at)
    points: list[Point] = []
    stretches: list[Stretch] = []
    for first, end in pairwise(sorted({0, *rebase_at, len(series)})):
        part = series[first:end]
        limits = _limits(part[:baseline], points_needed)
        stretches.append(_stretch(part, first, baseline, limits))
        points += _judged(part, first, limits, better)
    return ControlChart(tuple(points), tuple(stretches), better, target, points_needed)


def _refuse_impossible(
    series: Sequence[float | None], baseline: int | None, rebase_at: Sequence[int]
) -> None:
    if any(value is not None and math.isinf(value) for value in series):
        raise ValueError("a series with an infinite value has no limits")
    if baseline is not None and baseline < POINTS_NEEDED:
        raise ValueError(f"a baseline needs {POINTS_NEEDED} points or more, not {baseline}")
    if outside := [position for position in rebase_at if not 0 <= position < len(series)]:
        raise ValueError(f"cannot re-base at {outside}: the series has {len(series)} positions")


def _limits(values: Sequence[float | None], points_needed: int) -> _Limits | None:
    """The limits that rest on these values; None for too few, or no two that follow each other."""
    present = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if len(present) < points_needed or not ranges:
        return None
    # `mean` is exact where `fmean` rounds: equal values must not come to lie beside their mean.
    centre = mean(present)
    largest = LARGEST_RANGE * fmean(ranges)
    spread = fmean([size for size in ranges if size < largest] or [0.0])
    return _Limits(
        mean=centre,
        lower=centre - LIMIT * spread,
        near_lower=centre - NEAR_LIMIT * spread,
        near_upper=centre + NEAR_LIMIT * spread,
        upper=centre + LIMIT * spread,
    )


def _stretch(
    part: Sequence[float | None], first: int, baseline: int | None, limits: _Limits | None
) -> Stretch:
    present = [value for value in part if value is not None]
    return Stretch(
        first=first,
        last=first + len(part) - 1,
        values_count=sum(value is not None for value in part[:baseline]),
        enough=limits is not None,
        median=median(present) if present else None,
        mean=limits.mean if limits else None,
        lower=limits.lower if limits else None,
        upper=limits.upper if limits else None,
    )


def _judged(
    part: Sequence[float | None], first: int, limits: _Limits | None, better: Better
) -> Iterator[Point]:
    signals = _signals(part, limits) if limits else [()] * len(part)
    for position, (value, point_signals) in enumerate(zip(part, signals, strict=True), start=first):
        yield Point(
            position=position,
            value=value,
            mean=limits.mean if limits else None,
            lower=limits.lower if limits else None,
            upper=limits.upper if limits else None,
            flag=flag_of(point_signals, better) if limits and value is not None else None,
            signals=point_signals,
        )


def flag_of(signals: Sequence[Signal], better: Better) -> Flag:
    """What the first of a point's signals says, given which way is better."""
    if not signals:
        return "ordinary"
    if better == "none":
        return "special"
    return "improving" if (signals[0].direction == "high") == (better == "up") else "worsening"


def _signals(part: Sequence[float | None], limits: _Limits) -> list[tuple[Signal, ...]]:
    """The signals of each value, those that decide first."""
    outside = [side(value, limits.lower, limits.upper) for value in part]
    near = [side(value, limits.near_lower, limits.near_upper) for value in part]
    sides = [side(value, limits.mean, limits.mean) for value in part]
    inside = [side if out == 0 else 0 for side, out in zip(near, outside, strict=True)]
    rules: dict[Rule, list[int]] = {
        "outside": outside,
        "trend": _trends(part),
        "two_of_three": two_of_three(inside, sides),
        "run": runs(sides),
    }
    return [
        tuple(
            Signal(rule, "high" if marks[index] > 0 else "low")
            for rule, marks in rules.items()
            if marks[index]
        )
        for index in range(len(part))
    ]


def _trends(part: Sequence[float | None]) -> list[int]:
    steps = [0 if a is None or b is None else (b > a) - (b < a) for a, b in pairwise(part)]
    marks = [0] * len(part)
    for start, end, step in streaks(steps, RUN_LENGTH - 1):
        # The turning point between two trends belongs to the later one.
        marks[start : end + 1] = [step] * (end + 1 - start)
    return marks
