"""Any metric by any dimension, grain, place and range of days: the frame and the SQL of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from lingti import catalog, compare
from lingti.catalog import Metric
from lingti.compare import Period, Trail, View
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.ask import Question
from lingti.warehouse.measure import measure_sql

RANGE = "range"
GRAINS = ("month", "week", "quarter", "year", RANGE)


@dataclass(frozen=True)
class Asked:
    """What is explored. `grain` is one of GRAINS; `range` counts all days together."""

    metric: Metric
    dimension: str
    grain: str
    first_day: date
    last_day: date
    places: tuple[str, ...]
    per: str = "total"
    published: bool = False

    @property
    def pictures(self) -> tuple[str, ...]:
        """The pictures that can be drawn of it, the most telling first."""
        if self.grain == RANGE:
            return ("bar", "heat", "table") if self.dimension else ("bar", "table")
        return ("multiples", "heat", "table") if self.dimension else _PLAIN


_PLAIN = ("line", "multiples", "bar", "heat", "table")


def grains(metric: Metric, dimension: str, *, published: bool) -> tuple[str, ...]:
    """The grains that can be asked: weeks have totals only, and published values no weeks."""
    if published:
        return ("month", "quarter", "year")
    return tuple(one for one in GRAINS if not (dimension and one == "week"))


def answer(warehouse: Warehouse, asked: Asked) -> pd.DataFrame:
    """One row per place, period and, with a dimension, member.

    Columns: metric, community, grain, period, dimension, member, value, state; of stored periods
    also first_day and last_day.
    """
    if asked.grain == RANGE:
        return _of_range(warehouse, asked)
    period = Period(asked.grain, "", asked.first_day, asked.last_day)
    communities = tuple(one for one in asked.places if one != catalog.DISTRICT)
    view = View(period, None, communities, asked.per, asked.published)
    if asked.dimension:
        found = compare.members_over_time(
            warehouse, view, asked.metric.name, asked.dimension, asked.first_day
        )
    else:
        trail = Trail(asked.grain, asked.first_day)
        found = compare.over_time(warehouse, view, [asked.metric.name], trail)
    return found[found["community"].isin(asked.places)]


def _of_range(warehouse: Warehouse, asked: Asked) -> pd.DataFrame:
    question = Question(
        asked.metric, span=(asked.first_day, asked.last_day), by=asked.dimension or None
    )
    found = pd.DataFrame(ask.values(warehouse, question))
    if found.empty:
        return found
    found = found[found["community"].isin(asked.places)]
    order = {place: at for at, place in enumerate(asked.places)}
    return found.sort_values("community", key=lambda ids: ids.map(order), kind="stable")


def sql(asked: Asked) -> str:
    """The SQL that computes it from the canonical tables."""
    dimensions: Sequence[str] = [asked.dimension] if asked.dimension else []
    if asked.grain == RANGE:
        periods = (
            f"(select 'range' as grain, '{asked.first_day}/{asked.last_day}' as period,"
            f" date '{asked.first_day}' as first_day, date '{asked.last_day}' as last_day)"
        )
    else:
        periods = (
            f"(from periods where grain = '{asked.grain}'"
            f" and last_day between date '{asked.first_day}' and date '{asked.last_day}')"
        )
    return measure_sql(asked.metric, periods=periods, dimensions=dimensions).strip()
