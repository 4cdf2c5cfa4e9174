"""Between communities: each against the others together, by rates with their uncertainty.

How uncertain a rate is depends on what was counted:

- `events`, where each comes by itself (the header says `independent: yes`): Byar's interval, and
  the exact Poisson comparison of two rates, which is binomial given their sum.
- `cases`, distinct persons of a population or cases of a denominator: Wilson's interval, and the
  exact hypergeometric test (Fisher's). Somebody in two communities counts on each side.
- `sums`, what the same people add to again and again (visits, hours, points): the variance of the
  sums per person, people with nothing included; at least ten people must have something.

Each community is compared with all others together; the p values of several are Holm's, so that
naming one wrongly stays as rare for twenty communities as for one. Two have one test.

Sources: N. Breslow and N. Day, Statistical Methods in Cancer Research II (1987), of Byar's
approximation; E. Wilson, J Am Stat Assoc 22 (1927) 209-212; S. Holm, Scand J Stat 6 (1979) 65-70;
D. Spiegelhalter, Funnel plots for comparing institutional performance, Stat Med 24 (2005)
1185-1202; J. Przyborowski and H. Wilenski, Biometrika 31 (1940) 313-323.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean
from typing import Literal

import numpy as np

How = Literal["events", "cases", "sums"]
Against = Literal["higher", "lower", "unclear"]

ALPHA = 0.05
PEOPLE_NEEDED = 10
_Z = NormalDist().inv_cdf(1 - ALPHA / 2)
# Shares of each tail of the z scores that are drawn in before over-dispersion is estimated.
WINSORISED = 0.1
WARNING, ALARM = 0.95, 0.998


@dataclass(frozen=True)
class Count:
    """What a community counts: `number` out of a `size`, a population, a time or a denominator.

    Of sums `people` is how many have something and `squares` the sum of their squared sums.
    """

    place: str
    number: float
    size: float
    people: int = 0
    squares: float = 0.0

    @property
    def rate(self) -> float:
        """Per one of the size."""
        return self.number / self.size


@dataclass(frozen=True)
class Compared:
    """A community beside the others together: its rate, an interval of 95 %, and what can be told.

    `p_value` is Holm's. `lower` and `upper` are None, and `against` unclear, without a test.
    """

    place: str
    number: float
    size: float
    rate: float
    lower: float | None
    upper: float | None
    others: float | None
    p_value: float | None
    against: Against


def compared(counts: Sequence[Count], how: How) -> list[Compared]:
    """Every community against the others together, in the order given.

    One without a size is left out. Raises ValueError for cases that are more than their size.
    """
    known = [one for one in counts if one.size > 0]
    if how == "cases" and any(not 0 <= one.number <= one.size for one in known):
        raise ValueError("more cases than their denominator")
    others = [_together([two for two in known if two is not one]) for one in known]
    raw = [
        _p_value(one, rest, how) if rest else None for one, rest in zip(known, others, strict=True)
    ]
    adjusted = raw if len(known) <= 2 else holm(raw)
    return [
        _compared(one, rest, p_value, how)
        for one, rest, p_value in zip(known, others, adjusted, strict=True)
    ]


def _together(counts: Sequence[Count]) -> Count | None:
    if not counts:
        return None
    return Count(
        "",
        sum(one.number for one in counts),
        sum(one.size for one in counts),
        sum(one.people for one in counts),
        sum(one.squares for one in counts),
    )


def _compared(one: Count, rest: Count | None, p_value: float | None, how: How) -> Compared:
    lower, upper = interval(one, how) or (None, None)
    against: Against = "unclear"
    if rest is not None and p_value is not None and p_value <= ALPHA and one.rate != rest.rate:
        against = "higher" if one.rate > rest.rate else "lower"
    others = rest.rate if rest else None
    return Compared(
        one.place, one.number, one.size, one.rate, lower, upper, others, p_value, against
    )


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Holm's adjusted p values in the order given; None where there was no test."""
    order = sorted((p, at) for at, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    reached = 0.0
    for before, (p, at) in enumerate(order):
        reached = max(reached, min(1.0, p * (len(order) - before)))
        adjusted[at] = reached
    return adjusted


def expected_by_chance(found: Sequence[Compared]) -> float:
    """How many sets of communities chance alone would find different among this one: α or 0."""
    return ALPHA if any(one.p_value is not None for one in found) else 0.0


def leader(counts: Sequence[Count], how: How) -> str | None:
    """The community of the highest rate, where it can be told from each of the others."""
    known = sorted((one for one in counts if one.size > 0), key=lambda one: one.rate, reverse=True)
    if len(known) < 2:
        return None
    tests = [_p_value(known[0], other, how) for other in known[1:]]
    return known[0].place if all(p is not None and p <= ALPHA for p in tests) else None


def interval(one: Count, how: How) -> tuple[float, float] | None:
    """The 95 % interval of a rate; None for sums of too few people."""
    match how:
        case "events":
            low, high = byar(one.number)
            return low / one.size, high / one.size
        case "cases":
            return wilson(one.number, one.size)
        case "sums":
            if one.people < PEOPLE_NEEDED:
                return None
            away = _Z * math.sqrt(_variance(one))
            return max(0.0, one.rate - away), one.rate + away


def byar(events: float) -> tuple[float, float]:
    """Byar's 95 % interval of the expected number of events."""
    low = 0.0
    if events > 0:
        low = events * (1 - 1 / (9 * events) - _Z / (3 * math.sqrt(events))) ** 3
    more = events + 1
    return max(0.0, low), more * (1 - 1 / (9 * more) + _Z / (3 * math.sqrt(more))) ** 3


def wilson(cases: float, size: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, square = cases / size, _Z * _Z
    middle = share + square / (2 * size)
    away = _Z * math.sqrt(share * (1 - share) / size + square / (4 * size * size))
    whole = 1 + square / size
    return max(0.0, (middle - away) / whole), min(1.0, (middle + away) / whole)


def _variance(one: Count) -> float:
    """Of a rate: people who have nothing are part of the size."""
    return max(0.0, one.squares - one.number**2 / one.size) / max(one.size - 1, 1) / one.size


def design_effect(one: Count) -> float | None:
    """How many times the variance of independent events that of the sum is; None where nothing."""
    return _variance(one) * one.size**2 / one.number if one.number else None


def _p_value(one: Count, other: Count, how: How) -> float | None:
    """Whether two rates are the same, in both directions; None where it cannot be tested."""
    if one.number + other.number == 0:
        return 1.0
    match how:
        case "events":
            return _binomial(one, other)
        case "cases":
            return _hypergeometric(one, other)
        case "sums":
            if min(one.people, other.people) < PEOPLE_NEEDED:
                return None
            spread = math.sqrt(_variance(one) + _variance(other))
            if spread == 0:
                return None
            return 2 * (1 - NormalDist().cdf(abs(one.rate - other.rate) / spread))


def _binomial(one: Count, other: Count) -> float:
    total, share = round(one.number + other.number), one.size / (one.size + other.size)
    k = np.arange(total)
    steps = np.log((total - k) / (k + 1)) + math.log(share / (1 - share))
    return _doubled_tail(steps, round(one.number))


def _hypergeometric(one: Count, other: Count) -> float:
    cases, size, rest = round(one.number + other.number), round(one.size), round(other.size)
    lowest, highest = max(0, cases - rest), min(size, cases)
    k = np.arange(lowest, highest)
    steps = np.log((size - k) / (k + 1)) + np.log((cases - k) / (rest - cases + k + 1))
    return _doubled_tail(steps, round(one.number) - lowest)


def _doubled_tail(steps: np.ndarray, at: int) -> float:
    """Twice the smaller tail that holds a position, from the log ratios of neighbours."""
    logs = np.concatenate(([0.0], np.cumsum(steps)))
    chances = np.exp(logs - logs.max())
    tail = min(chances[: at + 1].sum(), chances[at:].sum())
    return float(min(1.0, 2 * tail / chances.sum()))


@dataclass(frozen=True)
class Funnel:
    """Limits around the rate of all by size, for dozens of communities.

    `dispersion` is by how much the variance is larger than chance alone makes it, 1 at least.
    `limits` are place → (lowest, low, high, highest): 99.8 % and 95 % of both sides.
    """

    rate: float
    dispersion: float
    limits: Mapping[str, tuple[float, float, float, float]]


def funnel(counts: Sequence[Count], how: How) -> Funnel:
    """Spiegelhalter's funnel with over-dispersion, a multiple of the variance that chance makes.

    The multiple is the mean square of z scores whose outer tenths are drawn in (winsorised), so
    that the few that stand out do not hide themselves.
    """
    known = [one for one in counts if one.size > 0]
    whole = _together(known)
    if whole is None:
        raise ValueError("a funnel needs somebody in it")
    unit = _unit_variance(whole, how)
    sigmas = {one.place: math.sqrt(unit / one.size) for one in known}
    scores = [(one.rate - whole.rate) / sigmas[one.place] if unit else 0.0 for one in known]
    dispersion = max(1.0, fmean(score**2 for score in _winsorised(scores)))
    inner, outer = (NormalDist().inv_cdf((1 + part) / 2) for part in (WARNING, ALARM))
    most = 1.0 if how == "cases" else math.inf
    limits = {}
    for one in known:
        away = sigmas[one.place] * math.sqrt(dispersion)
        low, high = whole.rate - inner * away, whole.rate + inner * away
        lowest, highest = whole.rate - outer * away, whole.rate + outer * away
        limits[one.place] = (max(0.0, lowest), max(0.0, low), min(most, high), min(most, highest))
    return Funnel(whole.rate, dispersion, limits)


def _unit_variance(whole: Count, how: How) -> float:
    """The variance of a rate of size 1 under the rate of all."""
    match how:
        case "events":
            return whole.rate
        case "cases":
            return whole.rate * (1 - whole.rate)
        case "sums":
            return _variance(whole) * whole.size


def _winsorised(scores: Sequence[float]) -> list[float]:
    ordered = sorted(scores)
    cut = math.floor(WINSORISED * len(ordered))
    low, high = ordered[cut], ordered[-1 - cut]
    return [min(max(score, low), high) for score in scores]
