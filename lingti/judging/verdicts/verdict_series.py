"""What verdicts are worked out from: a metric's kind, its starts and baselines, its series."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from lingti.catalog import DISTRICT, Metric
from lingti.district import District, journal
from lingti.district.journal import Baseline
from lingti.judging import number_text
from lingti.judging.verdicts.chart_choice import shape_of
from lingti.judging.verdicts.signals import Better
from lingti.judging.verdicts.verdict import Kind, Series, Start, Value


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
        Start(first_days[rebase.period], "rebased")
        for baseline in baselines.values()
        for rebase in baseline.rebases
        if rebase.period in first_days
    ]
    versions = [Start(change.day, "version") for change in metric.changes]
    return tuple(sorted([Start(began, "began"), *rebased, *versions], key=lambda start: start.day))


def locked_of(baselines: Mapping[str, Baseline]) -> dict[str, int]:
    """Grain → on how many first points of a stretch its limits rest, where that was entered."""
    return {grain: one.locked for grain, one in baselines.items() if one.locked is not None}


@dataclass(frozen=True)
class Basis:
    """What verdicts rest on besides the numbers: days, and what people entered.

    `until` is the newest day of each place's data, `first_days` period → its first day.
    """

    district: District
    until: Mapping[str, date]
    first_days: Mapping[str, date]
    baselines: Mapping[tuple[str, str, str], Baseline]

    @classmethod
    def read(cls, rows: Callable[[str], list[dict[str, Any]]], district: District) -> Basis:
        """`rows` answers a query on the warehouse."""
        until = {
            row["community"]: row["until"]
            for row in rows(district.catalog.views["freshness"])
            if row["until"]
        }
        if until:
            until[DISTRICT] = max(until.values())
        periods = rows("select period, first_day from periods where grain in ('week', 'month')")
        return cls(
            district,
            until,
            {row["period"]: row["first_day"] for row in periods},
            journal.baselines(district.home),
        )

    def began(self, place: str) -> date:
        """When a place took its topic on."""
        if place == DISTRICT:
            return self.district.starts_on
        return max(self.district.starts_on, self.district.community(place).since)

    @cached_property
    def _baselines_of(self) -> dict[tuple[str, str], dict[str, Baseline]]:
        chosen: dict[tuple[str, str], dict[str, Baseline]] = {}
        for (community, name, grain), one in self.baselines.items():
            chosen.setdefault((community, name), {})[grain] = one
        return chosen

    @cached_property
    def _merged_into(self) -> dict[str, list[Start]]:
        """Place → when other communities became part of it."""
        merged: dict[str, list[Start]] = {}
        for community in self.district.communities:
            if community.into and community.until:
                start = Start(community.until + timedelta(days=1), "rebased")
                merged.setdefault(community.into, []).append(start)
        return merged

    def of(self, metric: Metric, place: str) -> dict[str, Any]:
        """All of it that concerns a series, as `Series` takes it."""
        chosen = self._baselines_of.get((place, metric.name), {})
        until = self.until.get(place)
        ripe = until - timedelta(days=metric.matures_days) if until else None
        merged = self._merged_into.get(place, [])
        starts = [*starts_of(metric, self.began(place), chosen, self.first_days), *merged]
        return {
            "starts": tuple(sorted(starts, key=lambda one: one.day)),
            "locked": locked_of(chosen),
            "settled": ripe if metric.matures_days else None,
            "days_off": self.district.days_off,
        }


def series_of(rows: list[dict[str, Any]], days: Sequence[date], of: dict[str, Any]) -> Series:
    """A series from rows of `verdict_series.sql`, the days of its events and what `Basis` says."""
    by_grain: dict[str, list[Value]] = {"week": [], "month": []}
    for row in rows:
        by_grain[row["grain"]].append(Value(**{name: row[name] for name in _OF_VALUE}))
    weeks, months = (tuple(by_grain[grain]) for grain in ("week", "month"))
    return Series(weeks, months, tuple(days), **of)


_OF_VALUE = (
    *("period", "first_day", "last_day", "value", "state", "numerator", "denominator", "counted"),
)
