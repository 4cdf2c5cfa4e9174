"""Where a target's pace leads, from literal months."""

from __future__ import annotations

import pytest

from lingti.judging.standing.projected import projected


@pytest.mark.parametrize(
    ("months", "reached", "target", "left", "pace"),
    [
        ([50, 52, 48, 51], 201, 400, 6, "on_pace"),
        ([50, 52, 48, 51], 201, 900, 6, "behind"),
        ([50, 52, 48, 51], 201, 500, 6, "cannot_be_said"),
        ([50, 50, 50], 150, 451, 6, "cannot_be_said"),
        ([90, 80, 20, 18, 22], 230, 310, 4, "cannot_be_said"),
        ([90, 80, 20, 18, 22], 230, 414, 4, "behind"),  # on a straight line of 46 a month
        ([50, 52], 102, 110, 6, "cannot_be_said"),
        ([50, 52, None, 51], 201, 400, 6, "cannot_be_said"),
        ([50, 52, 48], 410, 400, 6, "on_pace"),
        ([50, 52, 48], 399, 400, 0, "behind"),
    ],
)
def test_the_last_three_months_are_carried_on(
    months: list[float | None], reached: float, target: float, left: float, pace: str
) -> None:
    found = projected(months, reached=reached, target=target, months_left=left)
    assert found.pace == pace


def test_the_range_holds_the_middle_and_widens_with_time() -> None:
    near, far = (
        projected([50, 55, 45, 52], reached=202, target=500, months_left=left) for left in (1, 6)
    )
    assert near.middle == pytest.approx(202 + 152 / 3)
    for one in (near, far):
        assert one.lower is not None
        assert one.middle is not None
        assert one.upper is not None
        assert one.lower < one.middle < one.upper
    assert far.upper - far.lower > near.upper - near.lower  # type: ignore[operator]


def test_where_less_is_better_the_upper_end_must_stay_below() -> None:
    assert projected([5, 6, 4], reached=15, target=70, months_left=6, better="down").pace == (
        "on_pace"
    )
    assert projected([5, 6, 4], reached=15, target=20, months_left=6, better="down").pace == (
        "behind"
    )


def test_a_pace_that_breaks_off_shows_in_time() -> None:
    """600 placements in ten months: on a straight line until the last, and behind since August."""
    months = [78, 124, 134, 34, 16, 9, 64, 41, 32]
    found = [
        projected(months[:at], reached=sum(months[:at]), target=600, months_left=10 - at).pace
        for at in range(3, 10)
    ]
    assert found == [
        "on_pace",
        "cannot_be_said",
        "cannot_be_said",
        "behind",
        *["cannot_be_said"] * 3,
    ]
