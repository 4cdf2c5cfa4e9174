"""The sheets of the workbook as plain data: columns, and rows of texts, numbers and days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.ingest.checking.coverage import parse
from lingti.judging import number_text
from lingti.judging.standing.decision_words import standing_words
from lingti.language import Text
from lingti.language import gettext as _
from lingti.report import document_tables
from lingti.report.inputs import Material
from lingti.report.sentences import clerk, exact_numbers, verdicts
from lingti.warehouse.frames import plain, rows


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its heading, width in letters, and how its numbers are written."""

    title: str
    width: float = 14
    form: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows` hold texts, numbers, days, or None for an empty cell.

    `table` names its table in formulas. `printed` is how many of the rows are printed, None for
    all: of long sheets those of the main numbers, which come first.
    """

    name: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]
    table: str = "Table"
    printed: int | None = None


@dataclass(frozen=True)
class Number:
    """A number with the form that its metric is written in."""

    value: float
    form: str
    is_grey: bool = False


def number(value: Any, metric: Metric) -> Number | None:
    known = plain(value)
    return None if known is None else Number(known, _form(metric, [known]))


def _form(metric: Metric, values: Iterable[float]) -> str:
    if number_text.is_percent(metric):
        return "0.0%"
    return "#,##0" if all(value % 1 == 0 for value in values) else "#,##0.##"


def main_first(material: Material, place: str) -> list[Metric]:
    """The metrics that a place runs, those its documents are about before the others."""
    main = material.headlines(place)
    runs = material.runs(place)
    return [metric for metric in main if metric in runs] + [
        metric for metric in runs if metric not in main
    ]


def metrics(material: Material, place: str) -> Sheet:
    """One row per metric and place of the period."""
    places = material.view.places if place == DISTRICT else [place, DISTRICT]
    body = []
    for metric in material.runs(place):
        for community in places:
            row = material.totals[metric.name, community]
            rate = material.rates.get((metric.name, community))
            verdict = material.verdict(metric, community)
            body.append(
                (
                    metric.title.pick(),
                    metric.unit.pick(),
                    exact_numbers.short(material, community),
                    exact_numbers.period(material.view),
                    number(row.value, metric),
                    exact_numbers.state_cell(row),
                    number(row.previous, metric),
                    _change(material, metric, community),
                    _rate(rate),
                    verdicts.marked_verdict(verdict),
                    verdicts.points(verdict) or None,
                )
            )
    return Sheet(
        _("Metrics"),
        (
            Column(_("Metric"), 24),
            Column(_("Unit"), 8),
            Column(_("Community"), 14),
            Column(_("Period"), 14),
            Column(_("This period"), 12),
            Column(_("State"), 14),
            Column(_("Period before"), 12),
            Column(_("Change"), 12),
            Column(_("Per 1,000"), 12, "#,##0.00"),
            Column(_("Variation"), 14),
            Column(_("Other signals"), 34),
        ),
        body,
        "Metrics",
    )


def _change(material: Material, metric: Metric, place: str) -> Number | None:
    """The change against the period before, grey; none while the number is provisional."""
    change = number(material.totals[metric.name, place].change, metric)
    if change is None or material.is_provisional(metric, place):
        return None
    return replace(change, is_grey=True)


def _rate(rate: Any) -> Number | None:
    value = plain(rate.value) if rate is not None else None
    return None if value is None else Number(value, "#,##0.00")


def members(material: Material, place: str) -> Sheet:
    """One row per metric, dimension, member and place of the period.

    What is withheld in every part takes one row; where nothing else is left, the sheet says so.
    """
    body: list[tuple[Any, ...]] = []
    is_told = False
    printed: int | None = None
    main = material.headlines(place)
    for metric in main_first(material, place):
        if metric not in main and printed is None:
            printed = len(body)
        for dimension in metric.dimensions:
            frame = document_tables.of_place(material.by_member(metric.name, dimension), place)
            named = (
                metric.title.pick(),
                metric.unit.pick(),
                catalog.dimension_title(metric, dimension).pick(),
            )
            by_place: dict[str, list[Any]] = {}
            for row in rows(frame):
                by_place.setdefault(row.community, []).append(row)
            for community, part in by_place.items():
                where = exact_numbers.short(material, community)
                if all(row.state == "withheld" for row in part):
                    whole = (_("every part"), where, None, clerk.state("withheld"))
                    body.append((*named, *whole))
                    continue
                is_told = True
                body += [
                    (
                        *named,
                        catalog.member_title(metric, dimension, row.member).pick(),
                        where,
                        number(row.value, metric),
                        clerk.state(number_text.state_of(plain(row.value), row.state)),
                    )
                    for row in part
                ]
    if body and not is_told:
        sentence = _("All parts: {why}.").format(why=number_text.withheld())
        return Sheet(_("By part"), (Column(sentence, 80),), [])
    return Sheet(
        _("By part"),
        (
            Column(_("Metric"), 24),
            Column(_("Unit"), 8),
            Column(_("Parted by"), 14),
            Column(_("Part"), 24),
            Column(_("Community"), 14),
            Column(_("This period"), 12),
            Column(_("State"), 14),
        ),
        body,
        "Parts",
        printed,
    )


def targets(material: Material, place: str) -> Sheet:
    body = [
        (
            exact_numbers.short(material, target.place),
            target.metric.title.pick(),
            target.metric.unit.pick(),
            number_text.period(target.grain, target.period),
            number(target.target, target.metric),
            target.as_of,
            number(target.value, target.metric),
            Number(target.needed, "0.0%" if number_text.is_percent(target.metric) else "#,##0"),
            clerk.status_cell(target),
        )
        for target in material.targets
        if place in (DISTRICT, target.place)
    ]
    return Sheet(
        _("Targets"),
        (
            Column(_("Community"), 14),
            Column(_("Metric"), 24),
            Column(_("Unit"), 8),
            Column(_("Period"), 14),
            Column(_("Target"), 12),
            Column(_("As of"), 12),
            Column(_("Reached so far"), 12),
            Column(_("Asked by time"), 12),
            Column(_("State"), 16),
        ),
        body,
        "Targets",
    )


def decisions(material: Material, place: str) -> Sheet:
    body = [
        (
            exact_numbers.short(material, row.community),
            _day(row.day),
            _text(row.topic),
            _text(row.decision),
            _text(row.owner),
            _day(row.due_on),
            _day(row.done_on),
            standing_words(row.standing),
        )
        for row in rows(document_tables.of_place(material.decisions, place))
    ]
    return Sheet(
        _("Decisions"),
        (
            Column(_("Community"), 14),
            Column(_("Made on"), 12),
            Column(_("Topic"), 18),
            Column(_("Decision"), 36),
            Column(_("Post in charge"), 18),
            Column(_("Due by"), 12),
            Column(_("Done on"), 12),
            Column(_("State"), 14),
        ),
        body,
        "Decisions",
    )


def gaps(material: Material, place: str) -> Sheet:
    body = [
        (
            exact_numbers.short(material, row.community),
            number_text.period("month", row.period),
            exact_numbers.tables(material, [row.tbl])[0],
            clerk.state(row.state),
        )
        for row in rows(document_tables.of_place(material.gaps, place))
    ]
    head = (Column(_("Community"), 14), Column(_("Month"), 14), Column(_("Kind of data"), 20))
    return Sheet(_("Not reported"), (*head, Column(_("State"), 14)), body, "Gaps")


def findings(material: Material, place: str) -> Sheet:
    known = material.catalog.checks
    body = [
        (
            exact_numbers.short(material, row.community),
            known[row.check_name].title.pick(),
            float(row.in_period),
            float(row.so_far),
            known[row.check_name].definition.pick(),
            known[row.check_name].advice.pick(),
        )
        for row in rows(document_tables.of_place(material.findings, place))
    ]
    return Sheet(
        _("Findings"),
        (
            Column(_("Community"), 14),
            Column(_("Rule broken"), 28),
            Column(_("This period"), 10, "#,##0"),
            Column(_("So far"), 10, "#,##0"),
            Column(_("Definition"), 50),
            Column(_("What to do"), 50),
        ),
        body,
        "Findings",
    )


def definitions(material: Material, place: str) -> Sheet:
    better = {"up": _("higher is better"), "down": _("lower is better"), "none": _("neither")}
    body = [
        (
            metric.title.pick(),
            metric.unit.pick(),
            metric.definition.pick(),
            better[metric.better],
            float(metric.version),
            metric.name,
        )
        for metric in material.runs(place)
    ]
    return Sheet(
        _("Definitions"),
        (
            Column(_("Metric"), 24),
            Column(_("Unit"), 8),
            Column(_("Definition"), 80),
            Column(_("Better"), 14),
            Column(_("Version"), 8, "#,##0"),
            Column(_("Name"), 28),
        ),
        body,
        "Definitions",
    )


def coverage(material: Material, place: str) -> Sheet:
    body = [
        (
            exact_numbers.short(material, row.community),
            exact_numbers.tables(material, [row.tbl])[0],
            float(row.days_expected),
            float(row.days_reported),
            clerk.state(row.state),
        )
        for row in rows(document_tables.of_place(material.coverage, place))
    ]
    return Sheet(
        _("Coverage"),
        (
            Column(_("Community"), 14),
            Column(_("Kind of data"), 20),
            Column(_("Days expected"), 12, "#,##0"),
            Column(_("Days reported"), 12, "#,##0"),
            Column(_("State"), 14),
        ),
        body,
        "Coverage",
    )


def batches(material: Material, place: str) -> Sheet:
    body = [
        (
            float(row.batch),
            exact_numbers.short(material, row.community),
            Text(row.title_zh, row.title_en).pick(),
            str(row.files or ""),
            *_first_and_last(str(row.covers)),
            None if pd.isna(row.accepted) else float(row.accepted),
            pd.Timestamp(row.imported_at).date(),
        )
        for row in rows(document_tables.of_place(material.batches, place))
    ]
    return Sheet(
        _("Batches"),
        (
            Column(_("No."), 8, "#,##0"),
            Column(_("Community"), 14),
            Column(_("Kind of sheet"), 24),
            Column(_("Files"), 50),
            Column(_("Days covered from"), 12),
            Column(_("Days covered to"), 12),
            Column(_("Rows accepted"), 12, "#,##0"),
            Column(_("Imported on"), 12),
        ),
        body,
        "Batches",
    )


def _first_and_last(covers: str) -> tuple[date | None, date | None]:
    spans = parse(covers)
    if not spans:
        return None, None
    return min(span.first for span in spans), max(span.last for span in spans)


def _day(value: Any) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def _text(value: Any) -> str | None:
    return None if value is None or pd.isna(value) else str(value)
