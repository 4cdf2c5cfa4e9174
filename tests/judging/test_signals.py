"""Control charts give the means, limits and flags of NHSRplotthedots 0.2.2.

Expected numbers marked "package" were put out by that package (R 4.2.2) for the same series. Its
own test series and its vignette's example are named where they are used; the others are made up.
"""

from __future__ import annotations

import pytest

from lingti.judging.verdicts.signals import (
    Better,
    ControlChart,
    Flag,
    Signal,
    control_chart,
)

# tests/testthat/test-ptd_spc_standard.R and test-ptd_spc.R: set.seed(123); rnorm(20)
PACKAGE_TEST_SERIES = [
    -0.560475646552212603, -0.230177489483279957, 1.558708314149124030, 0.070508391424576003,
    0.129287735160946243, 1.715064986883281017, 0.460916205989202299, -1.265061234606533969,
    -0.686852851893526073, -0.445661970099958060, 1.224081797439461550, 0.359813827057363811,
    0.400771450594052170, 0.110682715945119706, -0.555841134754074928, 1.786913136803078173,
    0.497850478229239390, -1.966617156629638208, 0.701355901563685546, -0.472791407727934043,
]  # fmt: skip
# vignettes/deviations.Rmd
VIGNETTE_SERIES = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# Made up, so that each rule decides somewhere.
EVERY_RULE = [
    52, 47, 55, 49, 51, 46, 54, 57, 58, 56, 59, 57, 58, 56, 43, 57, 43, 41, 44, 46, 47, 49, 51, 53,
    55, 72,
]  # fmt: skip
WITH_GAPS = [
    31, 28, None, 33, 30, 29, 34, 27, 32, 30, 28, 33, 31, 40, 29, None, 27, 28, 26, 25, 24, 23, 22,
    21, 20,
]  # fmt: skip
A_STEP = [
    10, 12, 9, 11, 13, 10, 12, 8, 11, 10, 12, 11, 20, 23, 19, 22, 21, 24, 20, 18, 22, 21, 23, 20,
    19, 35,
]  # fmt: skip
TWELVE = [4, 6, 5, 7, 4, 6, 5, 7, 4, 6, 5, 7]

PACKAGE_TYPES = {
    None: "Common Cause",
    Signal("outside", "high"): "Above UCL",
    Signal("outside", "low"): "Below LCL",
    Signal("trend", "high"): "7 Point Trend (Increasing)",
    Signal("trend", "low"): "7 Point Trend (Decreasing)",
    Signal("two_of_three", "high"): "2 in 3 Above CL",
    Signal("two_of_three", "low"): "2 in 3 Below CL",
    Signal("run", "high"): "7 Points Above CL",
    Signal("run", "low"): "7 Points Below CL",
}


def package_types(chart: ControlChart) -> list[str]:
    """The deciding signal of every point, in the package's words."""
    return [PACKAGE_TYPES[point.signals[0] if point.signals else None] for point in chart.points]


def flags(chart: ControlChart) -> list[Flag | None]:
    return [point.flag for point in chart.points]


def lines(chart: ControlChart) -> list[tuple[float | None, float | None, float | None]]:
    """Mean, lower and upper limit of each stretch."""
    return [(stretch.mean, stretch.lower, stretch.upper) for stretch in chart.stretches]


# The package's own test series and published examples


def test_the_packages_test_series_has_its_mean_and_limits_and_no_signal() -> None:
    chart = control_chart(PACKAGE_TEST_SERIES, better="up", target=0.5)
    # Package; its snapshot "it returns expected values" (r1) prints 0.1416238, -3.01138, 3.294627.
    [(mean, lower, upper)] = lines(chart)
    assert mean == pytest.approx(0.1416238024745986, rel=1e-12)
    assert lower == pytest.approx(-3.0113795957080995, rel=1e-12)
    assert upper == pytest.approx(3.2946272006572963, rel=1e-12)
    assert package_types(chart) == ["Common Cause"] * 20
    assert (chart.variation, chart.assurance) == ("ordinary", "by_chance")


def test_an_outlying_moving_range_is_left_out_of_the_limits() -> None:
    series = [*PACKAGE_TEST_SERIES[:14], 10, *PACKAGE_TEST_SERIES[15:]]
    chart = control_chart(series, better="up")
    # Package; its snapshot (r2) prints 0.6694159, -2.383666, 3.722497.
    [found] = lines(chart)
    assert found == pytest.approx((0.6694158592123024, -2.3836655972741312, 3.7224973156987362))
    assert package_types(chart) == ["Common Cause"] * 14 + ["Above UCL"] + ["Common Cause"] * 5


