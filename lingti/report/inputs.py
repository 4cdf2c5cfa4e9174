"""What the documents of a district and a period say, read once; the same for every language.

Every number comes from the warehouse by `compare`, so that documents and pages cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from lingti import catalog
from lingti.catalog import DISTRICT, Catalog, Metric
from lingti.district import Community, District
from lingti.judging import annotations as annotations_module
from lingti.judging import number_text, period_values
from lingti.judging.between import told_apart
from lingti.judging.between.told_apart import Comparison
from lingti.judging.changes import changes
from lingti.judging.changes.changes import Explained
from lingti.judging.period_values import MOST_BESIDE, View
from lingti.judging.periods import Period, trail_to
from lingti.judging.standing import standing, targets
from lingti.judging.standing.standing import Standing
from lingti.judging.standing.targets import Progress
from lingti.judging.verdicts import ripe
from lingti.judging.verdicts.ripe import Ripe
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.report import decisions as decisions_module
from lingti.report import verdicts
from lingti.report.verdicts import Verdicts
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.ask import Tally
from lingti.warehouse.frames import rows

KEPT = 4  # places of many whose material is kept, for a preview and its download


@dataclass(frozen=True)
class Material:
    """A district's data in a period. `published` leaves out small counts of people.

    `warehouse` has the numbers, `lists` the decisions that its reader may see. `edition` is the one
    they are of, or that came before; `revised` numbers differ from it, and are not final.
    """

    district: District
    warehouse: Warehouse
    view: View
    periods: dict[str, list[Period]] = field(repr=False)
    today: date
    lists: Warehouse
    edition: str = ""
    revised: int = 0

    def of(self, place: str) -> Material:
        """The same for the documents of one place; all of it where communities are few.

        In a district of many the documents of a community are read for it alone, and those of the
        district name the communities with the most residents.
        """
        communities = self.district.communities
        if len(communities) <= MOST_BESIDE:
            return self
        largest = sorted(communities, key=lambda community: -(community.residents or 0))[
            :MOST_BESIDE
        ]
        named = {community.id for community in largest} if place == DISTRICT else {place}
        ids = tuple(community.id for community in communities if community.id in named)
        if ids == self.view.communities:
            return self
        if place not in self._narrowed:
            if len(self._narrowed) >= KEPT:
                self._narrowed.pop(next(iter(self._narrowed)))
            view = replace(self.view, communities=ids, is_part=True)
            self._narrowed[place] = replace(self, view=view)
        return self._narrowed[place]

    @cached_property
    def _narrowed(self) -> dict[str, Material]:
        return {}

    @property
    def published(self) -> bool:
        """Whether small counts of people are withheld."""
        return self.view.published

    @property
    def catalog(self) -> Catalog:
        """The tables, metrics and rules of the home."""
        return self.warehouse.catalog

    @cached_property
    def totals(self) -> dict[tuple[str, str], Any]:
        """(metric, place) → the row of `period_values.totals` of the period."""
        frame = period_values.totals(self.warehouse, self.view, self.catalog.metrics)
        return {(row.metric, row.community): row for row in rows(frame)}

    @cached_property
    def rates(self) -> dict[tuple[str, str], Any]:
        """(metric, place) → the same per 1,000 residents, of metrics that can be put so."""
        names = [name for name, metric in self.catalog.metrics.items() if metric.scalable]
        view = replace(self.view, previous=None, per="residents")
        frame = period_values.totals(self.warehouse, view, names)
        return {(row.metric, row.community): row for row in rows(frame)}

    @cached_property
    def history(self) -> pd.DataFrame:
        """Every metric and place over the charts' periods, as of `period_values.over_time`."""
        along = trail_to(self.view.period, self.periods)
        return period_values.over_time(self.warehouse, self.view, self.catalog.metrics, along)

    @cached_property
    def targets(self) -> list[Progress]:
        """How the targets stand at the period's end."""
        progress = targets.progress(self.warehouse, self.view, self.until)
        return [aim for aim in progress if aim.place in self.view.places]

    @cached_property
    def standings(self) -> list[Standing]:
        """How every community stands, as on the first screen, and the district at the end."""
        mine = self.lists.reader_view.exact
        decided = [
            decision
            for decision in annotations_module.decisions(self.lists)
            if mine is None or decision.community in mine
        ]
        every = standing.of_all(self.view, self.district)
        return standing.of(
            *(self.warehouse, self.district, every, self.periods),
            *(self.until, self._all_gaps, decided),
        )

    @cached_property
    def until(self) -> dict[str, date]:
        """The newest day that each community has reported; those that never did are left out."""
        return {
            row.community: pd.Timestamp(row.until).date()
            for row in rows(period_values.freshness(self.warehouse))
            if not pd.isna(row.until)
        }

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """One row per decision open, overdue, or done in the period; see the view of that name.

        With those entered on pages, also of the district.
        """
        return decisions_module.together(self.exported, self._entered, list(self.view.communities))

    @cached_property
    def exported(self) -> pd.DataFrame:
        """Those of the communities' own lists only."""
        return decisions_module.imported(self._days("report_decisions", self.lists))

    def entered(self, place: str) -> pd.DataFrame:
        """The decisions of a place that were entered on pages; the district's are all."""
        frame = self._entered
        return frame if place == DISTRICT else frame[frame["community"] == place]

    @cached_property
    def _entered(self) -> pd.DataFrame:
        frame = decisions_module.entered(self.district.home, self.view.period, self.today)
        mine = self.lists.reader_view.exact
        return frame if mine is None else frame[frame["community"].isin(mine)]

    @cached_property
    def findings(self) -> pd.DataFrame:
        """One row per community and rule that the data break: in_period, so_far."""
        return self._days("report_findings")

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """One row per community and table expected in the period: days, state."""
        return self._days("report_coverage")

    @cached_property
    def batches(self) -> pd.DataFrame:
        """One row per batch that counts in the period; a published document tells no rows."""
        frame = self._days("report_batches")
        shut = [not self.view.opens(place) for place in frame["community"]]
        return frame.assign(accepted=frame["accepted"].mask(pd.Series(shut, frame.index)))

    def _days(self, view: str, data: Warehouse | None = None) -> pd.DataFrame:
        period = self.view.period
        return self._looked_at(
            (data or self.warehouse).query(
                self.catalog.views[view], first=period.first_day, last=period.last_day
            )
        )

    def _looked_at(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of the communities that the documents name."""
        if not self.view.is_part:
            return frame
        return frame[frame["community"].isin(self.view.communities)]

    @cached_property
    def gaps(self) -> pd.DataFrame:
        """Months due by the period's end and not reported, the newest first."""
        return self._looked_at(self._all_gaps)

    @cached_property
    def behind(self) -> int:
        """How many communities, named or not, have such months."""
        return self._all_gaps["community"].nunique()

    @cached_property
    def _all_gaps(self) -> pd.DataFrame:
        frame = period_values.gaps(self.warehouse, self.district.reporting_day, self.today)
        last_day = self.view.period.last_day
        ended = [period.id for period in self.periods["month"] if period.last_day <= last_day]
        return frame[frame["period"].isin(ended)]

    def by_member(self, metric: str, dimension: str) -> pd.DataFrame:
        """A metric by the members of a dimension, as of `period_values.by_member`; asked once."""
        if (metric, dimension) not in self._members:
            self._members[metric, dimension] = period_values.by_member(
                self.warehouse, self.view, metric, dimension
            )
        return self._members[metric, dimension]

    @cached_property
    def _members(self) -> dict[tuple[str, str], pd.DataFrame]:
        """All of them at once: a document asks for most of them."""
        if self.view.per != "total":
            return {}
        return period_values.all_members(self.warehouse, self.view)

    def tally(self, metric: str, place: str) -> Tally:
        """What the rows behind a metric's number in the period add up to; asked once."""
        if (metric, place) not in self._tallies:
            period = self.view.period
            known = self.catalog.metrics[metric]
            question = ask.Question(known, place, period.grain, period.id)
            self._tallies[metric, place] = ask.tally(self.warehouse, question)
        return self._tallies[metric, place]

    @cached_property
    def _tallies(self) -> dict[tuple[str, str], Tally]:
        return {}

    @cached_property
    def verdicts(self) -> Verdicts:
        """What may be said of every number of the period."""
        names = list(self.catalog.metrics)
        return verdicts.read(self.warehouse, self.view, names, self.periods["month"])

    @cached_property
    def compared(self) -> dict[str, Comparison]:
        """Metric → how communities can be told apart in the period, as the reader may know it."""
        names = list(self.catalog.metrics)
        return told_apart.of(self.warehouse, names, self.view.period, published=self.view.published)

    def verdict(self, metric: Metric, place: str) -> KeptVerdict:
        """The one verdict of a metric's number in a place."""
        return self.verdicts.of(metric, place)

    def is_provisional(self, metric: Metric, place: str) -> bool:
        """Whether a number may still change, so that no change of it is told."""
        return self.verdicts.is_provisional(metric, place)

    def explained(self, metric: Metric, place: str) -> Explained | None:
        """What the change of a number against the period before is made of; None of no change.

        As its reader may see it; asked once.
        """
        key = (metric.name, place)
        if self.view.previous is None or self.is_provisional(metric, place):
            return None
        if self.view.is_part and place == DISTRICT:  # its parts are all communities, not the named
            return None
        if key not in self._explained:
            self._explained[key] = changes.explained(
                self.warehouse,
                metric,
                place,
                self.view.previous,
                self.view.period,
                published=not self.view.opens(place),
            )
        return self._explained[key]

    @cached_property
    def _explained(self) -> dict[tuple[str, str], Explained]:
        return {}

    def ripe(self, metric: Metric, place: str) -> Ripe | None:
        """The share of the ripe cases of a provisional number that its reader sees exactly."""
        if not self.view.opens(place) or not self.is_provisional(metric, place):
            return None
        return ripe.of(self.warehouse, metric, [place], self.view.period).get(place)

    def community(self, place: str) -> Community | None:
        """The settings of a community; None for the district."""
        return None if place == DISTRICT else self.district.community(place)

    def runs(self, place: str) -> list[Metric]:
        """The metrics that a place runs in the period, in the catalogue's order by theme.

        A metric that is newer than the warehouse is left out until the next build.
        """
        return [
            metric
            for metric in _by_theme(self.catalog.metrics.values())
            if (metric.name, place) in self.totals
            and self.totals[metric.name, place].state not in number_text.IDLE
        ]

    def headlines(self, place: str) -> list[Metric]:
        """The metrics that its documents are about: its own headlines, or those in common.

        To those in common the district adds the first headline of each community.
        """
        community = self.community(place)
        common = self.district.common
        names: Sequence[str] = common
        if community is not None:
            names = community.headlines or common
        else:
            firsts = [
                community.headlines[0]
                for community in self.district.communities
                if community.headlines
            ]
            names = list(dict.fromkeys([*common, *firsts]))
        return [self.catalog.metrics[name] for name in names]


def _by_theme(metrics: Any) -> list[Metric]:
    """The metrics grouped by theme, the themes in the order of the menu."""
    return sorted(metrics, key=lambda metric: (catalog.group_place(metric.group), metric.name))
