"""How every community stands: its targets, the change that counts, what is overdue and missing.

The first screen, the deck and the briefing tell it; the sentence on it is in `standing_words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from lingti.catalog import DISTRICT, Metric
from lingti.district import District
from lingti.district.journal import Decision
from lingti.judging.period_values import View
from lingti.judging.periods import Period
from lingti.judging.standing import targets
from lingti.judging.standing.targets import Progress, Status
from lingti.judging.verdicts import verdicts
from lingti.judging.verdicts.verdict import VerdictCode
from lingti.judging.verdicts.verdicts import KeptVerdict, Key
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse

# The worst first.
_STATUSES: tuple[Status, ...] = (
    *("missed", "behind", "hangs_on_finding", "cannot_be_said", "unknown", "on_pace", "reached"),
)
_SIGNALS: tuple[VerdictCode, ...] = ("worsening", "improving", "changed")
SHORT_OF: tuple[Status, ...] = ("missed", "behind")


@dataclass(frozen=True)
class Overdue:
    """A decision that is not done, and by how many days it is late."""

    decision: Decision
    days: int


@dataclass(frozen=True)
class Standing:
    """How a place stands at the end of a period.

    `targets` are in order from the worst. `signals` are the verdicts of its main numbers that are
    more than ordinary variation, the one to tell first; `is_judged` says whether any of them could
    be judged; `within` are those that end ordinary and had a signal before. `overdue` begins with
    the longest overdue. `gaps` is how many months of how many tables are due and not there in full,
    `gap_months` which months; `owes` whether anything is expected of it at all.
    """

    place: str
    targets: tuple[Progress, ...] = ()
    signals: tuple[KeptVerdict, ...] = ()
    is_judged: bool = False
    overdue: tuple[Overdue, ...] = ()
    gaps: int = 0
    gap_months: tuple[str, ...] = ()
    within: tuple[KeptVerdict, ...] = ()
    owes: bool = True

    @property
    def change(self) -> KeptVerdict | None:
        """The one change that is more than ordinary variation, if there is any."""
        return self.signals[0] if self.signals else None

    @property
    def short_of(self) -> int:
        """How many targets are missed or behind."""
        return sum(target.status in SHORT_OF for target in self.targets)

    @property
    def concern(self) -> tuple[int, ...]:
        """The larger the more there is to look at: the worst community has the largest."""
        worse = sum(signal.verdict == "worsening" for signal in self.signals)
        return (self.short_of + worse + len(self.overdue), self.short_of, self.gaps)


def of(
    warehouse: Warehouse,
    district: District,
    view: View,
    periods: Mapping[str, Sequence[Period]],
    until: dict[str, date],
    gaps: pd.DataFrame,
    decisions: Iterable[Decision],
) -> list[Standing]:
    """How the communities of a view stand, in its order, and the district at the end.

    `until` is the newest day of each community's data, `gaps` as of `period_values.gaps`,
    `decisions` all that the reader may see. Of the district it is its own targets and decisions.
    """
    progress = targets.progress(warehouse, view, until)
    aims: dict[str, list[Progress]] = {}
    for aim in progress:
        aims.setdefault(aim.place, []).append(aim)
    verdicts_of = _verdicts(warehouse, district, view, judged_month(view, periods), aims)
    late = _overdue(decisions, day_told(view, until))
    missing = _missing(gaps, view, periods)
    owing = _owing(district, view.period)
    return [
        Standing(
            place,
            tuple(from_the_worst(aims.get(place, ()))),
            _signals(warehouse, its_verdicts),
            any(verdict.is_signal or verdict.verdict == "ordinary" for verdict in its_verdicts),
            tuple(late.get(place, ())),
            len(missing.get(place, ())),
            tuple(dict.fromkeys(missing.get(place, ()))),
            _within(warehouse, its_verdicts),
            place in owing or place == DISTRICT,
        )
        for place in view.places
        for its_verdicts in [verdicts_of.get(place, [])]
    ]


def day_told(view: View, until: Mapping[str, date]) -> date:
    """The day on which decisions are looked at: the period's end, if data reach so far."""
    return min(view.period.last_day, max(until.values(), default=view.period.last_day))


def judged_month(view: View, periods: Mapping[str, Sequence[Period]]) -> Period | None:
    """The month whose verdicts tell of a period: itself, or the last one of a longer period."""
    if view.period.grain == "month":
        return view.period
    ended = [period for period in periods["month"] if period.last_day <= view.period.last_day]
    return ended[-1] if ended else None


