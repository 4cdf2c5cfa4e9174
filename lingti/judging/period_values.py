"""Comparison in time and between communities: periods, changes, rates, coverage.

Everything is read from the warehouse by the SQL of `queries/views/`; here frames are only shaped.
A value is NaN where there is none, and its `state` says why. A change is told only where both
periods are reported in full, and by the same communities: a part of a month is not compared with
a whole one, nor a district of three communities with one of four.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from lingti import catalog
from lingti.catalog import DISTRICT, Catalog, Metric
from lingti.district import District
from lingti.judging.periods import Period, Trail
from lingti.judging.reporting.revised import Revised
from lingti.judging.verdicts.verdict_series import kind_of
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse
from lingti.warehouse.frames import rows

SCALES = ("total", "residents", "households")


MOST_LINES = 6  # lines of one picture that do not tangle
MOST_BESIDE = 12  # places whose lines, bars and rows can be told apart beside each other


@dataclass(frozen=True)
class View:
    """What is looked at: a period, some communities, totals or rates, exact or published values."""

    period: Period
    previous: Period | None
    communities: tuple[str, ...]
    per: str = "total"
    published: bool = False
    exact: frozenset[str] = frozenset()
    is_part: bool = False  # some of many communities: nobody of them has the most of all
    catalog: Catalog = field(default_factory=catalog.program, repr=False)
    revised: Revised = field(default=Revised(), repr=False)  # what differs from its edition

    def opens(self, place: str) -> bool:
        """Whether the reader may see the rows behind a place's numbers."""
        return not self.published or place in self.exact

    @property
    def places(self) -> list[str]:
        """The communities looked at, and the district last."""
        return [*self.communities, DISTRICT]

    @property
    def focus(self) -> str:
        """The place that cards and sentences are about: the one community, else the district."""
        return self.communities[0] if len(self.communities) == 1 else DISTRICT


def over_time(
    warehouse: Warehouse,
    view: View,
    metrics: Iterable[str],
    along: Trail,
) -> pd.DataFrame:
    """Values of metrics for every place of the view and every period along a trail to the view's.

    One row per metric, place and period: metric, community, grain, period, first_day, last_day,
    value, state, counted (of the district, an id of the communities that it is about), to_correct
    (how many rows in quarantine it lacks).
    """
    names = list(metrics)
    known = warehouse.catalog.metrics
    return read(
        warehouse,
        view,
        "values",
        metrics=names,
        scalable=[name for name in names if known[name].scalable],
        tables=[list(known[name].tables) for name in names],
        windows=[known[name].window for name in names],
        grain=along.grain,
        from_day=along.since,
        to_day=view.period.last_day,
        per=view.per,
        places=view.places,
    )


@memoised
def totals(warehouse: Warehouse, view: View, metrics: Iterable[str]) -> pd.DataFrame:
    """Values of metrics in the view's period beside those of the period before.

    One row per metric and place, the district last: the columns of `over_time` and previous,
    previous_state, previous_to_correct, alike (whether both periods are about the same
    communities), change (a difference), change_share (a share of the previous value) and per_day
    (whether that share is of values per day).
    """
    both = Trail(view.period.grain, (view.previous or view.period).first_day)
    return with_change(over_time(warehouse, view, metrics, both), view)


