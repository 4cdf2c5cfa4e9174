"""What holds for control charts of any series."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lingti.judging.verdicts.signals import ControlChart, Flag, control_chart

Lines = list[tuple[float | None, float | None, float | None]]


def flags(chart: ControlChart) -> list[Flag | None]:
    return [point.flag for point in chart.points]


def lines(chart: ControlChart) -> Lines:
    return [(stretch.mean, stretch.lower, stretch.upper) for stretch in chart.stretches]


whole_numbers = st.lists(st.integers(-50, 50) | st.none(), min_size=12, max_size=45)
MIRRORED: dict[Flag | None, Flag | None] = {
    "improving": "worsening",
    "worsening": "improving",
    "ordinary": "ordinary",
    None: None,
}


def assume_no_value_on_a_line(chart: ControlChart) -> None:
    """Where a value lies on a limit, rounding decides; no promise is made there."""
    for point in chart.points:
        if point.value is None or point.mean is None or point.upper is None:
            continue
        spread = point.upper - point.mean
        away = abs(point.value - point.mean)
        assume(all(abs(away - spread * part) > 1e-6 for part in (0, 2 / 3, 1)))


@given(whole_numbers, st.integers(-10_000, 10_000))
def test_shifting_the_series_shifts_its_lines_and_keeps_its_flags(
    series: list[int | None], shift: int
) -> None:
    before = control_chart(series, better="up")
    assume_no_value_on_a_line(before)
    after = control_chart([None if v is None else v + shift for v in series], better="up")
    assert [p.signals for p in after.points] == [p.signals for p in before.points]
    assert flags(after) == flags(before)
    for old, new in zip(lines(before), lines(after), strict=True):
        assert new == pytest.approx(tuple(None if line is None else line + shift for line in old))


@given(whole_numbers, st.sampled_from([0.001, 0.5, 3, 7.3, 1e6]))
def test_scaling_the_series_scales_its_lines_and_keeps_its_flags(
    series: list[int | None], scale: float
) -> None:
    before = control_chart(series, better="down")
    assume_no_value_on_a_line(before)
    after = control_chart([None if v is None else v * scale for v in series], better="down")
    assert flags(after) == flags(before)
    for old, new in zip(lines(before), lines(after), strict=True):
        assert new == pytest.approx(tuple(None if line is None else line * scale for line in old))


@given(whole_numbers, st.sets(st.integers(0, 11), max_size=2))
def test_reversing_what_is_better_swaps_improving_and_worsening(
    series: list[int | None], rebase_at: set[int]
) -> None:
    up = control_chart(series, better="up", rebase_at=[*rebase_at])
    down = control_chart(series, better="down", rebase_at=[*rebase_at])
    neither = control_chart(series, better="none", rebase_at=[*rebase_at])
    assert flags(down) == [MIRRORED[flag] for flag in flags(up)]
    assert [flag == "special" for flag in flags(neither)] == [
        flag in ("improving", "worsening") for flag in flags(up)
    ]
    assert lines(up) == lines(down) == lines(neither)


@given(whole_numbers)
def test_turning_the_series_upside_down_swaps_high_and_low(series: list[int | None]) -> None:
    up = control_chart(series, better="up")
    down = control_chart([None if v is None else -v for v in series], better="up")
    assert flags(down) == [MIRRORED[flag] for flag in flags(up)]


@given(st.floats(-1e9, 1e9), st.integers(12, 60), st.sampled_from([None, 12, 20]))
def test_a_constant_series_has_no_signals(value: float, size: int, baseline: int | None) -> None:
    chart = control_chart([value] * size, better="up", baseline=baseline)
    assert flags(chart) == ["ordinary"] * size
    assert lines(chart) == [(value, value, value)]


@given(whole_numbers)
def test_missing_values_never_enter_a_line(series: list[int | None]) -> None:
    present = [value for value in series if value is not None]
    [stretch] = control_chart(series, better="up").stretches
    assert stretch.values_count == len(present)
    assert stretch.mean is None or stretch.mean == pytest.approx(sum(present) / len(present))
