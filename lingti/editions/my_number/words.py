"""What makes another number, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from lingti.catalog import Metric, dimension_title, member_title
from lingti.editions.my_number.candidates import Candidate
from lingti.ingest.keeping.batches import Manifest
from lingti.judging import number_text
from lingti.judging import rows as judged_rows
from lingti.language import current
from lingti.language import gettext as _
from lingti.warehouse import Warehouse

Name = Callable[[str], str]  # a place's name


def candidate_words(warehouse: Warehouse, metric: Metric, candidate: Candidate, name: Name) -> str:
    """What would make the number, in a few words."""
    details = candidate.details
    words_of = {
        "unit": lambda: _("the same in another unit, by {times}").format(
            times=number_text.exact(details["times"], 4, trim=True)
        ),
        "thousand": lambda: _("per 1,000 of {count} residents").format(
            count=number_text.exact(details["residents"])
        ),
        "reported": lambda: _("as it was reported in edition {edition}").format(**details),
        "export": lambda: _export(details["manifest"], withdrawn=details["withdrawn"]),
        "with_export": lambda: _("together with {export}").format(
            export=_export(details["manifest"], withdrawn=details["withdrawn"])
        ),
        "reading": lambda: _reading(metric, details),
        "parts": lambda: _("the numbers by {by} added up: who is in several counts in each").format(
            by=_by(metric, details["by"])
        ),
        "to_correct": lambda: _("with the rows to correct, which do not count"),
        "days_missing": lambda: _("with the days that were not sent"),
        "days": lambda: _("counted from {first} to {last}").format(**_days(details)),
        "period": lambda: _period(details),
        "place": lambda: _("the number of {place}").format(place=name(details["other"])),
        "with_place": lambda: _("together with the number of {place}").format(
            place=name(details["other"])
        ),
        "once": lambda: _("rows alike in every column counted once"),
        "metric": lambda: _("another number: {title}").format(title=_title(warehouse, details)),
        "with_metric": lambda: _("together with another number: {title}").format(
            title=_title(warehouse, details)
        ),
    }
    return (
        words_of[candidate.kind]()
        if candidate.kind in words_of
        else _part(warehouse, metric, candidate, name)
    )


def _part(warehouse: Warehouse, metric: Metric, candidate: Candidate, name: Name) -> str:
    """Without some of the rows, or these alone."""
    if candidate.kind == "finding":
        return _("without rows that a rule finds fault with")
    if candidate.kind == "name_only":
        return _("without persons known by their name only")
    part = str(candidate.details["part"])
    named = {
        "source": lambda: _("source {name}").format(name=_source(warehouse, part)),
        "file": lambda: _file(warehouse, part),
        "batch": lambda: _("batch {number}").format(number=part),
        "community": lambda: name(part),
        "month": lambda: number_text.period("month", part),
        "day": lambda: number_text.day(date.fromisoformat(part)),
    }
    what = (
        named[candidate.kind]()
        if candidate.kind in named
        else _("{dimension} {member}").format(
            dimension=dimension_title(metric, candidate.details["by"]).pick(),
            member=member_title(metric, candidate.details["by"], part).pick(),
        )
    )
    if candidate.details["how"] == "only":
        return _("{part} alone").format(part=what)
    return _("without {part}").format(part=what)


def _by(metric: Metric, kind: str) -> str:
    names = {"day": _("day"), "month": _("month"), "community": _("community")}
    return names.get(kind) or dimension_title(metric, kind).pick()


def _reading(metric: Metric, details: Mapping[str, Any]) -> str:
    column = judged_rows.title(metric, details["column"]) if details["column"] else ""
    return {
        "rows": _("every row counted as one"),
        "each": _("every row counted, and not each of “{column}” once"),
        "different": _("different entries under “{column}” counted once"),
        "sum": _("“{column}” added up"),
        "numerator": _("what stands above the line alone"),
        "denominator": _("what stands below the line alone"),
    }[details["how"]].format(column=column)


def _period(details: Mapping[str, Any]) -> str:
    return {
        "before": _("the period before: {first} to {last}"),
        "after": _("the period after: {first} to {last}"),
        "quarter": _("the quarter so far: {first} to {last}"),
        "year": _("the year so far: {first} to {last}"),
        "year_before": _("the same a year before: {first} to {last}"),
    }[details["code"]].format(**_days(details))


def _days(details: Mapping[str, Any]) -> dict[str, str]:
    return {name: number_text.day(details[name]) for name in ("first", "last")}


def _export(manifest: Manifest, *, withdrawn: bool) -> str:
    """An export that counts no more: its files, its batch, and why."""
    words = (
        _("{file} (batch {batch}, withdrawn)")
        if withdrawn
        else _("{file} (batch {batch}, a newer one took its place)")
    )
    file = manifest.files[0].name if manifest.files else manifest.source
    return words.format(file=file, batch=manifest.batch)


def _title(warehouse: Warehouse, details: Mapping[str, Any]) -> str:
    return warehouse.catalog.metrics[details["other"]].title.pick()


def _source(warehouse: Warehouse, source: str) -> str:
    column = "title_zh" if current() == "zh" else "title_en"
    sql = f"select {column} as title from batches where source = $source limit 1"
    rows = warehouse.rows(sql, source=source)
    return str(rows[0]["title"]) if rows else source


def _file(warehouse: Warehouse, part: str) -> str:
    """A sheet of a file by name: `part` is batch, file and sheet by number."""
    batch, file, sheet = (int(one) for one in part.split("/"))
    rows = warehouse.rows(
        "select name, coalesce(sheets[$sheet], '') as sheet from files"
        " where batch = $batch and file = $file",
        batch=batch,
        file=file,
        sheet=sheet,
    )
    if not rows:
        return _("batch {number}").format(number=batch)
    return " · ".join(filter(None, (rows[0]["name"], rows[0]["sheet"])))
