"""Builds a warehouse from a home's settings, batches and entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from lingti import catalog, entries, journal
from lingti.catalog import Metric, Table
from lingti.district import District, Target
from lingti.ingest import batch as batches
from lingti.ingest.batch import Counting, Manifest
from lingti.ingest.coverage import Span, merge, write
from lingti.warehouse import canonical, carry, persons, scope
from lingti.warehouse.carry import FRAMES, METRICS, Carried
from lingti.warehouse.rollup import measure_all
from lingti.warehouse.withhold import publish_values, years_of

FAR = date(9999, 12, 31)


@dataclass(frozen=True)
class Inputs:
    """All that a build is made of, besides the rows that the manifests name and the SQL."""

    district: District
    manifests: list[Manifest]
    aliases: dict[str, Any]
    targets: list[Target]

    @property
    def fingerprint(self) -> str:
        """The same where the warehouse would come out the same."""
        return carry.of_everything(self.district, self.manifests, self.aliases, self.targets)


def inputs(district: District) -> Inputs:
    """Reads what a home has besides its settings. Raises BatchError for a damaged manifest."""
    return Inputs(
        district,
        batches.manifests(district.home),
        entries.current(district.home, "merchant_alias"),
        journal.targets(district.home, district.targets),
    )


def build(con: duckdb.DuckDBPyConnection, made_of: Inputs, last: Path | None = None) -> None:
    """Fills an empty database with everything readers ask for.

    What would come out as in the last warehouse is taken over from it; the result is the same.
    """
    carried = carry.attach(con, last)
    carried.made_of[carry.WHOLE] = made_of.fingerprint
    describe(con, made_of)
    district, manifests = made_of.district, made_of.manifests
    carry.note_tables(carried, manifests, made_of.aliases)
    load_rows(con, district.home, manifests, carried)
    run_checks(con)  # before the metrics: how many findings there are is one of them
    measure(con, carried)
    carry.keep(con, carried)


def describe(con: duckdb.DuckDBPyConnection, made_of: Inputs) -> None:
    """Creates all tables, and fills those that hold no rows of batches and nothing computed."""
    district, manifests = made_of.district, made_of.manifests
    create_tables(con)
    describe_district(con, district)
    _insert(con, "targets", [astuple(one) for one in made_of.targets])
    describe_batches(con, district, manifests)
    _insert(con, "merchant_aliases", made_of.aliases.items())
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
    _insert(
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
    _insert(
        con,
        "expected",
        [
            (one.community, table, one.part, one.from_day, one.to_day or FAR, one.months)
            for one in district.expected
            for table in one.tables
        ],
    )
    _insert(con, "rules", [(one.check, one.community, one.value) for one in district.rules])


def describe_batches(
    con: duckdb.DuckDBPyConnection, district: District, manifests: list[Manifest]
) -> None:
    """Fills batches, files, counting and covered."""
    _insert(con, "batches", [_batch_row(district, one) for one in manifests])
    _insert(
        con,
        "files",
        [
            (one.batch, number, file.name, list(file.sheets))
            for one in manifests
            for number, file in enumerate(one.files, 1)
        ],
    )
    counting = batches.counting(manifests)
    _insert(con, "counting", counting)
    _insert(con, "covered", covered(counting))


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
        one.as_of,
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


def load_rows(
    con: duckdb.DuckDBPyConnection, home: Path, manifests: list[Manifest], carried: Carried
) -> None:
    """Fills the canonical tables with the rows that count, persons joined across batches.

    Who is who is told from all batches; only then it is known which rows can be carried over.
    """
    known = catalog.tables().values()
    staged = [table for table in known if _stage(con, home, table, manifests, bool(carried.last))]
    people = canonical.people_sql(staged)
    if people:
        con.execute(f"create temp table people as {people}")
        persons.tell_apart(persons.keeping(con))
        con.execute(
            "insert into lone_names select community, resident from residents where stands_alone"
        )
        carry.note_persons(con, carried, staged)
    for table in staged:
        if carried.last:
            con.execute(f"drop view stored_{table.name}")
            _carry_rows(con, table, carried)
            fresh = carried.communities(table.name, unchanged=False)
            theirs = [one for one in manifests if one.community in fresh]
            if not _stage(con, home, table, theirs):
                continue
        _fill(con, table)


def _carry_rows(con: duckdb.DuckDBPyConnection, table: Table, carried: Carried) -> None:
    same = carried.communities(table.name, unchanged=True)
    chosen = "where community in (select unnest($same))"
    con.execute(f"insert into {table.name} from last.{table.name} {chosen}", {"same": same})
    con.execute(
        f"insert into dropouts from last.dropouts {chosen} and tbl = '{table.name}'", {"same": same}
    )


def _fill(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Moves the rows of `stored_…` into a canonical table."""
    order = "day" if table.has_day else "source_row"
    con.execute(
        f"insert into {table.name} {canonical.canonical_sql(table)}"
        f" order by stored.community, stored.{order}, stored.batch, stored.source_row"
    )
    if table.ends:
        con.execute(f"insert into dropouts {canonical.dropouts_sql(table)}")
    con.execute(f"drop table stored_{table.name}")


