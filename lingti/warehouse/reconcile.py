"""Counts the rows behind stored numbers and computes the numbers from them once more."""

from __future__ import annotations

from dataclasses import dataclass

from lingti.catalog import DISTRICT, Metric
from lingti.warehouse.measure import facts_with
from lingti.warehouse.publish import Warehouse

_POPULATIONS = ("residents", "households")


@dataclass(frozen=True)
class Reckoning:
    """The rows behind one number: how many, from how many batches, and what they add up to.

    `numerator` and `denominator` are computed from the rows alone; the denominator is None where
    the metric has none, or where it is a population.
    """

    rows_count: int
    batches_count: int
    numerator: float | None
    denominator: float | None


def reckon(warehouse: Warehouse, metric: Metric, grain: str, period: str) -> dict[str, Reckoning]:
    """Place → the rows behind a metric's totals in a stored period.

    Only places with rows are in it. The district has a reckoning of its own, for distinct counts
    do not add up.
    """
    chosen = "(from periods where grain = $grain and period = $period)"
    own = metric.denominator not in (None, *_POPULATIONS)
    found = warehouse.rows(
        f"""
        with {facts_with(metric, chosen)}
        select
            case when grouping(community) = 1 then '{DISTRICT}' else community end as community,
            count(*) as rows_count,
            count(distinct batch) as batches_count,
            ({metric.numerator})::double as numerator,
            ({metric.denominator if own else "null"})::double as denominator,
        from counted
        group by grouping sets ((community), ())
        having count(*) > 0
        """,
        grain=grain,
        period=period,
    )
    return {
        row["community"]: Reckoning(
            row["rows_count"], row["batches_count"], row["numerator"], row["denominator"]
        )
        for row in found
    }
