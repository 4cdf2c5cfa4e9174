"""Where a target's pace leads, from literal months."""

from __future__ import annotations

import pytest

from lingti.judging.projected import projected


@pytest.mark.parametrize(
    ("months", "reached", "target", "left", "pace"),
    [
        ([50, 52, 48, 51], 201, 400, 6, "on_pace"),
        ([50, 52, 48, 51], 201, 900, 6, "behind"),
        ([50, 52, 48, 51], 201, 500, 6, "cannot_be_said"),
        ([90, 80, 20, 18, 22], 230, 400, 4, "cannot_be_said"),
        ([90, 80, 20, 18, 22], 230, 700, 4, "behind"),  # on its straight line of 47 a month
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
    assert projected([5, 6, 4], reached=15, target=60, months_left=6, better="down").pace == (
        "on_pace"
    )
    assert projected([5, 6, 4], reached=15, target=20, months_left=6, better="down").pace == (
        "behind"
    )
