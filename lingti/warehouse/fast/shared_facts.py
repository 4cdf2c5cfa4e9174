"""Metrics that can be computed together, because their facts are the same rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lingti.catalog import Metric

_ADDITIVE = re.compile(r"count\((\*|\w+)\)|sum\(\w+\)|count\(\*\) filter \(where \w+\)")
_DISTINCT = re.compile(r"count\(distinct (\w+)\)")


@dataclass(frozen=True)
class SharedFacts:
    """Metrics over the same rows."""

    metrics: tuple[Metric, ...]

    @property
    def sql(self) -> str:
        """The select of the rows."""
        return self.metrics[0].sql

    @property
    def window(self) -> str:
        """The window of all of them."""
        return self.metrics[0].window

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of any of them."""
        return tuple(dict.fromkeys(name for metric in self.metrics for name in metric.dimensions))

    @property
    def can_roll_up(self) -> bool:
        """Whether every aggregate can be made of parts, and no row ends."""
        return self.metrics[0].ends is None and all(
            _ADDITIVE.fullmatch(part) or _DISTINCT.fullmatch(part)
            for metric in self.metrics
            for part in aggregates(metric)
        )

    @property
    def sums(self) -> tuple[str, ...]:
        """The aggregates whose parts add up; how many rows there are is always one of them."""
        parts = [part for metric in self.metrics for part in aggregates(metric)]
        if any(metric.totals and metric.people == "residents" for metric in self.metrics):
            parts += ["sum(many_people)", "sum(few_people)"]
        return tuple(dict.fromkeys(["count(*)", *(p for p in parts if _ADDITIVE.fullmatch(p))]))

    @property
    def summed_columns(self) -> set[str]:
        """The columns that are added up."""
        return {match[1] for part in self.sums if (match := re.match(r"sum\((\w+)\)", part))}

    @property
    def distinct(self) -> tuple[str, ...]:
        """The columns whose distinct values are counted."""
        parts = [part for metric in self.metrics for part in aggregates(metric)]
        named = [match[1] for part in parts if (match := _DISTINCT.fullmatch(part))]
        return tuple(dict.fromkeys(named))


def aggregates(metric: Metric) -> list[str]:
    """The aggregates over the facts that make a metric, and say on how many it rests."""
    own = None if metric.by_population else metric.denominator
    return [part for part in (metric.numerator, own, metric.people_sql) if part]


def by_facts(metrics: Iterable[Metric]) -> list[SharedFacts]:
    """The metrics by the facts they share: the same rows, for the same time.

    Where only totals are known, those that add them up have values, and the others none, and so it
    is with columns that sheets lack: the periods in which rows count are the same only for metrics
    of the same `totals` and `needs`.
    """
    grouped: dict[tuple[object, ...], list[Metric]] = {}
    for metric in metrics:
        told_by = (metric.totals, metric.needs)
        counted = (metric.facts, metric.where, metric.window, metric.ends, *told_by)
        grouped.setdefault(counted, []).append(metric)
    return [SharedFacts(tuple(members)) for members in grouped.values()]
