"""What a verdict needs to know of a metric: its kind, its starts and its locked baselines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lingti.catalog import Metric
from lingti.district.journal import Baseline
from lingti.judging import number_text
from lingti.judging.chart_choice import shape_of
from lingti.judging.signals import Better
from lingti.judging.verdict import Kind, Start


def kind_of(metric: Metric) -> Kind:
    """How a metric's numbers are judged, from its header."""
    better: Better = (
        "up" if metric.better == "up" else "down" if metric.better == "down" else "none"
    )
    shape = shape_of(
        metric.window,
        is_percent=number_text.is_percent(metric),
        is_share=metric.is_share,
        averages=metric.numerator.startswith(("median", "avg")),
    )
    return Kind(shape, better)


def starts_of(
    metric: Metric, began: date, baselines: Mapping[str, Baseline], first_days: Mapping[str, date]
) -> tuple[Start, ...]:
    """The days from which on a place's series of a metric is another one, in order.

    `began` is when the place took its topic on, `baselines` what was entered for the place and
    metric by grain, `first_days` period → its first day. Changes of a district's members are found
    in the series itself.
    """
    rebased = [
        Start(first_days[one.period], "rebased")
        for baseline in baselines.values()
        for one in baseline.rebases
        if one.period in first_days
    ]
    versions = [Start(one.day, "version") for one in metric.changes]
    return tuple(sorted([Start(began, "began"), *rebased, *versions], key=lambda one: one.day))


def locked_of(baselines: Mapping[str, Baseline]) -> dict[str, int]:
    """Grain → on how many first points of a stretch its limits rest, where that was entered."""
    return {grain: one.locked for grain, one in baselines.items() if one.locked is not None}
