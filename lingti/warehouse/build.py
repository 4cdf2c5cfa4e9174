"""Builds a warehouse from a home's settings, batches and entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from lingti import catalog, entries
from lingti.catalog import Metric
from lingti.district import District, Target, journal
from lingti.ingest.checking.coverage import Span, merge, write
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import Counting, Manifest
from lingti.warehouse import load_rows, persons
from lingti.warehouse.fast import changed_periods, incremental
from lingti.warehouse.fast.changed_values import measure_new, measure_touched
from lingti.warehouse.fast.incremental import FRAMES, METRICS, Carried
from lingti.warehouse.fast.rollups import measure_all
from lingti.warehouse.insert import insert
from lingti.warehouse.withhold import publish_values, years_of

FAR = date(9999, 12, 31)
# The tables that are small, and filled anew by every build.
DESCRIBED = (
    *("communities", "expected", "rules", "targets", "merchant_aliases"),
    *("batches", "files", "counting", "covered", "periods"),
)


@dataclass(frozen=True)
class Inputs:
    """All that a build is made of, besides the rows that the manifests name and the SQL."""

    district: District
    manifests: list[Manifest]
    aliases: dict[str, Any]
    targets: list[Target]

    @cached_property
    def fingerprint(self) -> str:
        """The same where the warehouse would come out the same."""
        return incremental.of_everything(self.district, self.manifests, self.aliases, self.targets)


def inputs(district: District) -> Inputs:
    """Reads what a home has besides its settings. Raises BatchError for a damaged manifest."""
    return Inputs(
        district,
        batches.manifests(district.home),
        entries.current(district.home, "merchant_alias"),
        journal.targets(district.home, district.targets),
    )


def build(con: duckdb.DuckDBPyConnection, made_of: Inputs, last: Path | None = None) -> None:
    """Fills a database with everything readers ask for.

    It is empty, or a copy of the warehouse `last`, of which stays what would come out the same.
    """
    publish_counts(con, fill(con, made_of, last), made_of)


def fill(con: duckdb.DuckDBPyConnection, made_of: Inputs, last: Path | None = None) -> Carried:
    """Does of `build` all but `publish_counts`, which comes next."""
    carried = Carried()
    if last is None:
        create_tables(con)
    else:
        carried.last = incremental.read(con)
        _begin_with(con, last)
    describe(con, made_of)
    fill_due(con, begun=last is not None)
    load_rows.load(con, made_of.district.home, made_of.manifests, made_of.aliases, carried)
    incremental.note_checks(con, carried)
    run_checks(con, carried)  # before the metrics: how many findings there are is one of them
    measure(con, carried)
    carried.note(incremental.BATCHES, incremental.of_batches(made_of.manifests))
    incremental.keep(con, carried, but=incremental.UNPUBLISHED)
    if last is not None:
        con.execute("commit")
        # Written while counts are published, rows would get other numbers.
        con.execute("set checkpoint_threshold = '1TB'")
    return carried


def _begin_with(con: duckdb.DuckDBPyConnection, last: Path) -> None:
    """Empties of a copy of the last warehouse what is described anew, and attaches it as `last`.

    Begins a transaction: a hundred small changes would each wait for the disk.
    """
    name = str(last).replace("'", "''")
    con.execute(f"attach '{name}' as last (read_only)")
    con.execute("begin")
    for table in DESCRIBED:
        con.execute(f"delete from {table}")


def describe(con: duckdb.DuckDBPyConnection, made_of: Inputs) -> None:
    """Fills the tables that hold no rows of batches and nothing computed, and are empty."""
    district, manifests = made_of.district, made_of.manifests
    describe_district(con, district)
    insert(con, "targets", [astuple(one) for one in made_of.targets])
    describe_batches(con, district, manifests)
    insert(con, "merchant_aliases", made_of.aliases.items())
    last_day = max((manifest.as_of for manifest in manifests), default=None)
    if last_day is not None:
        fill_periods(con, district.starts_on, last_day)


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Creates the canonical tables and those of `queries/build/schema.sql`, all empty."""
    con.execute(catalog.build_step("schema"))
    for table in catalog.tables().values():
        con.execute(table.sql)


def describe_district(con: duckdb.DuckDBPyConnection, district: District) -> None:
    """Fills communities, expected and rules."""
    insert(
        con,
        "communities",
        [
            (
                place,
                one.id,
                *(one.name.zh, one.name.en, one.short.zh, one.short.en),
                *(one.residents, one.households, one.since),
            )
            for place, one in enumerate(district.communities, 1)
        ],
    )
    insert(
        con,
        "expected",
        [
            (one.community, table, one.part, one.from_day, one.to_day or FAR, one.months)
            for one in district.expected
            for table in one.tables
        ],
    )
    insert(con, "rules", [(one.check, one.community, one.value) for one in district.rules])


def describe_batches(
    con: duckdb.DuckDBPyConnection, district: District, manifests: list[Manifest]
) -> None:
    """Fills batches, files, counting and covered."""
    insert(con, "batches", [_batch_row(district, one) for one in manifests])
    insert(
        con,
        "files",
        [
            (one.batch, number, file.name, list(file.sheets))
            for one in manifests
            for number, file in enumerate(one.files, 1)
        ],
    )
    counting = batches.counting(manifests)
    insert(con, "counting", counting)
    insert(con, "covered", covered(counting))


