"""Laney's p′ chart: shares of few or many cases, judged by what chance and their past allow."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median

from lingti.judging.verdicts.chart_choice import POINTS_NEEDED, Pool
from lingti.judging.verdicts.rules import runs_past_ties, side, two_of_three
from lingti.judging.verdicts.signals import Better, Point, Rule, Signal, flag_of

LARGEST_RANGE = 3.267
RANGE_OF_SIGMA = 1.128
NEWEST = 8


def share_chart(
    pools: Sequence[Pool], *, better: Better, baseline: int | None = None
) -> list[Point]:
    """Laney's p′ chart of pools in order of time.

    Limits lie three standard deviations of a share, times σz, either side of the centre, inside 0
    and 1. σz is the ordinary variation between neighbours in those standard deviations, and 1 at
    least; it widens the limits where shares vary more than chance alone lets them, as with large
    numbers they do. Runs are by the median, which splits skewed numbers in halves where the mean
    does not; points at 0 or 1 are on neither side of it. `baseline` fixes centre, σz and median on
    that many first points. Without one, centre and σz rest on all but the newest eight points (on
    twelve at least), so that a shift does not move the limits that have to show it.
    Source: M. Mohammed and D. Laney, Overdispersion in health care performance data: Laney's
    approach, Qual Saf Health Care 15 (2006) 383-384; L. Provost and S. Murray, The Health Care
    Data Guide (2nd ed. 2022), chapter 5.
    """
    base = pools[: baseline or max(POINTS_NEEDED, len(pools) - NEWEST)]
    centre = sum(pool.numerator for pool in base) / sum(pool.denominator for pool in base)
    sigmas = [math.sqrt(centre * (1 - centre) / pool.denominator) for pool in pools]
    spread = _sigma_z(base, centre, sigmas)
    middle = median(pool.share for pool in pools[:baseline])
    lines = [(max(0.0, centre - 3 * s * spread), min(1.0, centre + 3 * s * spread)) for s in sigmas]
    near = [
        side(one.share, centre - 2 * s * spread, centre + 2 * s * spread)
        for one, s in zip(pools, sigmas, strict=True)
    ]
    outside = [side(one.share, *limits) for one, limits in zip(pools, lines, strict=True)]
    sides = [side(pool.share, middle, middle) if 0 < pool.share < 1 else 0 for pool in pools]
    above = [side(pool.share, centre, centre) for pool in pools]
    inside = [0 if out else mark for mark, out in zip(near, outside, strict=True)]
    marks: dict[Rule, list[int]] = {
        "outside": outside,
        "two_of_three": two_of_three(inside, above),
        "run": runs_past_ties(sides),
    }
    return [
        _point(at, one.share, (centre, *limits), marks, better)
        for at, (one, limits) in enumerate(zip(pools, lines, strict=True))
    ]


def _sigma_z(pools: Sequence[Pool], centre: float, sigmas: Sequence[float]) -> float:
    """`sigmas` may go on after the pools that the limits rest on."""
    away = [(one.share - centre) / s if s else 0.0 for one, s in zip(pools, sigmas, strict=False)]
    ranges = [abs(b - a) for a, b in pairwise(away)]
    if not ranges:
        return 1.0
    largest = LARGEST_RANGE * fmean(ranges)
    return max(1.0, fmean([size for size in ranges if size < largest] or [0.0]) / RANGE_OF_SIGMA)


def _point(
    at: int,
    value: float,
    lines: tuple[float, float, float],
    marks: dict[Rule, list[int]],
    better: Better,
) -> Point:
    signals = tuple(
        Signal(rule, "high" if sides[at] > 0 else "low")
        for rule, sides in marks.items()
        if sides[at]
    )
    centre, lower, upper = lines
    return Point(at, value, centre, lower, upper, flag_of(signals, better), signals)
