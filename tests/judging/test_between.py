"""Between communities: intervals and tests against published numbers, and what may be told."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingti import catalog
from lingti.judging.between.between import (
    Against,
    Count,
    How,
    byar,
    compared,
    design_effect,
    funnel,
    holm,
    how_of,
    interval,
    leader,
    wilson,
)


def told(counts: list[Count], how: How) -> list[Against]:
    return [one.against for one in compared(counts, how)]


def test_how_communities_are_compared_follows_from_the_header() -> None:
    expected: dict[str, How | None] = {
        "concerns_raised": "events",  # independent: yes
        "residents_redeeming": "cases",  # distinct persons
        "concerns_resolved_in_time_share": "cases",
        "households_visited_share": "cases",
        "redemptions": "sums",  # by the same people
        "points_earned": "sums",
        "hours_per_volunteer": "sums",
        "points_balance": None,  # a stock
        "days_to_resolve": None,  # a median
        "visits": None,  # what few decide on
        "partners_active": None,
        "activity_attendance": None,
        "attendance_per_activity": None,
    }
    known = catalog.program().metrics
    assert {name: how_of(known[name]) for name in expected} == expected


def test_byars_interval_is_close_to_the_exact_one() -> None:
    # The exact Poisson limits of 10 events are 4.795 and 18.390.
    assert byar(10) == pytest.approx((4.795, 18.390), abs=0.02)
    assert byar(0) == pytest.approx((0, 3.689), abs=0.1)


def test_wilsons_interval_is_as_published() -> None:
    # R. Newcombe, Stat Med 17 (1998) 857-872, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_holm_adjusts_one_after_the_other() -> None:
    assert holm([0.01, 0.04, 0.03, None, 0.005]) == pytest.approx([0.03, 0.06, 0.06, None, 0.02])


@given(st.lists(st.floats(0, 1) | st.none(), max_size=12))
def test_holm_keeps_the_order_and_never_lowers(p_values: list[float | None]) -> None:
    adjusted = holm(p_values)
    known = sorted((p, a) for p, a in zip(p_values, adjusted, strict=True) if p is not None)
    assert [a for _p, a in known] == sorted(a for _p, a in known)
    assert all(p <= a <= 1 for p, a in known)
    assert [p is None for p in p_values] == [a is None for a in adjusted]
    if known:
        assert known[0][1] == pytest.approx(min(1, known[0][0] * len(known)))


def test_events_are_compared_by_the_exact_poisson_test() -> None:
    two = [Count("a", 30, 1000), Count("b", 12, 1000)]
    # Given 42 events in all, at most 12 of them fall on one of two equal sides by a coin's chance.
    first, second = compared(two, "events")
    assert first.p_value == pytest.approx(2 * sum(comb(42, k) for k in range(13)) / 2**42)
    assert (first.against, second.against) == ("higher", "lower")
    assert second.p_value == pytest.approx(first.p_value)  # one test, and no correction
    assert first.others == pytest.approx(0.012)
    assert told([Count("a", 14, 1000), Count("b", 10, 1000)], "events") == ["unclear"] * 2


def test_shares_are_compared_by_their_cases() -> None:
    # Fisher's tea: 3 of 4 against 1 of 4; one tail is 17/70.
    three, _one = compared([Count("a", 3, 4), Count("b", 1, 4)], "cases")
    assert three.p_value == pytest.approx(34 / 70)
    assert told([Count("a", 300, 400), Count("b", 100, 400)], "cases") == ["higher", "lower"]
    assert told([Count("a", 4, 4), Count("b", 4, 4)], "cases") == ["unclear", "unclear"]


def test_repeats_by_the_same_people_are_no_independent_events() -> None:
    """100 redemptions against 60: of independent events told apart, of 20 people not."""
    few = Count("a", 100, 1000, people=20, squares=20 * 9.0**2)
    others = Count("b", 60, 1000, people=20, squares=20 * 6.0**2)
    assert design_effect(few) == pytest.approx((1620 - 10) / 999 / 1000 * 1000**2 / 100)
    assert told([few, others], "events") == ["higher", "lower"]
    assert told([few, others], "sums") == ["unclear", "unclear"]


def test_sums_of_few_people_are_not_tested() -> None:
    found = compared([Count("a", 100, 1000, 9, 2000), Count("b", 10, 1000, 30, 20)], "sums")
    assert [(one.against, one.p_value) for one in found] == [("unclear", None)] * 2
    assert [one.lower is None for one in found] == [True, False]


def test_each_of_several_is_held_against_the_others_together() -> None:
    counts = [Count("a", 60, 1000), Count("b", 31, 1000), Count("c", 29, 1000), Count("d", 0, 0)]
    assert [(one.place, one.against) for one in compared(counts, "events")] == [
        ("a", "higher"),
        ("b", "unclear"),
        ("c", "unclear"),
    ]
    assert compared([Count("a", 3, 10)], "events")[0].against == "unclear"


def test_a_leader_is_named_by_rate_and_only_where_it_can_be_told() -> None:
    most, best = Count("a", 100, 5000), Count("b", 60, 1000)
    assert leader([most, best, Count("c", 20, 1000)], "events") == "b"
    assert leader([most, best, Count("c", 58, 1000)], "events") is None
    assert leader([best], "events") is None


def test_more_cases_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match="more cases"):
        compared([Count("a", 5, 4), Count("b", 1, 4)], "cases")


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(40, 900)), min_size=2, max_size=8),
    st.sampled_from(["events", "cases"]),
)
def test_an_interval_holds_its_rate_and_at_most_one_side_is_told(
    rows: list[tuple[int, int]], how: How
) -> None:
    counts = [Count(str(at), n, size) for at, (n, size) in enumerate(rows)]
    for one in compared(counts, how):
        assert one.lower is not None
        assert one.upper is not None
        assert one.lower - 1e-9 <= one.rate <= one.upper + 1e-9
        assert one.others is not None
        if one.against != "unclear":
            assert (one.against == "higher") == (one.rate > one.others)


def test_a_funnel_narrows_with_size_and_knows_its_dispersion() -> None:
    even = funnel([Count(str(at), 50, 500) for at in range(20)], "events")
    assert (even.rate, even.dispersion) == (0.1, 1)
    spread = [Count(str(at), 50 + 4 * at, 500 + 40 * (at % 2)) for at in range(20)]
    found = funnel(spread, "events")
    assert found.dispersion > 2
    lowest, low, high, highest = found.limits["0"]
    assert lowest < low < found.rate < high < highest
    assert found.limits["1"][2] < high  # of more residents
    # One far out does not widen the limits for itself.
    far = [*[Count(str(at), 50 + at % 3, 500) for at in range(19)], Count("far", 150, 500)]
    assert funnel(far, "events").dispersion < 1.5
    assert interval(far[-1], "events") is not None


def test_a_funnel_of_shares_stays_inside_them() -> None:
    found = funnel([Count("a", 9, 10), Count("b", 10, 10), Count("c", 90, 100)], "cases")
    assert all(0 <= limit <= 1 for limits in found.limits.values() for limit in limits)
