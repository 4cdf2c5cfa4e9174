"""Builds a warehouse in the time that what is new takes, exactly as `plain` builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lingti.catalog import Metric
from lingti.warehouse import description, plain
from lingti.warehouse.fast import changed_periods, incremental, linked_persons, load_rows, spark
from lingti.warehouse.fast.changed_values import measure_new, measure_touched
from lingti.warehouse.fast.incremental import FRAMES, METRICS, Changes
from lingti.warehouse.fast.rollups import measure_all
from lingti.warehouse.inputs import Inputs
from lingti.warehouse.withhold import publish_values, years_of

SMALL_BYTES = 8 * 2**20  # below, building anew is quicker than finding out what has changed
STAGED_BYTES = 64 * 2**20  # of a warehouse whose published counts take seconds to work out
# Fills a database; where files may lie beside it.
Work = Callable[[duckdb.DuckDBPyConnection, Path], None]


@dataclass(frozen=True)
class Plan:
    """How to come to a new warehouse: each stage fills a database that is then published.

    The first is given a copy of the warehouse to `start` from, else an empty database; each other
    one a copy of what the stage before made. Without stages the last warehouse is up to date.
    """

    start: Path | None
    stages: tuple[Work, ...]


def plan(inputs: Inputs, last: Path | None, spark_master: str | None = None) -> Plan:
    """What there is to do where `last` is published: all, what has changed, or nothing.

    Of a large warehouse exact values come first, and then what may be told to everybody: that is
    worked out from all values of a year. A build on Spark is always full, and so is a small one.
    """
    if spark_master is not None:
        return Plan(None, (lambda con, beside: spark.fill(con, inputs, beside, spark_master),))
    of_last = incremental.of_warehouse(last)
    if last is not None and incremental.is_made_of(of_last, inputs):
        return Plan(last, ())
    is_small = last is not None and last.stat().st_size < SMALL_BYTES
    if last is None or is_small or not incremental.can_be_copied(of_last, inputs.district.catalog):
        return Plan(None, (lambda con, _beside: build(con, inputs),))
    if last.stat().st_size < STAGED_BYTES:
        return Plan(last, (lambda con, _beside: build(con, inputs, last),))
    changes = Changes(inputs.district.catalog)
    return Plan(
        last,
        (
            lambda con, _beside: fill(con, inputs, changes, last),
            lambda con, _beside: publish_counts(con, changes, inputs),
        ),
    )


def build(con: duckdb.DuckDBPyConnection, inputs: Inputs, last: Path | None = None) -> None:
    """Fills a database with everything readers ask for.

    It is empty, or a copy of the warehouse `last`, of which stays what would come out the same.
    """
    changes = Changes(inputs.district.catalog)
    fill(con, inputs, changes, last)
    publish_counts(con, changes, inputs)


def fill(
    con: duckdb.DuckDBPyConnection, inputs: Inputs, changes: Changes, last: Path | None = None
) -> None:
    """Does of `build` all but `publish_counts`, which comes next; fills in what has changed."""
    if last is None:
        plain.create_tables(con, changes.catalog)
    else:
        changes.last = incremental.fingerprints_in(con)
        _begin_with(con, last)
    description.describe(con, inputs)
    _fill_due(con, begun=last is not None)
    load_rows.load(con, inputs, changes)
    incremental.note_checks(con, changes)
    _run_checks(con, changes)  # before the metrics, as in the plain build
    _measure(con, changes)
    changes.note(incremental.SETTINGS, incremental.of_settings(inputs.district))
    changes.note(incremental.BATCHES, incremental.of_batches(inputs.manifests))
    incremental.keep(con, changes, but=incremental.UNPUBLISHED)
    if last is not None:
        con.execute("commit")
        # Written while counts are published, rows would get other numbers.
        con.execute("set checkpoint_threshold = '1TB'")


def publish_counts(con: duckdb.DuckDBPyConnection, changes: Changes, inputs: Inputs) -> None:
    """Brings `published_values` up to date, after `fill` on the same database or a copy of it."""
    same = changes.unchanged_years if changes.unchanged(incremental.TOGETHER) else ()
    publish_values(con, changes.catalog.metrics.values(), same)
    changes.note(incremental.WHOLE, incremental.of_everything(inputs))
    incremental.keep(con, changes)


def _begin_with(con: duckdb.DuckDBPyConnection, last: Path) -> None:
    """Empties of a copy of the last warehouse what is described anew, and attaches it as `last`.

    Begins a transaction: a hundred small changes would each wait for the disk.
    """
    name = str(last).replace("'", "''")
    con.execute(f"attach '{name}' as last (read_only)")
    con.execute("begin")
    for table in description.TABLES:
        con.execute(f"delete from {table}")


def _fill_due(con: duckdb.DuckDBPyConnection, *, begun: bool) -> None:
    """Fills `due`; where the build has `begun` with the last warehouse, what is new in it."""
    if (
        begun
        and not con.execute(
            "(from expected except all from last.expected) union all"
            " (from last.expected except all from expected) limit 1"
        ).fetchall()
    ):
        con.execute("create temp table new_months as from periods except from last.periods")
        con.execute("delete from due where period not in (select period from periods)")
        description.fill_due(con, "new_months")
        con.execute("drop table new_months")
        return
    con.execute("delete from due")
    description.fill_due(con)


def _run_checks(con: duckdb.DuckDBPyConnection, changes: Changes) -> None:
    """Brings `findings` up to date.

    Rules hold rows against others of their community, or of the same person elsewhere; so only
    communities with other rows, and those that share persons with them, are looked at again.
    """
    known = changes.catalog
    if not changes.unchanged(incremental.CHECKED):
        con.execute("delete from findings")
        plain.run_checks(con, known)
        return
    linked_persons.find_linked(con, changes.communities(known.tables))
    changes.rechecked = [community for (community,) in con.execute("from linked").fetchall()]
    con.execute("delete from findings where community in (from linked)")
    with linked_persons.only_linked(con, known.tables):
        plain.run_checks(con, known, "community in (from linked)")


def _measure(con: duckdb.DuckDBPyConnection, changes: Changes) -> None:
    """Fills `metric_values`: each metric anew, or what of it can have changed, or it stays."""
    metrics = changes.catalog.metrics
    incremental.note_metrics(con, changes, metrics.values())
    changed = [
        metric for metric in metrics.values() if not changes.unchanged((METRICS, metric.name))
    ]
    partly = [metric for metric in changed if changes.unchanged((FRAMES, metric.name))]
    wholly = [metric for metric in changed if metric not in partly]
    same = sorted(metrics.keys() - {metric.name for metric in wholly})
    if wholly or changes.last.get(METRICS, {}).keys() - metrics.keys():
        con.execute(
            "delete from metric_values where metric not in (select unnest($same::varchar[]))",
            {"same": same},
        )
    measure_all(con, wholly)
    years = years_of(con)
    changes.unchanged_years += [(name, year) for name in same for year in years]
    for window in sorted({metric.window for metric in partly}):
        of_window = [metric for metric in partly if metric.window == window]
        _measure_changed(con, changes, of_window, years)


def _measure_changed(
    con: duckdb.DuckDBPyConnection, changes: Changes, metrics: list[Metric], years: list[str]
) -> None:
    """Brings the values of metrics of one window up to date; notes in which years none differs."""
    window = metrics[0].window
    changed_periods.find_periods(con, window)
    by_communities: dict[tuple[str, ...], list[Metric]] = {}
    for metric in metrics:
        of_all = metric.facts.of_all_tables
        changed = changes.rechecked if of_all else changes.communities(metric.tables)
        by_communities.setdefault(tuple(changed), []).append(metric)
    for communities, measured in by_communities.items():
        measure_touched(con, measured, communities)
        # Where few ever moved a stock, all its years are withheld.
        alike = window != "to_date" or changed_periods.few_move_alike(con, measured)
        stay = set(changed_periods.untouched_years(con) if alike else ())
        changed_years = {
            (metric.name, year) for metric in measured for year in years if year not in stay
        }
        changes.unchanged_years = [
            metric_year
            for metric_year in changes.unchanged_years
            if metric_year not in changed_years
        ]
    measure_new(con, metrics)
