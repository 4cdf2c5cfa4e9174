"""How the targets stand at the end of a period, as documents tell it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from lingti import catalog
from lingti.catalog import Metric
from lingti.judging import period_values
from lingti.judging.period_values import View
from lingti.warehouse import Warehouse
from lingti.warehouse.frames import plain, rows


@dataclass(frozen=True)
class Standing:
    """One target. `value` is what was reached by `as_of`, `needed` what the time gone by asks for.

    `status` is reached, on_pace, behind, missed once its time is up, or unknown; `state` says why
    there is no value.
    """

    place: str
    metric: Metric
    grain: str
    period: str
    target: float
    value: float | None
    state: str
    as_of: date
    needed: float
    status: str


def standings(warehouse: Warehouse, view: View, until: dict[str, date]) -> list[Standing]:
    """The targets whose periods hold the view's last day, in the district's order."""
    return [_standing(row) for row in rows(period_values.pace(warehouse, view, until))]


def _standing(row: Any) -> Standing:
    metric = catalog.metrics()[row.metric]
    value, target = plain(row.value), float(row.target)
    is_reached = value is not None and metric.better != "down" and value >= target
    status = "reached" if is_reached else str(row.status)
    if row.as_of >= row.last_day:
        status = {"on_pace": "reached", "behind": "missed"}.get(status, status)
    return Standing(
        place=row.community,
        metric=metric,
        grain=row.grain,
        period=row.period,
        target=target,
        value=value,
        state=str(row.state),
        as_of=row.as_of,
        needed=float(row.needed),
        status=status,
    )