def _stage(
    con: duckdb.DuckDBPyConnection,
    home: Path,
    table: Table,
    manifests: list[Manifest],
    as_view: bool = False,
) -> bool:
    """Makes `stored_…` of the rows of a table that count; False where there are none."""
    files = canonical.files_of(home, table, manifests)
    if not files:
        return False
    sql = canonical.stored_sql(table, catalog.parquet_sql(files))
    con.execute(f"create temp {'view' if as_view else 'table'} stored_{table.name} as {sql}")
    return True


def fill_periods(con: duckdb.DuckDBPyConnection, starts_on: date, last_day: date) -> None:
    """Fills `periods` from the programme's start to the last day reported, and `due`."""
    con.execute(
        f"insert into periods {catalog.build_step('periods')}",
        {"starts_on": starts_on, "last_day": last_day},
    )
    con.execute(f"insert into due {catalog.build_step('due')}")


def measure(con: duckdb.DuckDBPyConnection, carried: Carried) -> None:
    """Fills `metric_values` and `published_values`, each metric anew or from the last warehouse."""
    metrics = catalog.metrics()
    carry.note_metrics(con, carried, metrics.values())
    fresh = [one for one in metrics.values() if not carried.unchanged((METRICS, one.name))]
    partly = [one for one in fresh if carried.unchanged((FRAMES, one.name))]
    measure_all(con, [one for one in fresh if one not in partly])
    as_they_were: list[tuple[str, str]] = []
    for window in dict.fromkeys(one.window for one in partly):
        of_window = [one for one in partly if one.window == window]
        _measure_touched(con, of_window, carried)
        if window != "to_date":  # where few ever moved a stock, all its years are withheld
            years = scope.untouched_years(con)
            as_they_were += [(one.name, year) for one in of_window for year in years]
    same = sorted(metrics.keys() - {one.name for one in fresh})
    if same:
        con.execute(
            "insert into metric_values from last.metric_values"
            " where metric in (select unnest($same))",
            {"same": same},
        )
    as_they_were += [(name, year) for name in same for year in years_of(con)]
    publish_values(con, metrics.values(), as_they_were if carried.unchanged(carry.TOGETHER) else ())


def _measure_touched(
    con: duckdb.DuckDBPyConnection, metrics: list[Metric], carried: Carried
) -> None:
    """Fills `metric_values` of metrics of one window where other rows can have changed them."""
    communities = carried.changed({table for one in metrics for table in one.tables})
    scope.find_touched(con, metrics, communities)
    scope.carry_untouched(con, metrics, communities)
    for periods, places in ((scope.TOUCHED, communities), (scope.NEW, None)):
        if con.execute(f"select 1 from {periods} limit 1").fetchall():
            measure_all(con, metrics, periods=periods, places=places)


def run_checks(con: duckdb.DuckDBPyConnection) -> None:
    """Runs every rule of `queries/checks/` into `findings`."""
    for check in catalog.checks().values():
        con.execute(
            "insert into findings select $check_name, community, day, batch, source_row,"
            f" detail::varchar, expected::varchar from ({check.sql}) order by all",
            {"check_name": check.name},
        )


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Iterable[object]]) -> None:
    """Adds rows to a table, all at once: one statement per row takes minutes for many batches."""
    columns = list(zip(*rows, strict=True))
    if columns:
        names = [str(number) for number in range(len(columns))]
        con.register("inserted", pa.table([pa.array(column) for column in columns], names))
        con.execute(f"insert into {table} from inserted")
        con.unregister("inserted")
