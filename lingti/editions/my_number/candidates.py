"""What would make another number than there is, looked for kind by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lingti.catalog import DISTRICT
from lingti.district import District
from lingti.editions import held, keeping
from lingti.editions.my_number import days as other_days
from lingti.editions.my_number.typed import Mine
from lingti.judging.periods import Period
from lingti.judging.reporting import to_correct
from lingti.warehouse import Warehouse, ask, regrouped, superseded
from lingti.warehouse.ask import Question
from lingti.warehouse.regrouped import Part

# What is likelier comes first among those that give exactly the number.
KINDS = (
    *("unit", "thousand", "reported", "export", "with_export", "reading", "parts"),
    *("to_correct", "days_missing", "source", "file", "batch", "period", "days"),
    *("place", "with_place", "community", "once", "finding", "name_only"),
    *("month", "member", "metric", "with_metric", "day"),
)
UNITS = (10_000, 1000, 100, 60, 8, 0.0001)  # 万, 千, 百; minutes of an hour, hours of a day


@dataclass(frozen=True)
class Candidate:
    """What would make another number: of which kind, what of it is named, and the number it makes.

    `value` is None where it is not known: `rows_count` rows may. `rows` names where they are seen,
    as addresses do. `details` has what its words need.
    """

    kind: str
    value: float | None
    is_exact: bool
    rows_count: int | None = None
    rows: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)


class Seeker:
    """Looks for the candidates of one number, kind by kind."""

    def __init__(
        self,
        warehouse: Warehouse,
        settings: District,
        question: Question,
        period: Period,
        mine: Mine,
        ours: float | None,
        rows: list[dict[str, Any]],
    ) -> None:
        self.warehouse, self.settings, self.question = warehouse, settings, question
        self.period, self.mine, self.ours = period, mine, ours
        self.metric, self.place = question.metric, question.community or DISTRICT
        days = (period.first_day, period.last_day)
        below = rows[0]["denominator"] if rows and self.metric.by_population else None
        self.parts = regrouped.parts(warehouse, question, days, below)

    def candidates(self) -> Iterator[Candidate]:
        """Every candidate, whatever it gives."""
        yield from self._units()
        yield from self._reported()
        yield from self._exports()
        yield from self._readings()
        yield from self._parts()
        yield from self._to_correct()
        yield from self._days()
        yield from self._places()
        yield from self._metrics()

    def _candidate(
        self, kind: str, value: float | None, rows_count: int | None = None, **details: Any
    ) -> Candidate:
        rows = self._rows(**details.pop("rows", {}))
        return Candidate(kind, value, self.mine.is_like(value), rows_count, rows, details)

    def _rows(self, **other: str) -> dict[str, str]:
        """The address of the rows, other than those of the number where it is said."""
        of = self.period.id
        named = {"metric": self.metric.name, "place": self.place, "of": of}
        if self.question.members:
            named |= {"by": self.question.by or "", "member": self.question.members[0]}
        return {name: part for name, part in {**named, **other}.items() if part}

    def _units(self) -> Iterator[Candidate]:
        """The same number in another unit, or per 1,000 of the residents."""
        if not self.ours:
            return
        for times in UNITS if self.mine.value else ():  # nothing is nothing in every unit
            if self.mine.is_like(self.ours * times) or (
                times > 1 and self.mine.is_like(self.ours / times)
            ):
                yield self._candidate("unit", self.mine.value, times=times)
                return
        people = self.settings.community(self.place).residents if self.place != DISTRICT else None
        if people and self.metric.scalable:
            yield self._candidate("thousand", 1000 * self.ours / people, residents=people)

    def _reported(self) -> Iterator[Candidate]:
        """What editions have."""
        if self.question.span or len(self.question.members) > 1:
            return
        member = self.question.members[0] if self.question.members else None
        cell = (
            *(self.metric.name, self.place, self.period.grain, self.period.id),
            *(self.question.by if member else None, member),
        )
        for edition in reversed(keeping.editions(self.warehouse.home)):
            row = held.was(self.warehouse.home, edition, self.warehouse).get(cell)
            if row is not None and row["value"] is not None:
                yield self._candidate("reported", row["value"], edition=edition.name)

    def _exports(self) -> Iterator[Candidate]:
        """What exports say that another one took the place of, alone and beside what counts."""
        if self.question.members or self.place == DISTRICT:
            return
        days = (self.period.first_day, self.period.last_day)
        for export in superseded.exports(self.warehouse, self.metric, self.place, days):
            details = {"manifest": export.manifest, "withdrawn": export.withdrawn}
            yield self._candidate("export", export.value, export.rows_count, **details)
            if self.ours is not None:
                yield self._candidate(
                    "with_export", self.ours + export.value, export.rows_count, **details
                )

    def _readings(self) -> Iterator[Candidate]:
        """The same rows counted or added up otherwise, and the parts of a distinct count."""
        for reading in regrouped.readings(self.warehouse, self.question):
            kind = "once" if reading.how == "once" else "reading"
            yield self._candidate(kind, reading.value, how=reading.how, column=reading.column)
        if "distinct" not in self.metric.numerator or self.metric.denominator:
            return
        for kind in dict.fromkeys(part.kind for part in self.parts):
            if kind in ("finding", "name_only", "batch", "file", "source"):
                continue
            alone = [part.only or 0 for part in self.parts if part.kind == kind]
            if len(alone) > 1:
                yield self._candidate("parts", sum(alone), by=kind)

    def _parts(self) -> Iterator[Candidate]:
        """Without some of the rows, or these alone."""
        for part in self.parts:
            yield self._of_part(part, "without", part.without)
        for part in self.parts:
            if part.kind not in ("finding", "name_only", "day", "community"):
                yield self._of_part(part, "only", part.only)

    def _of_part(self, part: Part, how: str, value: float | None) -> Candidate:
        kind = part.kind if part.kind in KINDS else "member"
        rows = {
            "community": {"place": part.part},
            "day": {"of": f"{part.part}/{part.part}"},
            "month": {"of": part.part},
            "member": {"by": part.kind, "member": part.part},
        }.get(kind, {})
        details = {"how": how, "by": part.kind, "part": part.part}
        return self._candidate(kind, value, part.rows_count, rows=rows, **details)

    def _to_correct(self) -> Iterator[Candidate]:
        """Rows that wait to be corrected, and days that are missing."""
        span = (self.place, self.period.first_day, self.period.last_day)
        (count,) = to_correct.counts(self.warehouse, self.metric, [span])
        if count > 0:
            counted = self.metric.numerator == "count(*)" and not self.metric.denominator
            value = self.ours + count if counted and self.ours is not None else None
            if value is not None or self._may_be_more():
                yield self._candidate("to_correct", value, count)
        if self.ours is not None and self._may_be_more() and self._is_partial():
            yield self._candidate("days_missing", None)

    def _may_be_more(self) -> bool:
        """Whether more rows can make the number that somebody has."""
        is_sum = self.metric.denominator is None and self.metric.adds_up
        return not is_sum or self.ours is None or self.mine.value > self.ours

    def _is_partial(self) -> bool:
        rows = ask.values(self.warehouse, self.question)
        return bool(rows) and rows[0]["state"] == "partial"

    def _days(self) -> Iterator[Candidate]:
        """Other days: shifted, closed in the middle of a month, or of another period."""
        spans = list(dict.fromkeys(other_days.near(self.period, self.metric.window)))
        periods = other_days.around(self.period)
        # A range that is asked for twice is met twice.
        asked = dict.fromkeys([*spans, *(days for _code, days in periods)])
        values = self._in_spans(list(asked))
        details: dict[str, Any]
        for first, last in spans:
            details = {"first": first, "last": last, "begins": self.period.first_day}
            rows = {"of": f"{first}/{last}"}
            yield self._candidate("days", values.get((first, last)), rows=rows, **details)
        for code, (first, last) in periods:
            details = {"code": code, "first": first, "last": last}
            rows = {"of": f"{first}/{last}"}
            yield self._candidate("period", values.get((first, last)), rows=rows, **details)

    def _in_spans(self, spans: list[tuple[date, date]]) -> dict[tuple[date, date], float | None]:
        if not self.question.members:
            row_of = ask.over_spans(self.warehouse, self.metric, spans)
            return {days: row_of[self.place, *days]["value"] for days in spans
                    if (self.place, *days) in row_of}  # fmt: skip
        values = {}
        for days in spans:
            asked = Question(
                *(self.metric, self.place, None, None, days),
                *(self.question.by, self.question.members),
            )
            rows = ask.values(self.warehouse, asked)
            values[days] = rows[0]["value"] if rows else None
        return values

    def _places(self) -> Iterator[Candidate]:
        """The number of another place, and the two together."""
        asked = Question(**{**vars(self.question), "community": None})
        for row in ask.values(self.warehouse, asked):
            other, value = row["community"], row["value"]
            if other == self.place or value is None:
                continue
            rows = {"place": other}
            yield self._candidate("place", value, other=other, rows=rows)
            adds = self.metric.denominator is None and not self.metric.numerator.startswith(
                "median"
            )
            if adds and DISTRICT not in (other, self.place) and self.ours is not None:
                yield self._candidate("with_place", self.ours + value, other=other, rows=rows)

    def _metrics(self) -> Iterator[Candidate]:
        """Another metric of the same days, and the two together; only where they give the number"""
        if self.question.span or self.question.members or not self.mine.value:
            return
        rows = self.warehouse.rows(
            "select metric, value from metric_values where community = $place and grain = $grain"
            " and period = $period and dimension is null and value is not null order by metric",
            place=self.place,
            grain=self.period.grain,
            period=self.period.id,
        )
        known = self.warehouse.catalog.metrics
        for row in rows:
            other = known.get(row["metric"])
            if other is None or other.name == self.metric.name:
                continue
            named: dict[str, Any] = {"other": other.name, "rows": {"metric": other.name}}
            if self.mine.is_like(row["value"]):
                yield self._candidate("metric", row["value"], **named)
            alike = other.unit == self.metric.unit and other.scalable and self.metric.scalable
            both = (self.ours or 0) + row["value"]
            if alike and row["value"] and self.ours is not None and self.mine.is_like(both):
                yield self._candidate("with_metric", both, **named)