def main_metrics(
    district: District, place: str, aims: Mapping[str, Sequence[Progress]]
) -> list[str]:
    """The numbers by which a place is told: its headlines, those with a target, those in common."""
    own = () if place == DISTRICT else district.community(place).headlines
    aimed_at = [progress.metric.name for progress in aims.get(place, ())]
    known = district.catalog.metrics
    return [
        fromkey
        for fromkey in dict.fromkeys([*own, *aimed_at, *district.common])
        if fromkey in known
    ]


def _verdicts(
    warehouse: Warehouse,
    district: District,
    view: View,
    month: Period | None,
    aims: Mapping[str, Sequence[Progress]],
) -> dict[str, list[KeptVerdict]]:
    """Place → the verdicts of its main numbers, as its reader may see them."""
    if month is None:
        return {}
    names = {place: main_metrics(district, place, aims) for place in view.places}
    every = list(dict.fromkeys(name for of_it in names.values() for name in of_it))
    verdict_of: dict[Key, KeptVerdict] = {}
    for published in (False, True):
        seen = [place for place in view.places if view.opens(place) != published]
        if seen and every:
            verdict_of |= verdicts.of(warehouse, every, seen, month, published=published)
    return {
        place: [verdict_of[name, place] for name in of_it if (name, place) in verdict_of]
        for place, of_it in names.items()
    }


def _signals(warehouse: Warehouse, its_verdicts: Sequence[KeptVerdict]) -> tuple[KeptVerdict, ...]:
    """What is worse first; of metrics of the same facts, which rise together, the first."""
    known = warehouse.catalog.metrics
    once: dict[str, KeptVerdict] = {}
    for verdict in its_verdicts:
        if verdict.is_signal:
            once.setdefault(_facts(known[verdict.metric]), verdict)
    return tuple(sorted(once.values(), key=lambda verdict: _SIGNALS.index(verdict.verdict)))


def _within(warehouse: Warehouse, its_verdicts: Sequence[KeptVerdict]) -> tuple[KeptVerdict, ...]:
    """What is ordinary at the end of the period and was not within it; once of the same facts."""
    known = warehouse.catalog.metrics
    once: dict[str, KeptVerdict] = {}
    for verdict in its_verdicts:
        if verdict.signals and not verdict.is_signal:
            once.setdefault(_facts(known[verdict.metric]), verdict)
    return tuple(once.values())


def _facts(metric: Metric) -> str:
    return metric.facts.name


def from_the_worst(aims: Iterable[Progress]) -> list[Progress]:
    """Targets in order from the worst."""
    return sorted(aims, key=_from_the_worst)


def _from_the_worst(progress: Progress) -> tuple[int, float]:
    return (_STATUSES.index(progress.status), attained(progress))


def attained(progress: Progress) -> float:
    """Which part of a target is reached; of what is better low, how far it is kept. 0 unknown."""
    if progress.value is None:
        return 0.0
    if progress.metric.better == "down":
        return progress.target / progress.value if progress.value else 1.0
    return progress.value / progress.target if progress.target else 1.0


def _overdue(decisions: Iterable[Decision], on: date) -> dict[str, list[Overdue]]:
    overdue_of: dict[str, list[Overdue]] = {}
    for decision in decisions:
        if decision.day <= on and decision.standing(on) == "overdue" and decision.due_on:
            overdue_of.setdefault(decision.community, []).append(
                Overdue(decision, (on - decision.due_on).days)
            )
    return {
        place: sorted(late, key=lambda overdue: -overdue.days) for place, late in overdue_of.items()
    }


@memoised
def _months_ended(periods: Sequence[Period], last_day: date) -> set[str]:
    return {period.id for period in periods if period.last_day <= last_day}


def _owing(district: District, period: Period) -> set[str]:
    """The communities of which anything is expected for a period, or was before its end."""
    return {one.community for one in district.expected if one.from_day <= period.last_day}


def _missing(
    gaps: pd.DataFrame, view: View, periods: Mapping[str, Sequence[Period]]
) -> dict[str, list[str]]:
    """Place → the month of each table that is due by the period's end and not there in full."""
    ended = _months_ended(list(periods["month"]), view.period.last_day)
    months_of: dict[str, list[str]] = {}
    for community, period in zip(gaps["community"], gaps["period"], strict=True):
        if period in ended:
            months_of.setdefault(str(community), []).append(str(period))
    return months_of


def worst_first(standings: Iterable[Standing]) -> list[Standing]:
    """Those of communities, the one with the most to look at first; equal ones as they were."""
    of_communities = [standing for standing in standings if standing.place != DISTRICT]
    return sorted(of_communities, key=lambda standing: standing.concern, reverse=True)


def of_all(view: View, district: District) -> View:
    """The view with every community, also where a page shows some of many beside each other."""
    if not view.is_part:
        return view
    every = tuple(community.id for community in district.communities)
    return replace(view, communities=every, is_part=False)
