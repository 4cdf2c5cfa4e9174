"""Which control chart fits a series, told by its kind and its data and by nothing else.

- Sums and counts: XmR by week where the mean is 3 or more and at most a quarter of the weeks are
  empty; else by month from twelve months on, under the same conditions; else, once there are
  twelve, the days between events (a t chart); else nothing.
- Levels (medians, averages, ratios that are no share): XmR by week where at most a quarter of the
  weeks have nothing to compute, else by month from twelve on under the same condition.
- Shares: Laney's p′ over weeks, or where these are too few months, pooled until cases and
  non-cases expected are five or more.
- Stocks and rolling windows: none. What is in them today was in them yesterday, so that their
  points depend on one another; what comes in and goes out is judged in their place.

Sources: L. Provost and S. Murray, The Health Care Data Guide (2nd ed. 2022), chapters 5 and 7, of
charts for counts, shares and rare events; NHS England, Making Data Count, of XmR.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

Shape = Literal["amount", "level", "share", "stock", "rolling"]
Chart = Literal["xmr", "p", "t", "none"]
Grain = Literal["week", "month", "event", "none"]

POINTS_NEEDED = 12
MEAN_NEEDED = 3.0
MOST_EMPTY = 0.25
CASES_NEEDED = 5.0


@dataclass(frozen=True)
class Choice:
    """A chart and what one of its points is: a week, a month, or the days between two events."""

    chart: Chart
    grain: Grain


@dataclass(frozen=True)
class Pool:
    """Neighbouring periods that make one point of a share: positions `first` to `last`."""

    first: int
    last: int
    numerator: float
    denominator: float

    @property
    def share(self) -> float:
        """Cases per case."""
        return self.numerator / self.denominator


def shape_of(window: str, *, is_percent: bool, is_share: bool, averages: bool) -> Shape:
    """What a metric's numbers are, from its header.

    `window` as there; `is_percent` a numerator out of its denominator, `is_share` any numerator
    over a denominator, `averages` a median or an average.
    """
    if window == "to_date":
        return "stock"
    if window != "period":
        return "rolling"
    if is_share and is_percent:
        return "share"
    return "level" if is_share or averages else "amount"


def for_amounts(weeks: Sequence[float | None], months: Sequence[float | None], gaps: int) -> Choice:
    """The chart of sums or counts; `gaps` is how often days between events were observed."""
    if _are_amounts(weeks):
        return Choice("xmr", "week")
    if _count(months) >= POINTS_NEEDED and _are_amounts(months):
        return Choice("xmr", "month")
    return Choice("t", "event") if gaps >= POINTS_NEEDED else Choice("none", "none")


def for_levels(weeks: Sequence[float | None], months: Sequence[float | None]) -> Choice:
    """The chart of medians, averages and ratios; None is where there was nothing to compute."""
    if _are_levels(weeks):
        return Choice("xmr", "week")
    if _count(months) >= POINTS_NEEDED and _are_levels(months):
        return Choice("xmr", "month")
    return Choice("none", "none")


def for_shares(weeks: Sequence[Pool], months: Sequence[Pool]) -> Choice:
    """The chart of a share, from its weeks and months as of `pooled`."""
    if len(weeks) >= POINTS_NEEDED:
        return Choice("p", "week")
    return Choice("p", "month") if len(months) >= POINTS_NEEDED else Choice("none", "none")


def _count(values: Sequence[float | None]) -> int:
    return sum(value is not None for value in values)


def _are_amounts(values: Sequence[float | None]) -> bool:
    sizes = [abs(value) for value in values if value is not None]
    return bool(sizes) and fmean(sizes) >= MEAN_NEEDED and sizes.count(0) <= MOST_EMPTY * len(sizes)


def _are_levels(values: Sequence[float | None]) -> bool:
    return bool(values) and len(values) - _count(values) <= MOST_EMPTY * len(values)


def pooled(cases: Sequence[tuple[float, float] | None]) -> list[Pool]:
    """Neighbouring periods taken together until they are enough to judge a share by.

    `cases` are numerators and denominators in order of time, None where there are none known. The
    newest pool ends with the newest period; what is left over at the beginning is in no pool.
    """
    known = [one for one in cases if one is not None]
    total = sum(denominator for _numerator, denominator in known)
    share = sum(numerator for numerator, _denominator in known) / total if total else 0.0
    rarer = min(share, 1 - share)
    pools: list[Pool] = []
    last, numerator, denominator = len(cases) - 1, 0.0, 0.0
    for position in range(len(cases) - 1, -1, -1):
        case = cases[position]
        if case is not None:
            numerator, denominator = numerator + case[0], denominator + case[1]
        if denominator and denominator * rarer >= CASES_NEEDED:
            pools.append(Pool(position, last, numerator, denominator))
            last, numerator, denominator = position - 1, 0.0, 0.0
    return pools[::-1]