def with_change(values: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows of the view's period out of `over_time`, each with the period before it."""
    now = values[values["period"] == view.period.id]
    before = values[values["period"] == (view.previous.id if view.previous else "")]
    names = {"value": "previous", "state": "previous_state", "counted": "previously_counted"}
    names |= {"to_correct": "previous_to_correct"}
    before = before[["metric", "community", *names]].rename(columns=names)
    both = now.merge(before, on=["metric", "community"], how="left")
    whole = (both["state"] == "reported") & (both["previous_state"] == "reported")
    # A district that a community has joined is no longer the one it was.
    both["alike"] = both["counted"].fillna("") == both.pop("previously_counted").fillna("")
    both["change"] = (both["value"] - both["previous"]).where(whole & both["alike"])
    now_days, before_days = _days(view.period), _days(view.previous or view.period)
    both["per_day"] = [
        now_days != before_days and grows_with_days(view.catalog.metrics[name], view.period.grain)
        for name in both["metric"]
    ]
    ratio = both["value"] / both["previous"]
    ratio = ratio.where(~both["per_day"].astype(bool), ratio * before_days / now_days)
    comparable = both["change"].notna() & (both["previous"] != 0)
    both["change_share"] = (ratio - 1).where(comparable)
    return both


def grows_with_days(metric: Metric, grain: str) -> bool:
    """Whether a metric's months are compared per day, as their chart does: sums and counts."""
    return grain in ("month", "jan-feb") and kind_of(metric).shape == "amount"


def _days(period: Period) -> int:
    return (period.last_day - period.first_day).days + 1


def row(totals: pd.DataFrame, metric: str, place: str = DISTRICT) -> Any:
    """The row of `totals` of a metric and place, columns as attributes. KeyError if none."""
    return _by_metric_and_place(totals)[metric, place]


@memoised
def _by_metric_and_place(totals: pd.DataFrame) -> dict[tuple[str, str], Any]:
    return {(one.metric, one.community): one for one in reversed(rows(totals))}


@memoised
def of_metric(totals: pd.DataFrame, metric: str) -> pd.DataFrame:
    """The rows of `totals` of a metric."""
    return totals[totals["metric"] == metric]


def by_member(warehouse: Warehouse, view: View, metric: str, dimension: str) -> pd.DataFrame:
    """A metric by the members of one dimension in the view's period.

    One row per place and member, the largest first: metric, community, grain, period, dimension,
    member, value, people, state.
    """
    return read(
        warehouse,
        view,
        "by_member",
        metric=metric,
        dimension=dimension,
        grain=view.period.grain,
        period=view.period.id,
        per=view.per if warehouse.catalog.metrics[metric].scalable else "total",
        places=view.places,
    )


def all_members(warehouse: Warehouse, view: View) -> dict[tuple[str, str], pd.DataFrame]:
    """(metric, dimension) → what `by_member` has of totals, asked at once; none without members."""
    frame = read(
        warehouse,
        view,
        "all_members",
        grain=view.period.grain,
        period=view.period.id,
        places=view.places,
    )
    parts = frame.groupby(["metric", "dimension"], sort=False)
    return {(str(one[0]), str(one[1])): part.reset_index(drop=True) for one, part in parts}


def all_withheld(members: pd.DataFrame) -> bool:
    """Whether all of a breakdown, as of `by_member`, is withheld, so that there is none to show."""
    return not members.empty and bool((members["state"] == "withheld").all())


def by_subdistrict(
    warehouse: Warehouse, view: View, metric: Metric, district: District
) -> pd.DataFrame:
    """A metric that adds up, in the view's period by subdistrict, in the order of the settings.

    One row per subdistrict, its Chinese name as `community`; columns as of `totals` without change.
    """
    placed = [community for community in district.communities if community.subdistrict.zh]
    return warehouse.query(
        warehouse.catalog.views["by_subdistrict"],
        metric=metric.name,
        grain=view.period.grain,
        period=view.period.id,
        per=view.per if metric.scalable else "total",
        is_share=metric.is_share,
        communities=[community.id for community in placed],
        subdistricts=[community.subdistrict.zh for community in placed],
    )


def freshness(warehouse: Warehouse) -> pd.DataFrame:
    """How far each community's data reach: community, until (a day), imported_at (UTC).

    One row per community, in the district's order; NaT where it has reported nothing.
    """
    return warehouse.query(warehouse.catalog.views["freshness"])


def gaps(warehouse: Warehouse, reporting_day: int, today: date | None) -> pd.DataFrame:
    """What is due and was not reported, newest first; of no day, whatever the data's months lack.

    One row per community, month and table: community, period, tbl, state, due_on.
    """
    return warehouse.query(
        warehouse.catalog.views["gaps"], today=today, reporting_day=reporting_day
    )


def read(warehouse: Warehouse, view: View, name: str, **params: object) -> pd.DataFrame:
    """A view of `queries/views/`, of exact or published values as the reader sees them.

    Where numbers of the view differ from their edition, `revised` tells which.
    """
    sql = warehouse.catalog.views[name]
    if view.published:
        # The published values have the same columns; small counts of people are withheld there.
        sql = sql.replace("metric_values", "published_values")
    values = warehouse.query(sql, **params)
    if view.revised.cells and {"metric", "community", "period"}.issubset(values):
        values["revised"] = [view.revised.has_row(row) for row in rows(values)]
    return values
