"""The verdicts that documents tell: those kept with the publication, as their reader may see them.

Nothing is judged here. Quarters and years have no verdict of their own but the signals of their
months, so these are read beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lingti.catalog import Metric
from lingti.judging.period_values import View
from lingti.judging.periods import Period
from lingti.judging.verdicts import verdicts
from lingti.judging.verdicts.verdicts import KeptVerdict, Key
from lingti.warehouse import Warehouse

PlaceVerdict = tuple[Metric, str, KeptVerdict]  # of a place


@dataclass(frozen=True)
class Verdicts:
    """The verdicts of a period. `months` holds those of its months, of a month or week itself."""

    warehouse: Warehouse
    view: View
    of_period: dict[Key, KeptVerdict]
    months: dict[Key, list[KeptVerdict]]

    def of(self, metric: Metric, place: str) -> KeptVerdict:
        """The verdict of a metric in a place; not judged where nothing is known of it."""
        key = (metric.name, place)
        if key not in self.of_period and self.view.period.grain == "week":
            self.of_period.update(
                _read(self.warehouse, self.view, [metric.name], [place], self.view.period)
            )
        if key not in self.of_period:
            period = self.view.period
            self.of_period[key] = KeptVerdict(
                *key, period.grain, period.id, "not_judged", "long_period"
            )
        return self.of_period[key]

    def of_months(self, metric: Metric, place: str) -> list[KeptVerdict]:
        """The verdicts of the months of the period, in order of time."""
        return self.months.get((metric.name, place)) or [self.of(metric, place)]

    def is_provisional(self, metric: Metric, place: str) -> bool:
        """Whether cases of the period, or days of it, are still to come: no change is told."""
        return self.of_months(metric, place)[-1].verdict == "provisional"


def read(
    warehouse: Warehouse, view: View, names: Sequence[str], months: Iterable[Period]
) -> Verdicts:
    """The verdicts of metrics in the view's places; `months` are all that there are.

    Those of a week are worked out one by one, when they are asked for.
    """
    period = view.period
    if period.grain == "week":
        return Verdicts(warehouse, view, {}, {})
    of_period = _read(warehouse, view, names, view.places, period)
    if period.grain == "month":
        return Verdicts(
            warehouse, view, of_period, {key: [kept] for key, kept in of_period.items()}
        )
    by_month: dict[Key, list[KeptVerdict]] = {}
    for month in months:
        if period.first_day <= month.first_day and month.last_day <= period.last_day:
            for key, verdict in _read(warehouse, view, names, view.places, month).items():
                by_month.setdefault(key, []).append(verdict)
    return Verdicts(warehouse, view, of_period, by_month)


def _read(
    warehouse: Warehouse, view: View, names: Sequence[str], places: Sequence[str], period: Period
) -> dict[Key, KeptVerdict]:
    """Each place's as its reader may see it: exact, or published."""
    by_key: dict[Key, KeptVerdict] = {}
    for published in (False, True):
        seen = [place for place in places if view.opens(place) != published]
        if seen:
            by_key |= verdicts.of(warehouse, names, seen, period, published=published)
    return by_key
