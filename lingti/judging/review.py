"""The weekly review (周会审): what a meeting goes through, in its order, for one week.

The week is one of the data, not of the calendar on the wall: a review of an old week shows what
was known then about decisions, returns and signals of that week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from lingti.catalog import Metric
from lingti.district import District
from lingti.district.journal import Decision
from lingti.judging.period_values import View
from lingti.judging.periods import Period
from lingti.judging.reporting.findings import Broken
from lingti.judging.verdicts import verdicts
from lingti.judging.verdicts.signal_count import SignalCount, counted
from lingti.judging.verdicts.verdict import Verdict
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
    of_places = [
        decision
        for decision in decisions
        if decision.community in places and decision.day <= week.last_day
    ]
    open_then = [
        place for place in of_places if place.done_on is None or place.done_on > week.last_day
    ]
    by_due = sorted(
        (decision for decision in open_then if decision.due_on is not None),
        key=lambda decision: (decision.due_on or date.max, decision.community),
    )
    next_end = week.last_day + timedelta(days=7)
    return Due(
        overdue=tuple(
            decision for decision in by_due if decision.due_on and decision.due_on < week.first_day
        ),
        this_week=tuple(
            decision
            for decision in by_due
            if decision.due_on and week.first_day <= decision.due_on <= week.last_day
        ),
        next_week=tuple(
            decision
            for decision in by_due
            if decision.due_on and week.last_day < decision.due_on <= next_end
        ),
        done=tuple(
            place
            for place in of_places
            if place.done_on is not None and week.first_day <= place.done_on <= week.last_day
        ),
    )


@dataclass(frozen=True)
class WeekSignal:
    """A community's number of the week that is a signal, with the point that decides."""

    metric: Metric
    community: str
    value: float | None
    verdict: Verdict


def new_signals(
    warehouse: Warehouse, district: District, view: View
) -> tuple[list[WeekSignal], SignalCount]:
    """The signals of the view's week among the communities' own numbers, and how many there are.

    Of published values nothing is said by the week: it is too small.
    """
    if view.published:
        return [], SignalCount(0, 0)
    known = warehouse.catalog.metrics
    names = dict.fromkeys(
        name for community in district.communities for name in community.headlines
    )
    chosen = [known[name] for name in names if name in known and known[name].window == "period"]
    verdict_of = {
        (metric.name, place): verdicts.judged(warehouse, district, metric, place, view.period)
        for metric in chosen
        for place in view.communities
    }
    signals = [
        WeekSignal(known[name], place, verdict.judged.value if verdict.judged else None, verdict)
        for (name, place), verdict in verdict_of.items()
        if verdict.is_signal
    ]
    return signals, counted(
        warehouse.catalog, ((*key, verdict.verdict) for key, verdict in verdict_of.items())
    )


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
