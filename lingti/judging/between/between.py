"""Between communities: each against the others together, by rates with their uncertainty.

How uncertain a rate is depends on what was counted, which `how_of` tells from a metric's header:

- `events`, where each comes by itself (the header says `independent: yes`): Byar's interval, and
  the exact Poisson comparison of two rates, which is binomial given their sum.
- `cases`, distinct persons of a population or cases of a denominator: Wilson's interval, and the
  exact hypergeometric test (Fisher's). Somebody in two communities counts on each side.
- `sums`, what the same people add to again and again (redemptions, hours, points): the variance of
  the sums per person, people with nothing included. So many times as it is that of independent
  events (the design effect, the larger of both sides) so many fewer events there are, and these
  are compared as events; at least ten people must have something. The normal distribution in its
  place would name one of 40 equal communities in up to four of ten districts, as sums are skewed.

Each community is compared with all others together; the p values of several are Holm's, so that
naming one wrongly stays as rare for twenty communities as for one. Two have one test. Of dozens
most differ by more than chance for reasons of their own (over-dispersion), so there one is told
apart only where it stands out of a funnel that is as wide as that.

Sources: N. Breslow and N. Day, Statistical Methods in Cancer Research II (1987), of Byar's
approximation; E. Wilson, J Am Stat Assoc 22 (1927) 209-212; S. Holm, Scand J Stat 6 (1979) 65-70;
D. Spiegelhalter, Funnel plots for comparing institutional performance, Stat Med 24 (2005)
1185-1202; J. Przyborowski and H. Wilenski, Biometrika 31 (1940) 313-323.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean
from typing import Literal

import numpy as np

from lingti.catalog import PERSON, Metric

How = Literal["events", "cases", "sums"]
Against = Literal["higher", "lower", "unclear"]

ALPHA = 0.05
PEOPLE_NEEDED = 10
NEGLIGIBLE = 12  # standard deviations
MANY = 12  # communities; more are compared by a funnel
_Z = NormalDist().inv_cdf(1 - ALPHA / 2)
# Shares of each tail of the z scores that are drawn in before over-dispersion is estimated.
WINSORISED = 0.1
WARNING, ALARM = 0.95, 0.998
_PERSONS = f"count(distinct {PERSON})"


def how_of(metric: Metric) -> How | None:
    """What a metric counts, from which follows how communities are compared; None: not at all.

    Stocks of points, medians, and what few decide on (activities, agreements, visits) have no test.
    """
    if metric.independent:
        return "events"
    if metric.is_share:
        if metric.numerator.startswith("count(") and (
            metric.by_population or metric.denominator == "count(*)"
        ):
            return "cases"
        adds_people = metric.denominator == _PERSONS
    elif metric.numerator == _PERSONS:
        return "cases"
    else:
        adds_people = True
    is_sum = metric.numerator == "count(*)" or metric.numerator.startswith("sum(")
    repeats = adds_people and is_sum and metric.people == "residents" and metric.window == "period"
    return "sums" if repeats else None


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
    known = [count for count in counts if count.size > 0]
    if how == "cases" and any(not 0 <= count.number <= count.size for count in known):
        raise ValueError("more cases than their denominator")
    others = _others(known)
    if len(known) > MANY:
        raw = _of_many(known, others, how)
    else:
        raw = [_p_value(one, two, how) if two else None for one, two in _pairs(known, others)]
    adjusted = raw if len(known) <= 2 else holm(raw)
    return [
        _compared(one, rest, p_value, how)
        for (one, rest), p_value in zip(_pairs(known, others), adjusted, strict=True)
    ]


def _pairs(
    known: Sequence[Count], others: Sequence[Count | None]
) -> Iterator[tuple[Count, Count | None]]:
    return zip(known, others, strict=True)


def _of_many(
    known: Sequence[Count], others: Sequence[Count | None], how: How
) -> list[float | None]:
    """The p values of those that stand out of the funnel, made larger by its dispersion; else 1."""
    whole_funnel = funnel(known, how)
    p_values: list[float | None] = []
    for count, rest in _pairs(known, others):
        lowest, _low, _high, highest = whole_funnel.limits[count.place]
        stands_out = rest is not None and not lowest <= count.rate <= highest
        p_value = _p_value(count, rest, how) if stands_out and rest else 1.0
        if how == "sums" and count.people < PEOPLE_NEEDED:
            p_value = None
        p_values.append(p_value and _dispersed(p_value, whole_funnel.dispersion))
    return p_values


def _dispersed(p_value: float, dispersion: float) -> float:
    """The p value of the same distance where the variance is so many times larger."""
    z = NormalDist().inv_cdf(max(p_value, 1e-300) / 2) / math.sqrt(dispersion)
    return 2 * NormalDist().cdf(z)


def _others(known: Sequence[Count]) -> list[Count | None]:
    """Of each all others together; None where there are none."""
    whole = _together(known)
    if whole is None or len(known) < 2:
        return [None] * len(known)
    return [
        Count(
            "",
            whole.number - count.number,
            whole.size - count.size,
            whole.people - count.people,
            whole.squares - count.squares,
        )
        for count in known
    ]


def _together(counts: Sequence[Count]) -> Count | None:
    if not counts:
        return None
    return Count(
        "",
        sum(count.number for count in counts),
        sum(count.size for count in counts),
        sum(count.people for count in counts),
        sum(count.squares for count in counts),
    )


def _compared(count: Count, rest: Count | None, p_value: float | None, how: How) -> Compared:
    lower, upper = interval(count, how) or (None, None)
    against: Against = "unclear"
    if rest is not None and p_value is not None and p_value <= ALPHA and count.rate != rest.rate:
        against = "higher" if count.rate > rest.rate else "lower"
    others = rest.rate if rest else None
    return Compared(
        count.place, count.number, count.size, count.rate, lower, upper, others, p_value, against
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


def leader(counts: Sequence[Count], how: How) -> str | None:
    """The community of the highest rate, where it can be told from each of the others."""
    known = sorted(
        (count for count in counts if count.size > 0), key=lambda count: count.rate, reverse=True
    )
    if len(known) < 2:
        return None
    tests = (_p_value(known[0], other, how) for other in known[1:])
    return known[0].place if all(p is not None and p <= ALPHA for p in tests) else None


def interval(count: Count, how: How) -> tuple[float, float] | None:
    """The 95 % interval of a rate; None for sums of too few people, or all alike."""
    match how:
        case "events":
            low, high = byar(count.number)
            return low / count.size, high / count.size
        case "cases":
            return wilson(count.number, count.size)
        case "sums":
            effect = design_effect(count)
            if count.people < PEOPLE_NEEDED or not effect:
                return None
            low, high = byar(count.number / effect)
            return low * effect / count.size, high * effect / count.size


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


def _variance(count: Count) -> float:
    """Of a rate: people who have nothing are part of the size."""
    return (
        max(0.0, count.squares - count.number**2 / count.size) / max(count.size - 1, 1) / count.size
    )


def design_effect(count: Count) -> float | None:
    """How many times the variance of independent events that of the sum is; None where nothing."""
    return _variance(count) * count.size**2 / count.number if count.number > 0 else None


def _p_value(count: Count, other: Count, how: How) -> float | None:
    """Whether two rates are the same, in both directions; None where it cannot be tested."""
    if count.number + other.number == 0:
        return 1.0
    match how:
        case "events":
            return _binomial(count.number, other.number, count.size / (count.size + other.size))
        case "cases":
            return _hypergeometric(count, other)
        case "sums":
            effect = max(design_effect(count) or 0.0, design_effect(other) or 0.0)
            if min(count.people, other.people) < PEOPLE_NEEDED or not effect:
                return None
            share = count.size / (count.size + other.size)
            return _binomial(count.number / effect, other.number / effect, share)


def _binomial(number: float, other: float, share: float) -> float:
    """Of two numbers of events; parts of one are rounded towards what is expected."""
    total, expected = round(number + other), (number + other) * share
    at = math.ceil(number - 1e-9) if number < expected else math.floor(number + 1e-9)
    at = min(at, total)
    spread = math.sqrt(expected * (1 - share))
    low, k = _near(at, expected, spread, 0, total)
    steps = np.log((total - k) / (k + 1)) + math.log(share / (1 - share))
    return _doubled_tail(steps, at - low)


def _hypergeometric(count: Count, other: Count) -> float:
    cases, size, rest = round(count.number + other.number), round(count.size), round(other.size)
    at = round(count.number)
    share = cases / (size + rest)
    spread = math.sqrt(size * share * (1 - share))
    low, k = _near(at, size * share, spread, max(0, cases - rest), min(size, cases))
    steps = np.log((size - k) / (k + 1)) + np.log((cases - k) / (rest - cases + k + 1))
    return _doubled_tail(steps, at - low)


def _near(
    at: int, expected: float, spread: float, lowest: int, highest: int
) -> tuple[int, np.ndarray]:
    """The first number to look at, and all before the last: far away is nothing to add up."""
    away = NEGLIGIBLE * (spread + 1)
    low = max(lowest, math.floor(min(at, expected) - away))
    return low, np.arange(low, min(highest, math.ceil(max(at, expected) + away)))


def _doubled_tail(steps: np.ndarray, at: int) -> float:
    """Twice the smaller tail that holds a position, from the log ratios of neighbours."""
    logs = np.concatenate(([0.0], np.cumsum(steps)))
    chances = np.exp(logs - logs.max())
    tail = min(chances[: at + 1].sum(), chances[at:].sum())
    return float(min(1.0, 2 * tail / chances.sum()))


@dataclass(frozen=True)
class Funnel:
    """Limits around the rate of all by size, for dozens of communities.

    `unit_variance` is the variance that chance alone gives a rate of size 1, `dispersion` how many
    times larger that between communities is, 1 at least.
    `limits` are place → (lowest, low, high, highest): 99.8 % and 95 % of both sides.
    """

    rate: float
    unit_variance: float
    dispersion: float
    limits: Mapping[str, tuple[float, float, float, float]]


def funnel(counts: Sequence[Count], how: How) -> Funnel:
    """Spiegelhalter's funnel with over-dispersion, a multiple of the variance that chance makes.

    The multiple is the mean square of z scores whose outer tenths are drawn in (winsorised), so
    that the few that stand out do not hide themselves.
    """
    known = [count for count in counts if count.size > 0]
    whole = _together(known)
    if whole is None:
        raise ValueError("a funnel needs somebody in it")
    unit = _unit_variance(whole, how)
    sigmas = {count.place: math.sqrt(unit / count.size) for count in known}
    scores = [(count.rate - whole.rate) / sigmas[count.place] if unit else 0.0 for count in known]
    dispersion = max(1.0, fmean(score**2 for score in _winsorised(scores)))
    limits = {
        count.place: funnel_limits(whole.rate, unit, dispersion, count.size, how) for count in known
    }
    return Funnel(whole.rate, unit, dispersion, limits)


def funnel_limits(
    rate: float, unit_variance: float, dispersion: float, size: float, how: How
) -> tuple[float, float, float, float]:
    """The limits of a funnel at a size, as in `Funnel.limits`."""
    sigma = math.sqrt(unit_variance * dispersion / size)
    inner, outer = (NormalDist().inv_cdf((1 + part) / 2) for part in (WARNING, ALARM))
    most = 1.0 if how == "cases" else math.inf
    return (
        max(0.0, rate - outer * sigma),
        max(0.0, rate - inner * sigma),
        min(most, rate + inner * sigma),
        min(most, rate + outer * sigma),
    )


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
