"""Tables and metrics of a home's own as its entries hold them, and the changes of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from lingti import entries
from lingti.catalog.headers import Written
from lingti.catalog.own.metrics import (
    OwnMetric,
    columns_named,
    metric_of_value,
    metric_sql,
    metric_value,
)
from lingti.catalog.own.tables import OwnTable, table_of_value, table_sql, table_value

TABLE, METRIC = "setting/table", "setting/metric"


def tables(home: Path) -> dict[str, OwnTable]:
    """Name → table, in the order in which they were made; archived ones too."""
    return dict(_tables(home, entries.version(home)))


def metrics(home: Path) -> dict[str, OwnMetric]:
    """Name → metric, in the order in which they were made."""
    return dict(_metrics(home, entries.version(home)))


def table_of(home: Path, name: str) -> OwnTable | None:
    """The table of a name; None where the home has none."""
    return tables(home).get(name)


def metric_of(home: Path, name: str) -> OwnMetric | None:
    """The metric of a name; None where the home has none."""
    return metrics(home).get(name)


@lru_cache(maxsize=8)
def _tables(home: Path, _entered: tuple[int, int]) -> tuple[tuple[str, OwnTable], ...]:
    held = entries.current(home, TABLE).items()
    return tuple((name, table_of_value(name, value)) for name, value in held)


@lru_cache(maxsize=8)
def _metrics(home: Path, _entered: tuple[int, int]) -> tuple[tuple[str, OwnMetric], ...]:
    held = entries.current(home, METRIC).items()
    return tuple((name, metric_of_value(name, value)) for name, value in held)


def files(home: Path) -> tuple[tuple[str, Written], ...]:
    """Kind and query of every table and metric that holds, as files of the home would say them.

    Metrics of a table that is archived or gone are left out, and those that name a column gone.
    """
    return _files(home, entries.version(home))


@lru_cache(maxsize=8)
def _files(home: Path, _entered: tuple[int, int]) -> tuple[tuple[str, Written], ...]:
    return tuple(_written(home))


def _written(home: Path) -> Iterator[tuple[str, Written]]:
    held = tables(home)
    for table in held.values():
        yield "tables", Written(table.name, table_sql(table))
    for metric in metrics(home).values():
        of = held.get(metric.table)
        if of is None or of.archived:
            continue
        if columns_named(metric) <= {own_column.name for own_column in of.used}:
            yield "metrics", Written(metric.name, metric_sql(metric, of))


def enter_table(home: Path, table: OwnTable, by: str) -> bool:
    """Keeps a table; False where it says so already. Ask `refused_table` before."""
    if table_of(home, table.name) == table:
        return False
    entries.add(home, TABLE, table.name, table_value(table), by)
    return True


def enter_metric(home: Path, metric: OwnMetric, by: str) -> bool:
    """Keeps a metric; False where it says so already. Ask `refused_metric` before."""
    if metric_of(home, metric.name) == metric:
        return False
    entries.add(home, METRIC, metric.name, metric_value(metric), by)
    return True


def remove_metric(home: Path, name: str, by: str) -> None:
    """Takes a metric away; nothing else rests on it."""
    entries.add(home, METRIC, name, None, by)


def archive_or_remove(home: Path, name: str, by: str, *, has_batches: bool) -> None:
    """Removes a table with its metrics; archives it where batches stand on it.

    Raises KeyError where there is no table of that name.
    """
    table = tables(home)[name]
    if has_batches:
        enter_table(home, replace(table, archived=True), by)
        return
    for metric in [
        own_metric.name for own_metric in metrics(home).values() if own_metric.table == name
    ]:
        remove_metric(home, metric, by)
    entries.add(home, TABLE, name, None, by)


def unarchive(home: Path, name: str, by: str) -> None:
    """Shows the numbers of an archived table again. Raises KeyError for one there is not."""
    enter_table(home, replace(tables(home)[name], archived=False), by)


def undo(home: Path, changed: entries.Entry, by: str, *, has_batches: bool) -> None:
    """Enters what held before a change; a table on which batches stand is archived instead.

    Of such a table columns that came later stay, retired, as batches may hold them.
    """
    earlier = [
        entry.value
        for entry in entries.history(home, changed.kind)
        if entry.key == changed.key and entry.number < changed.number
    ]
    before = earlier[-1] if earlier else None
    now = table_of(home, changed.key) if changed.kind == TABLE else None
    if now is None or not has_batches:
        entries.add(home, changed.kind, changed.key, before, by)
    elif before is None:
        archive_or_remove(home, changed.key, by, has_batches=True)
    else:
        was = table_of_value(changed.key, before)
        later = [column for column in now.columns if was.column(column.name) is None]
        kept = (*was.columns, *(replace(own_column, retired=True) for own_column in later))
        enter_table(home, replace(was, columns=kept), by)