def test_the_vignettes_outlier_has_the_limits_of_its_caption() -> None:
    chart = control_chart(VIGNETTE_SERIES, better="up")
    # vignettes/deviations.Rmd: UPL 4.6, mean 1.94, LPL -0.72, one improvement after four points.
    [found] = lines(chart)
    assert found == pytest.approx((1.9444444444444444, -0.71555555555555572, 4.6044444444444448))
    assert flags(chart) == ["ordinary"] * 4 + ["improving"] + ["ordinary"] * 13


def test_a_baseline_fixes_the_limits() -> None:
    chart = control_chart(PACKAGE_TEST_SERIES, better="up", baseline=12)  # package
    [found] = lines(chart)
    assert found == pytest.approx((0.19417933878903704, -2.6073998147977493, 2.9957584923758231))
    assert package_types(chart) == ["Common Cause"] * 20


def test_rebasing_in_the_middle_gives_the_packages_two_groups() -> None:
    chart = control_chart(PACKAGE_TEST_SERIES, better="up", rebase_at=[10], points_needed=2)
    # Package; its snapshot of two facets of ten points prints 0.0746, -2.60, 2.75
    # and 0.209, -3.28, 3.70.
    first, second = lines(chart)
    assert first == pytest.approx((0.074625644097161895, -2.6005854077454389, 2.7498366959397629))
    assert second == pytest.approx((0.208621960852035326, -3.2790054477294084, 3.6962493694334788))


def test_two_points_near_opposite_limits_are_no_two_of_three() -> None:
    # test-ptd_spc_standard.R, "it only reports special cause for 2of3 points ... same side"
    chart = control_chart([*[1, -1] * 7, 5.5, -5.5], better="up")
    assert lines(chart) == [pytest.approx((0, -6.175, 6.175))]  # package
    assert flags(chart) == ["ordinary"] * 16


@pytest.mark.parametrize(
    ("better", "expected"),
    [
        ("up", ["will_be_missed", "will_be_met", "by_chance"]),
        ("down", ["will_be_met", "will_be_missed", "by_chance"]),
        ("none", ["none", "none", "none"]),
    ],
)
def test_assurance_compares_the_target_with_the_limits(better: Better, expected: list[str]) -> None:
    # test-ptd_calculate_assurance_type.R: target above, below and within the limits
    chart = control_chart(TWELVE, better=better)
    [(mean, lower, upper)] = lines(chart)
    assert mean is not None
    assert lower is not None
    assert upper is not None
    found = [
        control_chart(TWELVE, better=better, target=target).assurance
        for target in (upper + 1, lower - 1, mean)
    ]
    assert found == expected


# Series of our own, against the package's output


def test_every_rule_and_the_order_in_which_they_decide() -> None:
    chart = control_chart(EVERY_RULE, better="up", target=60)  # package
    assert lines(chart) == [pytest.approx((52.1538461538, 40.5163461538, 63.7913461538))]
    assert package_types(chart) == [
        *["Common Cause"] * 6,
        *["7 Points Above CL"] * 8,
        *["Common Cause"] * 2,
        "2 in 3 Below CL",
        *["7 Point Trend (Increasing)"] * 8,
        "Above UCL",
    ]
    assert flags(chart) == [
        *["ordinary"] * 6,
        *["improving"] * 8,
        *["ordinary"] * 2,
        "worsening",
        *["improving"] * 9,
    ]
    assert (chart.variation, chart.assurance) == ("improving", "by_chance")


def test_a_point_names_all_its_reasons_the_deciding_one_first() -> None:
    chart = control_chart(EVERY_RULE, better="up")
    assert chart.points[25].reasons == ("outside", "trend")
    assert chart.points[17].signals == (
        Signal("trend", "high"),
        Signal("two_of_three", "low"),
        Signal("run", "low"),
    )


def test_a_gap_has_no_range_breaks_the_rules_and_keeps_its_position() -> None:
    chart = control_chart(WITH_GAPS, better="down", baseline=13, target=45)  # package
    assert lines(chart) == [pytest.approx((30.5, 21.19, 39.81))]
    assert package_types(chart) == [
        *["Common Cause"] * 13,
        "Above UCL",
        *["Common Cause"] * 2,
        "7 Points Below CL",
        *["7 Point Trend (Decreasing)"] * 6,
        *["Below LCL"] * 2,
    ]
    assert [point.position for point in chart.points] == list(range(25))
    assert [point.position for point in chart.points if point.flag is None] == [2, 15]
    assert chart.assurance == "will_be_met"


