"""A metric of a home's own (指标): what is counted of a table; written as ours are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lingti.catalog import load
from lingti.catalog.headers import Written
from lingti.catalog.model import Catalog, Metric
from lingti.catalog.own import amounts
from lingti.catalog.own.amounts import Amount
from lingti.catalog.own.names import both, name_of, on_one_line
from lingti.catalog.own.tables import (
    DAY,
    HOUSEHOLD,
    NUMBER,
    ONCE,
    PARTS,
    PERSON,
    YES_NO,
    OwnTable,
)

# What may differ between versions: all else changes no number.
_COUNTS = ("amount", "over", "table")


@dataclass(frozen=True)
class OwnMetric:
    """A metric: its words, the table it counts, what of it, over what, and by which columns.

    `people` is a word of `PEOPLE`; `changes` are (version, day, what changed), oldest first.
    """

    name: str
    title: str
    unit: str
    definition: str
    better: str
    topic: str
    table: str
    amount: Amount
    over: Amount | None = None
    dimensions: tuple[str, ...] = ()
    people: str = "none"
    words: tuple[str, ...] = ()
    decimals: int = 0
    version: int = 1
    changes: tuple[tuple[int, date, str], ...] = ()

    def changed(self, now: OwnMetric, day: date, note: str) -> OwnMetric:
        """`now` as the next version of this one, where it counts something else."""
        if all(getattr(self, one) == getattr(now, one) for one in _COUNTS):
            return replace(now, version=self.version, changes=self.changes)
        version = self.version + 1
        return replace(now, version=version, changes=(*self.changes, (version, day, note)))


def metric_name(title: str) -> str:
    """The name of a metric of that title."""
    return name_of(title)


def metric_of_value(name: str, value: Mapping[str, Any]) -> OwnMetric:
    """The metric that an entry says."""
    return OwnMetric(
        name,
        str(value["title"]),
        str(value["unit"]),
        str(value["definition"]),
        str(value.get("better", "none")),
        str(value.get("topic", "")),
        str(value["table"]),
        amounts.read(value["amount"]),
        amounts.read(value["over"]) if value.get("over") else None,
        tuple(map(str, value.get("dimensions", ()))),
        str(value.get("people", "none")),
        tuple(map(str, value.get("words", ()))),
        int(value.get("decimals", 0)),
        int(value.get("version", 1)),
        tuple(
            (int(one["version"]), date.fromisoformat(one["day"]), str(one["note"]))
            for one in value.get("changes", ())
        ),
    )


def metric_value(metric: OwnMetric) -> dict[str, Any]:
    """What an entry says of a metric; what is usual is left out."""
    value: dict[str, Any] = {
        "title": metric.title,
        "unit": metric.unit,
        "definition": metric.definition,
        "better": metric.better,
        "topic": metric.topic,
        "table": metric.table,
        "amount": amounts.as_value(metric.amount),
    }
    changes = [
        {"version": number, "day": day.isoformat(), "note": note}
        for number, day, note in metric.changes
    ]
    optional = {
        "over": amounts.as_value(metric.over) if metric.over else None,
        "dimensions": list(metric.dimensions),
        "people": "" if metric.people == "none" else metric.people,
        "words": list(metric.words),
        "decimals": metric.decimals,
        "version": metric.version if metric.version > 1 else 0,
        "changes": changes,
    }
    return value | {name: filled for name, filled in optional.items() if filled}


def columns_named(metric: OwnMetric) -> set[str]:
    """The columns of its table that a metric counts or is broken down by."""
    return {*amounts.columns_used(metric.amount, metric.over), *metric.dimensions}


def metric_sql(metric: OwnMetric, table: OwnTable) -> str:
    """The metric as a file of `queries/metrics/` holds it: its header, and its facts' select."""
    lines = "\n".join(f"-- {one}" for one in _header(metric, table))
    columns = "\n".join(f"    {one}," for one in _selected(metric, table))
    where = ""
    if metric.over is None and metric.amount.is_limited:
        where = f"\nwhere {amounts.condition(metric.amount, table)}"
    return f"{lines}\n-- {on_one_line(table.grain)}\nselect\n{columns}\nfrom {table.name}{where}\n"


def _header(metric: OwnMetric, table: OwnTable) -> Iterator[str]:
    yield f"title: {both(metric.title)}"
    yield f"unit: {both(metric.unit)}"
    yield f"definition: {both(metric.definition)}"
    yield f"group: {' '.join(metric.topic.split())}"
    yield f"better: {metric.better}"
    yield f"version: {metric.version}"
    for number, day, note in metric.changes:
        yield f"changed: {number} {day} {both(note)}"
    if metric.words:
        yield f"words: {', '.join(map(on_one_line, metric.words))}"
    yield from _counted(metric)
    yield "window: period"
    yield f"decimals: {metric.decimals}"
    if metric.dimensions:
        yield f"dimensions: {', '.join(metric.dimensions)}"
    if needs := _needed(metric, table):
        yield f"needs: {', '.join(needs)}"
    yield f"people: {metric.people}"
    if metric.people in ("cases", "attendance") and metric.dimensions:
        yield f"sensitive: {', '.join(metric.dimensions)}"
    yield f"tables: {table.name}"


def _needed(metric: OwnMetric, table: OwnTable) -> list[str]:
    """The columns that it counts and a sheet may lack."""
    counted = set(amounts.columns_used(metric.amount, metric.over))
    if amounts.HOUSEHOLDS in {amount.how for amount in (metric.amount, metric.over) if amount}:
        counted.add(ONCE[HOUSEHOLD])
    return [
        own_column.name
        for own_column in table.used
        if own_column.name in counted and not own_column.required and own_column.kind != DAY
    ]


def _counted(metric: OwnMetric) -> Iterator[str]:
    amount = metric.amount
    if amount.how == amounts.AVERAGE:
        yield f"numerator: sum({amount.column})"
        yield f"denominator: count({amount.column})"
    elif metric.over is not None:
        yield f"numerator: {amounts.aggregate(amount, part=True)}"
        yield f"denominator: {amounts.aggregate(metric.over)}"
    else:
        yield f"value: {amounts.aggregate(amount)}"
        if amount.how != amounts.MEDIAN:
            yield "when_none: 0"


def _selected(metric: OwnMetric, table: OwnTable) -> Iterator[str]:
    """All that can be counted: what is withheld is told by which metrics have the same rows."""
    yield from ("community", "day")
    yield from (
        own_column.name for own_column in table.used if own_column.kind in (*PARTS, NUMBER, YES_NO)
    )
    if metric.over is not None and metric.amount.is_limited:
        yield amounts.counted_sql(metric.amount, table)
    if table.has(PERSON):
        yield "resident"
    if table.has(HOUSEHOLD):
        yield "community || '/' || household as home"
    yield from ("batch", "source_row")


def read_metric(metric: OwnMetric, table: OwnTable, known: Catalog) -> Metric:
    """The metric as the catalogue would have it. Raises CatalogError."""
    written = Written(metric.name, metric_sql(metric, table))
    return load.metric(written, known.tables, known.facts, known.checks)
