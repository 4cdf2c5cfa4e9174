"""The share of the cases that have had their time, where those of the whole period have not yet.

A month in which half of the cases are a week old has a low share of cases done within two weeks.
The ripe ones alone tell something, and it is said that they are alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.judging.periods import Period, day_of
from lingti.language import gettext as _
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.frames import plain


@dataclass(frozen=True)
class Ripe:
    """A share of the cases from the first day of a period to `until`."""

    value: float
    until: date


def of(
    warehouse: Warehouse, metric: Metric, places: Iterable[str], period: Period
) -> dict[str, Ripe]:
    """Place → the share of its ripe cases; of places that have some, but not all, and no others.

    What the reader may not see exactly is left out.
    """
    if not metric.matures_days or metric.window != "period":
        return {}
    newest = _newest_days(warehouse)
    ends = {
        place: newest[place] - timedelta(days=metric.matures_days)
        for place in places
        if place in newest
    }
    first = period.first_day
    ripe = {place: day for place, day in ends.items() if first <= day < period.last_day}
    values = ask.over_spans(warehouse, metric, sorted({(first, day) for day in ripe.values()}))
    shares = {place: plain(values[place, first, day]["value"]) for place, day in ripe.items()}
    return {place: Ripe(share, ripe[place]) for place, share in shares.items() if share is not None}


@memoised
def _newest_days(warehouse: Warehouse) -> dict[str, date]:
    """The newest day of each place's data; the district's is that of who came last."""
    newest = {
        row["community"]: day_of(row["until"])
        for row in warehouse.rows(warehouse.catalog.views["freshness"])
        if row["until"]
    }
    return newest | ({DISTRICT: max(newest.values())} if newest else {})


def words(ripe: Ripe, metric: Metric) -> str:
    """What is said of it, as a sentence."""
    return _("Of the cases up to {day}, which have had their time: {value}.").format(
        day=number_text.day(ripe.until), value=number_text.measured_exact(ripe.value, metric)
    )
