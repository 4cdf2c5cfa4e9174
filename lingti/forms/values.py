"""The numbers that go into a form, from the warehouse as who asks may see it; or why there is none.

A number is what `ask.values` says of a metric, a place, a period and a member; nothing is worked
out here but the change between two of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from lingti.catalog import DISTRICT, UNFILLED, Metric, member_title
from lingti.district import District
from lingti.forms.reading.row_kinds import squeezed
from lingti.forms.reported import Editions, Reported
from lingti.forms.understanding import times
from lingti.forms.understanding.cells import Reading
from lingti.judging.periods import Period, periods_of
from lingti.judging.reporting import reporting
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.ask import Question

# States in which there is no number to fill in.
_WITHOUT = ("not_run", "not_expected", "not_reported", "withheld", "not_computable")


@dataclass(frozen=True)
class Number:
    """A number as the warehouse has it, and as an edition has it; without one, `code` says why."""

    raw: float | None
    state: str
    code: str = ""
    reported: Reported | None = None


@dataclass
class Numbers:
    """Answers for one form; each question is asked once."""

    warehouse: Warehouse
    district: District
    published: bool = False
    _asked: dict[tuple[str, str, str], dict[tuple[str, str], dict[str, Any]]] = field(
        default_factory=dict
    )
    _had: dict[tuple[str, str], frozenset[tuple[str, str]]] = field(default_factory=dict)
    _until: dict[str, date] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._editions = Editions(self.warehouse, self.published)

    def number(self, reading: Reading) -> Number:
        """The number that a reading asks for."""
        assert reading.period is not None
        if not reading.change:
            return self._with_edition(reading, self._of(reading, reading.period))
        earlier = times.year_before if reading.change == "yoy" else times.before
        now, then = self._of(reading, reading.period), self._of(reading, earlier(reading.period))
        if now.raw is None or then.raw is None:
            return now if now.raw is None else then
        if reading.difference:
            return Number(now.raw - then.raw, now.state)
        if not then.raw:
            return Number(None, now.state, "nothing")
        return Number((now.raw - then.raw) / then.raw, now.state)

    def _with_edition(self, reading: Reading, number: Number) -> Number:
        if number.raw is None or reading.period is None:
            return number
        cell = reading.metric, reading.place, reading.period, reading.dimension, reading.member
        return replace(number, reported=self._editions.reported(*cell, number.raw))

    def _of(self, reading: Reading, period: Period) -> Number:
        metric = self.warehouse.catalog.metrics[reading.metric]
        if self.published and period.grain not in ("month", "quarter", "year"):
            return Number(None, "withheld", "withheld")
        total = self._rows(metric, period, "").get((reading.place, ""))
        if total is None:
            return Number(None, "not_reported", "not_reported")
        state = str(total["state"])
        if state in _WITHOUT:
            return Number(None, state, state)
        if state == "partial":
            return Number(None, state, "not_reported")
        if self._is_provisional(metric, reading.place, period):
            return Number(None, state, "provisional")
        if self._is_to_correct(metric, reading.place, period):
            return Number(None, state, "to_correct")
        row = total
        if reading.dimension:
            by_member = self._rows(metric, period, reading.dimension)
            row = by_member.get((reading.place, reading.member), {})
            if not row:
                return self._without_rows(metric, reading)
        if row["state"] == "withheld":
            return Number(None, "withheld", "withheld")
        if row["value"] is None:
            return Number(None, state, "nothing")
        return Number(float(row["value"]), state)

    def _without_rows(self, metric: Metric, reading: Reading) -> Number:
        """A member that the place has had, and not now, is 0; one it never had is not known."""
        if metric.when_none != 0:
            return Number(None, "reported", "nothing")
        if (reading.place, reading.member) in self._members_had(metric.name, reading.dimension):
            return Number(0.0, "reported")
        return Number(None, "reported", "ambiguous")

    def _members_had(self, metric: str, dimension: str) -> frozenset[tuple[str, str]]:
        key = metric, dimension
        if key not in self._had:
            rows = self.warehouse.rows(
                "select distinct community, member from metric_values"
                " where metric = $metric and dimension = $dimension",
                metric=metric,
                dimension=dimension,
            )
            self._had[key] = frozenset((row["community"], row["member"]) for row in rows)
        return self._had[key]

    def members_of(self, metric: str, dimension: str, place: str) -> frozenset[str]:
        """The members of a dimension that a place has had."""
        return frozenset(m for p, m in self._members_had(metric, dimension) if p == place)

    def _rows(
        self, metric: Metric, period: Period, dimension: str
    ) -> dict[tuple[str, str], dict[str, Any]]:
        """(place, member) → the row of a metric; of totals the member is ""."""
        key = metric.name, period.id, dimension
        if key not in self._asked:
            is_range = period.grain == "range"
            stored = Question(
                metric,
                grain=period.grain,
                period=period.id,
                by=dimension or None,
                published=self.published,
            )
            in_days = Question(
                metric, span=(period.first_day, period.last_day), by=dimension or None
            )
            rows = [] if is_range else ask.values(self.warehouse, stored)
            if not rows and not self.published:  # days that no period of the warehouse has
                rows = ask.values(self.warehouse, in_days)
            self._asked[key] = {(row["community"], row["member"] or ""): row for row in rows}
        return self._asked[key]

    def _is_provisional(self, metric: Metric, place: str, period: Period) -> bool:
        """Whether cases of a period have not had their time yet."""
        if not metric.matures_days:
            return False
        if not self._until:
            rows = self.warehouse.query(self.warehouse.catalog.views["freshness"])
            self._until = {
                str(row["community"]): day.date()
                for row in rows.to_dict("records")
                if (day := row["until"]) == day and day is not None
            }
        settled = period.last_day + timedelta(days=metric.matures_days)
        until = self._until.get(place) or min(self._until.values(), default=date.min)
        return until < settled

    def _is_to_correct(self, metric: Metric, place: str, period: Period) -> bool:
        """Whether rows that its numbers rest on wait to be corrected."""
        if not self.warehouse.rows("select 1 as there from batches where quarantined > 0 limit 1"):
            return False
        months = [
            month
            for month in periods_of(self.warehouse)["month"]
            if month.first_day <= period.last_day and month.last_day >= period.first_day
        ]
        returns = reporting.returns(self.warehouse, self.district, months, self.district.today)
        return any(
            owed.to_correct and place in (DISTRICT, owed.community) and owed.table in metric.tables
            for owed in returns
        )


def members_of(warehouse: Warehouse) -> Mapping[str, frozenset[tuple[str, str, str]]]:
    """The names of members → the metrics, dimensions and members they are."""
    by_name: dict[str, set[tuple[str, str, str]]] = {}
    for row in warehouse.rows(
        "select distinct metric, dimension, member from metric_values"
        " where community = $district and grain = 'year' and dimension is not null",
        district=DISTRICT,
    ):
        metric = warehouse.catalog.metrics.get(row["metric"])
        if metric is None or row["member"] == UNFILLED:
            continue
        member_key = (row["metric"], row["dimension"], row["member"])
        title = member_title(metric, row["dimension"], row["member"])
        for name in {row["member"], title.zh, title.en}:
            by_name.setdefault(squeezed(name), set()).add(member_key)
    return {name: frozenset(members) for name, members in by_name.items()}
