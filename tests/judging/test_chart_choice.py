"""Which chart fits what: by a metric's kind and its data, never by where it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingti.judging.verdicts.chart_choice import (
    CASES_NEEDED,
    Choice,
    Pool,
    for_amounts,
    for_levels,
    for_shares,
    pooled,
    shape_of,
)
from lingti.judging.verdicts.rules import runs, runs_past_ties
from lingti.judging.verdicts.share_chart import share_chart

WEEKLY, MONTHLY = Choice("xmr", "week"), Choice("xmr", "month")
RARE, NONE = Choice("t", "event"), Choice("none", "none")


@pytest.mark.parametrize(
    ("weeks", "months", "gaps", "choice"),
    [
        ([3, 4, 2, 3], [], 0, WEEKLY),
        ([12, 0, 0, 1], [13] * 12, 0, MONTHLY),  # more than a quarter of the weeks empty
        ([4, 4, 4, 0], [13] * 12, 0, WEEKLY),  # a quarter exactly
        ([2, 3, 2, 4], [11] * 12, 90, MONTHLY),
        ([2, 3, 2, 4], [11] * 11, 90, RARE),
        ([0, 1, 0, 0], [2] * 24, 12, RARE),
        ([0, 1, 0, 0], [2] * 24, 11, NONE),
        ([-40, -30, -50, None], [], 0, WEEKLY),  # points deducted
        ([], [], 0, NONE),
    ],
)
def test_sums_and_counts_go_by_week_then_month_then_days_between(
    weeks: Sequence[float | None], months: Sequence[float | None], gaps: int, choice: Choice
) -> None:
    assert for_amounts(weeks, months, gaps) == choice


@pytest.mark.parametrize(
    ("weeks", "months", "choice"),
    [
        ([0.5, 0.2, 0.9, None], [], WEEKLY),
        ([0.5, None, 0.9, None], [1.0] * 12, MONTHLY),
        ([0.5, None, 0.9, None], [1.0] * 11, NONE),
    ],
)
def test_levels_go_by_week_where_there_is_something_to_compute(
    weeks: Sequence[float | None], months: Sequence[float | None], choice: Choice
) -> None:
    assert for_levels(weeks, months) == choice


def test_shares_go_by_pools_of_weeks_else_of_months() -> None:
    one = Pool(0, 0, 5, 10)
    assert for_shares([one] * 12, []) == Choice("p", "week")
    assert for_shares([one] * 11, [one] * 12) == Choice("p", "month")
    assert for_shares([one] * 11, [one] * 11) == NONE


def test_cases_are_pooled_from_the_newest_on_until_they_are_enough() -> None:
    cases = [(1.0, 2.0), (3.0, 5.0), None, (2.0, 5.0), (5.0, 10.0)]
    assert pooled(cases) == [Pool(1, 3, 5.0, 10.0), Pool(4, 4, 5.0, 10.0)]
    assert pooled([(5.0, 5.0)] * 9) == []  # nothing but cases: no share can be judged
    assert pooled([]) == []


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)) | st.none(), max_size=60))
def test_pools_hold_enough_and_end_with_the_newest(cases: list[tuple[int, int] | None]) -> None:
    pools = pooled([one and (float(one[0]), float(sum(one))) for one in cases])
    known = [one for one in cases if one]
    whole = sum(sum(one) for one in known)
    if not pools:
        return
    share = sum(one[0] for one in known) / whole
    assert pools[-1].last == len(cases) - 1
    assert all(a.last + 1 == b.first for a, b in pairwise(pools))
    for pool in pools:
        assert min(share, 1 - share) * pool.denominator >= CASES_NEEDED - 1e-9


@pytest.mark.parametrize(
    ("window", "is_percent", "is_share", "averages", "shape"),
    [
        ("period", False, False, False, "amount"),
        ("period", False, False, True, "level"),
        ("period", False, True, False, "level"),
        ("period", True, True, False, "share"),
        ("to_date", False, False, False, "stock"),
        ("last_6_months", True, True, False, "rolling"),
    ],
)
def test_a_kind_comes_from_the_header(
    window: str, is_percent: bool, is_share: bool, averages: bool, shape: str
) -> None:
    found = shape_of(window, is_percent=is_percent, is_share=is_share, averages=averages)
    assert found == shape


def test_a_point_on_the_median_ends_no_run_and_is_in_none() -> None:
    sides = [1, 1, 1, 0, 1, 1, 1, 1, -1]
    assert runs(sides) == [0] * 9
    assert runs_past_ties(sides) == [1, 1, 1, 0, 1, 1, 1, 1, 0]


def test_limits_of_shares_are_laneys() -> None:
    """45 % and 55 % of 100 alternately: neighbours are two sigmas apart, σz is 2 / 1.128."""
    pools = [Pool(at, at, 45.0 + 10 * (at % 2), 100.0) for at in range(12)]
    points = share_chart(pools, better="up")
    sigma = 0.05  # √(0.5 · 0.5 / 100)
    sigma_z = 2 / 1.128
    assert points[0].mean == 0.5
    assert points[0].upper == pytest.approx(0.5 + 3 * sigma * sigma_z)
    even = share_chart([Pool(at, at, 50.0, 100.0) for at in range(12)], better="up")
    assert even[0].upper == pytest.approx(0.5 + 3 * sigma)  # σz is 1 at least
    assert all(not point.signals for point in even)


def test_points_at_all_or_nothing_are_on_neither_side() -> None:
    shares = [95.0, 96, 94, 95, 97, 93] * 2
    pools = [Pool(at, at, number, 100.0) for at, number in enumerate([*shares, *[100.0] * 7])]
    assert all("run" not in point.reasons for point in share_chart(pools, better="up"))
