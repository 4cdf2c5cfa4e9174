"""The weekly review (周会审): what a meeting goes through, in its order, for one week.

The week is one of the data, not of the calendar on the wall: a review of an old week shows what
was known then about decisions, returns and signals of that week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.district.journal import Decision
from lingti.judging import period_values
from lingti.judging.findings import Broken
from lingti.judging.judged_series import Series, judged
from lingti.judging.period_values import View
from lingti.judging.periods import Period, Trail
from lingti.warehouse import Warehouse


@dataclass(frozen=True)
class Due:
    """Decisions by how they stand at the end of a week."""

    overdue: tuple[Decision, ...]
    this_week: tuple[Decision, ...]
    next_week: tuple[Decision, ...]
    done: tuple[Decision, ...]


def due(decisions: Sequence[Decision], week: Period, places: Sequence[str]) -> Due:
    """What is overdue before the week, due in it or in the next one, and what it saw done."""
    of_places = [one for one in decisions if one.community in places and one.day <= week.last_day]
    open_then = [one for one in of_places if one.done_on is None or one.done_on > week.last_day]
    by_due = sorted(
        (one for one in open_then if one.due_on is not None),
        key=lambda one: (one.due_on or date.max, one.community),
    )
    next_end = week.last_day + timedelta(days=7)
    return Due(
        overdue=tuple(one for one in by_due if one.due_on and one.due_on < week.first_day),
        this_week=tuple(
            one for one in by_due if one.due_on and week.first_day <= one.due_on <= week.last_day
        ),
        next_week=tuple(
            one for one in by_due if one.due_on and week.last_day < one.due_on <= next_end
        ),
        done=tuple(
            one
            for one in of_places
            if one.done_on is not None and week.first_day <= one.done_on <= week.last_day
        ),
    )


def new_signals(
    warehouse: Warehouse,
    district: District,
    view: View,
    begin: date,
    until: dict[str, date],
    week: Period,
) -> list[Series]:
    """The communities' own weekly numbers whose newest judged week is this one and stands out."""
    known = warehouse.catalog.metrics
    names = [
        name
        for name in dict.fromkeys(name for one in district.communities for name in one.headlines)
        if known[name].window == "period"
    ]
    frame = period_values.over_time(warehouse, view, names, Trail("week", begin))
    found = [
        series
        for name in names
        for series in judged(district, known[name], frame[frame["metric"] == name], until)
    ]
    return [
        one
        for one in found
        if one.community != DISTRICT and one.is_signal and one.latest and one.latest.id == week.id
    ]


def new_findings(week: Period, places: Sequence[str]) -> Broken:
    """The findings whose rows lie in the week."""
    return Broken(places, days=(week.first_day, week.last_day))


def overdue_concerns(warehouse: Warehouse, week: Period, places: Sequence[str]) -> pd.DataFrame:
    """Concerns unresolved over their limit at the week's end, by community and kind.

    One row per community and kind: community, category, concerns, oldest (the day raised), batch
    rows behind them by the metric `concerns_overdue`.
    """
    return warehouse.query(
        warehouse.catalog.views["overdue_concerns"], on=week.last_day, places=list(places)
    )
