"""A community's series of one metric, judged by a control chart: what is real in it.

Only whole periods that were reported in full are judged: a part of a week has a low value because
it is short. Cases that need time (`matures_days`) are left out until they had it. Left-out values
stay gaps, so they enter no mean and no limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from lingti.catalog import DISTRICT, Metric
from lingti.district import District, Target, journal
from lingti.district.journal import Baseline
from lingti.judging import signals
from lingti.judging.periods import Period
from lingti.judging.signals import Better, ControlChart
from lingti.memo_cache import memoised
from lingti.warehouse.frames import plain, rows

_DAYS_OF = {"week": 7.0, "month": 365.25 / 12}


@dataclass(frozen=True)
class Series:
    """A judged series: `periods`, `values` and `states` run along the points of `chart`.

    `values` holds what was reported, also where it was too short or too young to be judged.
    """

    metric: Metric
    community: str
    grain: str
    periods: tuple[Period, ...]
    values: tuple[float | None, ...]
    states: tuple[str, ...]
    chart: ControlChart
    baseline: Baseline

    @property
    def latest(self) -> Period | None:
        """The period of the newest judged value."""
        return self.periods[self.chart.latest.position] if self.chart.latest else None

    @property
    def is_signal(self) -> bool:
        """Whether the newest value is more than ordinary variation."""
        return self.chart.variation in ("improving", "worsening", "special")


def judged(
    district: District, metric: Metric, frame: pd.DataFrame, until: dict[str, date]
) -> list[Series]:
    """One series per place of a frame as of `compare.over_time`, in its order.

    `until` is the newest day of each community's data. Baselines are those entered.
    """
    targets = journal.targets(district.home, district.targets, district.catalog)
    known = journal.baselines(district.home)
    places = [str(place) for place in dict.fromkeys(frame["community"])]
    return _judged(
        metric,
        frame,
        until,
        {place: _begins(district, place) for place in places},
        [one for one in targets if one.metric == metric.name],
        {key: one for key, one in known.items() if key[1] == metric.name},
    )


@memoised
def _judged(
    metric: Metric,
    frame: pd.DataFrame,
    until: dict[str, date],
    begins: dict[str, date],
    targets: list[Target],
    baselines: dict[tuple[str, str, str], Baseline],
) -> list[Series]:
    """`begins` is the first day of each place, `targets` and `baselines` those of the metric."""
    return [
        _series(
            metric,
            line,
            until.get(str(place), max(until.values(), default=date.min)),
            begins[str(place)],
            [one for one in targets if one.community == place],
            baselines.get((str(place), metric.name, str(line["grain"].iloc[0])), Baseline()),
        )
        for place, line in frame.groupby("community", sort=False)
    ]


def _series(
    metric: Metric,
    line: pd.DataFrame,
    until: date,
    begins: date,
    targets: Sequence[Target],
    chosen: Baseline,
) -> Series:
    found = rows(line)
    grain = str(found[0].grain)
    periods = tuple(_period(row) for row in found)
    settled = until - timedelta(days=metric.matures_days)
    judgeable = [
        plain(row.value)
        if row.state == "reported" and period.first_day >= begins and period.last_day <= settled
        else None
        for row, period in zip(found, periods, strict=True)
    ]
    chart = signals.control_chart(
        judgeable,
        better=_better(metric),
        target=_target_per_period(metric, begins, periods, targets),
        baseline=chosen.locked,
        rebase_at=[
            at
            for at, period in enumerate(periods)
            if at and period.id in {one.period for one in chosen.rebases}
        ],
    )
    return Series(
        metric=metric,
        community=str(found[0].community),
        grain=grain,
        periods=periods,
        values=tuple(plain(row.value) for row in found),
        states=tuple(str(row.state) for row in found),
        chart=chart,
        baseline=chosen,
    )


def _period(row: Any) -> Period:
    first, last = (pd.Timestamp(day).date() for day in (row.first_day, row.last_day))
    return Period(row.grain, row.period, first, last)


def _begins(district: District, place: str) -> date:
    if place == DISTRICT:
        return district.starts_on
    return max(district.starts_on, district.community(place).since)


def _better(metric: Metric) -> Better:
    return "up" if metric.better == "up" else "down" if metric.better == "down" else "none"


def _target_per_period(
    metric: Metric, begins: date, periods: Sequence[Period], targets: Sequence[Target]
) -> float | None:
    """What one period has to bring for the newest target of the place to be met; None without.

    A total is spread over the days of its target's period; a share or a duration holds as it is.
    Distinct counts and stocks say nothing about a single week. `targets` are those of the place.
    """
    years = [one for one in targets if one.period == periods[-1].id[:4]]
    if not years:
        return None
    if not metric.scalable:
        return years[-1].value
    if not metric.is_additive or periods[-1].grain not in _DAYS_OF:
        return None
    year = int(years[-1].period)
    days = (date(year, 12, 31) - max(date(year, 1, 1), begins)).days + 1
    return years[-1].value * _DAYS_OF[periods[-1].grain] / days