def test_a_trend_does_not_reach_across_a_gap() -> None:
    rising = [1, 2, 3, 4, None, 5, 6, 7, 8]  # the package stops with an error here
    chart = control_chart([5, 3, 6, 2, 5, 3, 6, 2, *rising], better="up")
    assert all("trend" not in point.reasons for point in chart.points)


def test_rebasing_at_a_step_leaves_only_what_is_new() -> None:
    at_the_step = control_chart(A_STEP, better="up", rebase_at=[12], target=15)  # package
    first, second = lines(at_the_step)
    assert first == pytest.approx((10.75, 4.70454545455, 16.7954545455))
    assert second == pytest.approx((21.9285714286, 15.0569047619, 28.8002380952))
    assert package_types(at_the_step) == ["Common Cause"] * 25 + ["Above UCL"]
    assert at_the_step.assurance == "will_be_met"
    unchanged = control_chart(A_STEP, better="up", target=15)  # package
    assert lines(unchanged) == [pytest.approx((16.7692307692, 9.56506410256, 23.9733974359))]
    assert flags(unchanged) == ["worsening"] * 12 + ["improving"] * 14
    assert unchanged.assurance == "by_chance"


def test_the_turning_point_of_two_trends_belongs_to_the_later() -> None:
    chart = control_chart([1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], better="up")  # package
    assert lines(chart) == [pytest.approx((3.76923076923, 1.10923076923, 6.42923076923))]
    assert package_types(chart) == [
        "Below LCL",
        *["7 Point Trend (Increasing)"] * 5,
        "Above UCL",
        *["7 Point Trend (Decreasing)"] * 5,
        "Below LCL",
    ]
    assert chart.points[6].signals[1] == Signal("trend", "low")


# Where we differ on purpose


def test_a_trend_ending_on_a_plateau_keeps_its_direction() -> None:
    chart = control_chart([1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12, 13], better="up")
    assert chart.points[6].signals == (Signal("trend", "high"),)  # package: Decreasing


def test_equal_values_have_limits_at_that_value() -> None:
    chart = control_chart([100.0] * 14, better="up", target=100)  # package: NaN, inconsistent
    assert lines(chart) == [(100.0, 100.0, 100.0)]
    assert (chart.variation, chart.assurance) == ("ordinary", "will_be_met")


@pytest.mark.parametrize("target", [90, 110])
def test_equal_values_always_meet_or_miss_another_target(target: float) -> None:
    chart = control_chart([100] * 14, better="up", target=target)
    assert chart.assurance == ("will_be_met" if target < 100 else "will_be_missed")


def test_eleven_points_are_not_judged() -> None:
    chart = control_chart([*TWELVE[:10], 99], better="up", target=5)
    assert not chart.enough
    assert (chart.variation, chart.assurance) == (None, "none")
    assert lines(chart) == [(None, None, None)]
    assert chart.stretches[0].median == 6
    assert all(point.flag is None and not point.signals for point in chart.points)


def test_twelve_points_are_judged() -> None:
    assert control_chart(TWELVE, better="up").enough


def test_missing_values_do_not_count_towards_twelve() -> None:
    assert not control_chart([*TWELVE[:11], None, None], better="up").enough


def test_after_a_rebase_twelve_new_points_are_needed() -> None:
    chart = control_chart([*TWELVE, 90, 95, 91], better="up", rebase_at=[12], target=50)
    assert [stretch.enough for stretch in chart.stretches] == [True, False]
    assert [(s.first, s.last, s.values_count) for s in chart.stretches] == [
        (0, 11, 12),
        (12, 14, 3),
    ]
    assert (chart.enough, chart.variation, chart.assurance) == (False, None, "none")
    assert flags(chart) == ["ordinary"] * 12 + [None] * 3


def test_variation_is_that_of_the_newest_value_there_is() -> None:
    chart = control_chart([*TWELVE, 99, None, float("nan")], better="down")
    assert chart.latest == chart.points[12]
    assert chart.variation == "worsening"


def test_nothing_at_all_is_not_judged() -> None:
    for chart in (control_chart([], better="up", target=1), control_chart([None], better="up")):
        assert (chart.enough, chart.latest, chart.variation) == (False, None, None)
        assert chart.assurance == "none"


def test_the_impossible_is_refused() -> None:
    with pytest.raises(ValueError, match="infinite"):
        control_chart([1, float("inf")], better="up")
    with pytest.raises(ValueError, match="12 points or more, not 11"):
        control_chart(TWELVE, better="up", baseline=11)
    with pytest.raises(ValueError, match=r"\[12\]: the series has 12 positions"):
        control_chart(TWELVE, better="up", rebase_at=[12])
