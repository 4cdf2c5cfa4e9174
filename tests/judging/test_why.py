"""A change as parts: they add up exactly, and as shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingti.judging.changes.why import (
    Part,
    Split,
    by_community,
    by_member,
    people_and_average,
    rounded,
    stock,
    unsplittable,
)

decimals = st.decimals(-10_000, 10_000, places=2)
amounts = st.decimals(0, 10_000, places=2)


def d(number: str | int) -> Decimal:
    return Decimal(number)


def total(split: Split) -> Decimal:
    return sum((part.change for part in split.parts), Decimal(0))


def test_a_change_by_community_names_who_came_and_who_left() -> None:
    split = by_community(
        {"a": d(10), "b": d(4), "c": None, "e": d(0)},
        {"a": d(13), "c": d(5), "b": None, "e": d(0)},
        (d(14), d(18)),
    )
    assert split == Split(
        d(4),
        (
            Part("community", "a", d(3)),
            Part("left", "b", d(-4)),
            Part("joined", "c", d(5)),
            Part("community", "e", d(0)),
        ),
    )


def test_persons_that_communities_share_are_a_part() -> None:
    split = by_community({"a": d(10), "b": d(8)}, {"a": d(12), "b": d(11)}, (d(17), d(20)))
    assert split.parts[-1] == Part("shared", "", d(-2))
    assert total(split) == split.whole == 3


def test_members_must_make_the_total() -> None:
    split = by_member({"x": d(3)}, {"x": d(1), "y": d(4)}, (d(3), d(5)))
    assert split.parts == (Part("member", "x", d(-2)), Part("member", "y", d(4)))
    with pytest.raises(ValueError, match="do not add up"):
        by_member({"x": d(3)}, {"x": d(1)}, (d(3), d(5)))


def test_a_stock_is_what_came_in_less_what_went_out() -> None:
    assert stock(d(30), d(33), d(5), d(2)).parts == (
        Part("came_in", "", d(5)),
        Part("went_out", "", d(-2)),
    )
    with pytest.raises(ValueError, match="does not make"):
        stock(d(30), d(33), d(5), d(1))


@pytest.mark.parametrize(
    ("people", "sums", "parts"),
    [
        ((10, 20), (20, 60), (25, 15)),  # 10 · 2.5 and 1 · 15
        ((0, 20), (0, 60), (60, 0)),
        ((20, 0), (60, 0), (-60, 0)),
        ((5, 5), (10, 20), (0, 10)),
    ],
)
def test_a_sum_is_people_and_an_average(
    people: tuple[int, int], sums: tuple[int, int], parts: tuple[int, int]
) -> None:
    split = people_and_average(people, (d(sums[0]), d(sums[1])))
    assert tuple(part.change for part in split.parts) == parts
    assert [part.kind for part in split.parts] == ["people", "average"]


@pytest.mark.parametrize(
    ("numerator", "is_share", "by_member", "reason"),
    [
        ("median(days)", False, False, "median"),
        ("count(*)", True, False, "share"),
        ("count(distinct resident)", False, True, "distinct"),
        ("count(distinct resident)", False, False, None),
        ("sum(hours)", False, True, None),
    ],
)
def test_what_cannot_be_taken_apart_says_why(
    numerator: str, is_share: bool, by_member: bool, reason: str | None
) -> None:
    found = unsplittable(numerator=numerator, is_share=is_share, by_member=by_member)
    assert found == reason


def test_never_exactly_one_part_is_withheld() -> None:
    before, after = {"a": d(1), "b": d(2), "c": d(3)}, {"a": d(4), "b": d(4), "c": d(4)}
    sums = (d(6), d(12))
    assert by_community(before, after, sums, ["b"]) == Split(d(6), (), "withheld")
    assert by_community(before, after, sums, ["b", "c"]).parts == (
        Part("community", "a", d(3)),
        Part("withheld", "", d(3)),
    )


def test_rounded_parts_still_add_up() -> None:
    split = Split(d("1.0"), tuple(Part("member", str(at), d("1") / 3) for at in range(3)))
    assert [part.change for part in rounded(split).parts] == [1, 0, 0]
    falling = Split(d("-1"), (Part("member", "a", d("-0.4")), Part("member", "b", d("-0.6"))))
    assert [part.change for part in rounded(falling).parts] == [0, -1]


@given(
    st.dictionaries(st.sampled_from("abcdef"), decimals | st.none()),
    st.dictionaries(st.sampled_from("abcdef"), decimals | st.none()),
    decimals,
    decimals,
    st.integers(0, 2),
)
def test_parts_by_community_add_up_in_decimals_and_as_shown(
    before: dict[str, Decimal | None],
    after: dict[str, Decimal | None],
    first: Decimal,
    last: Decimal,
    places: int,
) -> None:
    split = by_community(before, after, (first, last))
    assert total(split) == split.whole == last - first
    if split.parts:
        shown = rounded(split, places)
        assert total(shown) == shown.whole
        for exact, part in zip(split.parts, shown.parts, strict=True):
            assert abs(exact.change - part.change) < Decimal(10) ** -places


@given(st.integers(0, 400), st.integers(0, 400), amounts, amounts, st.integers(0, 2))
def test_people_and_average_add_up_in_decimals_and_as_shown(
    p0: int, p1: int, t0: Decimal, t1: Decimal, places: int
) -> None:
    split = people_and_average((p0, p1), (t0 if p0 else d(0), t1 if p1 else d(0)))
    assert total(split) == split.whole
    shown = rounded(split, places)
    assert total(shown) == shown.whole