def _batch_row(district: District, one: Manifest) -> tuple[object, ...]:
    source = district.sources.get(one.source)
    return (
        one.batch,
        one.source,
        source.title.zh if source else one.source,
        source.title.en if source else one.source,
        one.community,
        one.part,
        one.replaces,
        list(one.tables),
        one.ranks_as_of,
        write(one.covers),
        one.imported_at,
        one.imported_by,
        one.counts["read"],
        one.counts["accepted"],
        one.counts["quarantined"],
        one.counts["set_aside"],
    )


def covered(counting: Iterable[Counting]) -> list[tuple[object, ...]]:
    """The days that batches speak for, as rows of `covered`."""
    spans: dict[tuple[str, str, str], list[Span]] = {}
    for one in counting:
        place = (one.community, one.table, one.part)
        spans.setdefault(place, []).append(Span(one.first_day, one.last_day))
    return [(*place, *span) for place, found in spans.items() for span in merge(found)]


def fill_periods(con: duckdb.DuckDBPyConnection, starts_on: date, last_day: date) -> None:
    """Fills `periods` from the programme's start to the last day reported."""
    con.execute(
        f"insert into periods {catalog.build_step('periods')}",
        {"starts_on": starts_on, "last_day": last_day},
    )


def fill_due(con: duckdb.DuckDBPyConnection, *, begun: bool = False) -> None:
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
        con.execute(f"insert into due {catalog.build_step('due').format(periods='new_months')}")
        con.execute("drop table new_months")
        return
    con.execute("delete from due")
    con.execute(f"insert into due {catalog.build_step('due').format(periods='periods')}")


def measure(con: duckdb.DuckDBPyConnection, carried: Carried) -> None:
    """Fills `metric_values`: each metric anew, or what of it can have changed, or it stays."""
    metrics = catalog.metrics()
    incremental.note_metrics(con, carried, metrics.values())
    fresh = [one for one in metrics.values() if not carried.unchanged((METRICS, one.name))]
    partly = [one for one in fresh if carried.unchanged((FRAMES, one.name))]
    wholly = [one for one in fresh if one not in partly]
    same = sorted(metrics.keys() - {one.name for one in wholly})
    if wholly or carried.last.get(METRICS, {}).keys() - metrics.keys():
        con.execute(
            "delete from metric_values where metric not in (select unnest($same::varchar[]))",
            {"same": same},
        )
    measure_all(con, wholly)
    years = years_of(con)
    carried.published += [(name, year) for name in same for year in years]
    for window in sorted({one.window for one in partly}):
        _amend(con, carried, [one for one in partly if one.window == window], years)


def _amend(
    con: duckdb.DuckDBPyConnection, carried: Carried, metrics: list[Metric], years: list[str]
) -> None:
    """Brings the values of metrics of one window up to date; notes in which years none differs."""
    window = metrics[0].window
    changed_periods.find_periods(con, window)
    groups: dict[tuple[str, ...], list[Metric]] = {}
    for one in metrics:
        others = carried.rechecked if one.facts.of_all_tables else carried.changed(one.tables)
        groups.setdefault(tuple(others), []).append(one)
    for communities, measured in groups.items():
        measure_touched(con, measured, communities)
        # Where few ever moved a stock, all its years are withheld.
        alike = window != "to_date" or changed_periods.few_move_alike(con, measured)
        stay = set(changed_periods.untouched_years(con) if alike else ())
        gone = {(one.name, year) for one in measured for year in years if year not in stay}
        carried.published = [one for one in carried.published if one not in gone]
    measure_new(con, metrics)


def publish_counts(con: duckdb.DuckDBPyConnection, carried: Carried, made_of: Inputs) -> None:
    """Brings `published_values` up to date, after `fill` on the same database or a copy of it."""
    same = carried.published if carried.unchanged(incremental.TOGETHER) else ()
    publish_values(con, catalog.metrics().values(), same)
    carried.note(incremental.WHOLE, made_of.fingerprint)
    incremental.keep(con, carried)


def run_checks(con: duckdb.DuckDBPyConnection, carried: Carried | None = None) -> None:
    """Runs every rule of `queries/checks/` into `findings`.

    Rules hold rows against others of their community, or of the same person elsewhere; so only
    communities with other rows, and those that share persons with them, are looked at again.
    """
    if carried is None or not carried.unchanged(incremental.CHECKED):
        con.execute("delete from findings")
        _run_checks(con, "true")
        return
    persons.find_linked(con, carried.changed(catalog.tables()))
    carried.rechecked = [one for (one,) in con.execute("from linked").fetchall()]
    theirs = "community in (from linked)"
    con.execute(f"delete from findings where {theirs}")
    for table in catalog.tables():
        con.execute(f"create temp table {table} as from {_here(con)}.{table} where {theirs}")
    _run_checks(con, theirs)
    for table in catalog.tables():
        con.execute(f"drop table temp.{table}")


def _run_checks(con: duckdb.DuckDBPyConnection, where: str) -> None:
    for check in catalog.checks().values():
        con.execute(
            "insert into findings select $check_name, community, day, batch, source_row,"
            f" detail::varchar, expected::varchar from ({check.sql}) where {where} order by all",
            {"check_name": check.name},
        )


def _here(con: duckdb.DuckDBPyConnection) -> str:
    ((name,),) = con.execute("select current_database()").fetchall()
    return f'"{name}".main'
