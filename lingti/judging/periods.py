"""The periods of a warehouse: the newest complete one, the one before, and what leads to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse
from lingti.warehouse.frames import rows

GRAINS = ("week", "month", "jan-feb", "quarter", "year", "programme")
LONGER = ("half-year", "year-to-date")  # not stored; worked out for a document of one


@dataclass(frozen=True)
class Period:
    """A period of a grain; `id` is `2024-06`, `2024-Q2`, `2024`, `2024-W23` or `programme`.

    January and February together are `2024-JF`, of the grain `jan-feb`.
    """

    grain: str
    id: str
    first_day: date
    last_day: date


def periods_of(warehouse: Warehouse) -> dict[str, list[Period]]:
    """Every period of the warehouse by grain, in order of time."""
    return _by_grain(warehouse.query(warehouse.catalog.views["periods"]))


@memoised
def _by_grain(frame: pd.DataFrame) -> dict[str, list[Period]]:
    by_grain: dict[str, list[Period]] = {grain: [] for grain in (*GRAINS, *LONGER)}
    for row in rows(frame):
        by_grain[row.grain].append(
            Period(row.grain, row.period, day_of(row.first_day), day_of(row.last_day))
        )
    return by_grain


def latest_complete(of_grain: Sequence[Period], until: Sequence[date | None]) -> Period:
    """The newest period that at least half of the communities have reported to its end.

    `until` holds the newest day of each community. Where no period is complete, the first one.
    """
    known = sorted((day for day in until if day), reverse=True)
    reached = known[(len(known) - 1) // 2] if known else date.min
    done = [period for period in of_grain if period.last_day <= reached]
    return (done or of_grain)[-1 if done else 0]


def period_before(period: Period, of_grain: Sequence[Period]) -> Period | None:
    """The period of the same grain right before it, if the warehouse has it.

    Before a year to date that is the year before up to the same month.
    """
    if period.grain == "year-to-date":
        named = f"{int(period.id[:4]) - 1}{period.id[4:]}"
        return next((one for one in of_grain if one.id == named), None)
    earlier = [one for one in of_grain if one.last_day < period.first_day]
    return earlier[-1] if earlier else None


@dataclass(frozen=True)
class Trail:
    """The stretch of time that leads to a period: every period of `grain` from `since` on."""

    grain: str
    since: date


def trail_to(period: Period, of: dict[str, list[Period]], most: int = 12) -> Trail:
    """What to draw over time: the last `most` periods up to one; of a year or all, its months.

    `of` are the periods of the warehouse by grain.
    """
    if period.grain in ("year", "programme", *LONGER):
        return Trail("month", period.first_day)
    leading = [one for one in of[period.grain] if one.last_day <= period.last_day]
    return Trail(period.grain, leading[-most:][0].first_day)


def periods_along(trail: Trail, period: Period, of: dict[str, list[Period]]) -> list[Period]:
    """The periods of a trail that leads to a period, in order of time."""
    last = period.last_day
    return [one for one in of[trail.grain] if trail.since <= one.last_day <= last]


def if_whole(period: Period | None, of: dict[str, list[Period]]) -> Period | None:
    """The period, unless it began before the programme did: then it is shorter than others.

    `of` are the periods of the warehouse by grain. A change is told between periods of one length.
    """
    start = min((one.first_day for one in of["programme"]), default=date.min)
    return period if period is not None and period.first_day >= start else None


def day_of(value: object) -> date:
    """A day of a frame as a plain one."""
    return pd.Timestamp(str(value)).date()
