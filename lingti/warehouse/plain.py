"""The plain way to build a warehouse: tables, findings, values, each by the SQL that defines it.

This is the truth. Whatever `fast` does sooner comes out, row for row, as here; tests hold that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from lingti import catalog
from lingti.catalog import PERSON_KEYS, SOURCE_COLUMN, Catalog, Metric, Table
from lingti.ingest.keeping.batches import Manifest
from lingti.warehouse import canonical, description, persons
from lingti.warehouse.inputs import Inputs
from lingti.warehouse.template import COLUMNS, measure_sql
from lingti.warehouse.withhold import publish_values

# Of weeks only totals are stored: by member they would be too fine to read.
GRAINS = (
    ("(from periods where grain = 'week')", False),
    ("(from periods where grain <> 'week')", True),
)


def build(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Fills an empty database with everything readers ask for."""
    known = inputs.district.catalog
    create_tables(con, known)
    description.describe(con, inputs)
    description.fill_due(con)
    load_rows(con, inputs)
    run_checks(con, known)  # before the metrics: how many findings there are is one of them
    measure(con, known.metrics.values())
    publish_values(con, known.metrics.values())


def create_tables(con: duckdb.DuckDBPyConnection, known: Catalog) -> None:
    """Creates the canonical tables and those of `queries/build/schema.sql`, all empty."""
    con.execute(catalog.build_step("schema"))
    for table in known.tables.values():
        con.execute(table.sql)
        con.execute(f"alter table {table.name} add column source_row.cell integer")


def load_rows(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Fills the canonical tables with the rows that count, persons told apart."""
    stored = [
        table
        for table in inputs.district.catalog.tables.values()
        if store_rows(con, inputs.district.home, table, inputs.manifests)
    ]
    if people_sql := canonical.people_sql(stored):
        con.execute(f"create temp table people as {people_sql}")
        persons.tell_apart(persons.keeping(con))
        add_persons(con)
    for table in stored:
        fill_table(con, table)
        con.execute(f"drop table stored_{table.name}")
    fill_spans(con, inputs.district.catalog)


def store_rows(
    con: duckdb.DuckDBPyConnection, home: Path, table: Table, manifests: Iterable[Manifest]
) -> bool:
    """Makes `stored_…` of the rows that count, as batches keep them; False where none do."""
    return store_files(con, table, canonical.files_of(home, table, manifests))


def store_files(con: duckdb.DuckDBPyConnection, table: Table, files: Sequence[Path]) -> bool:
    """Makes `stored_…` of the rows of files that count; False where there are no files."""
    if files:
        sql = canonical.stored_sql(table, catalog.parquet_sql(files))
        con.execute(f"create temp table stored_{table.name} as {sql}")
        canonical.add_lacking(con, f"stored_{table.name}", table)
    return bool(files)


def fill_spans(con: duckdb.DuckDBPyConnection, known: Catalog) -> None:
    """Fills `spans` anew, after the canonical tables."""
    con.execute("delete from spans")
    pairs = ", ".join(f"('{measure}', '{table}')" for measure, table in known.measures)
    if pairs:
        con.execute(f"insert into spans {catalog.build_step('spans').format(measures=pairs)}")
    lacking = {said for (said,) in con.execute("select need from lacking_columns").fetchall()}
    for need in known.needs:
        if need.name in lacking:
            rows = catalog.build_step("spans_lacking").format(table=need.table, rows=need.rows)
            con.execute(f"insert into spans {rows}", {"need": need.name})


def add_persons(con: duckdb.DuckDBPyConnection) -> None:
    """Adds to `identities` and `lone_names` who stands in `residents`."""
    keys = ", ".join(PERSON_KEYS)
    con.execute(
        f"insert into identities select community, {keys}, resident, stands_alone from residents"
    )
    con.execute(
        "insert into lone_names select community, resident from residents where stands_alone"
    )


def fill_table(
    con: duckdb.DuckDBPyConnection, table: Table, communities: Sequence[str] | None = None
) -> None:
    """Moves rows from `stored_…` into a canonical table: of communities, or all."""
    chosen = {"communities": None if communities is None else list(communities)}
    theirs = (
        "where $communities is null or stored.community in (select unnest($communities::varchar[]))"
    )
    order = "day" if table.has_day else "source_row"
    united = canonical.united_in(con, table)
    con.execute(
        f"insert into {table.name} {canonical.canonical_sql(table, united)} {theirs}"
        f" order by stored.community, stored.{order}, stored.batch, stored.source_row,"
        f" stored.{SOURCE_COLUMN}",
        chosen,
    )
    if table.ends:
        dropouts = canonical.dropouts_sql(table)
        con.execute(f"insert into dropouts from ({dropouts}) as stored {theirs}", chosen)


def run_checks(con: duckdb.DuckDBPyConnection, known: Catalog, where: str = "true") -> None:
    """Adds to `findings` the rows that break a rule."""
    for check in known.checks.values():
        con.execute(
            "insert into findings select $check_name, community, day, batch, source_row,"
            f" detail::varchar, expected::varchar from ({check.sql}) where {where} order by all",
            {"check_name": check.name},
        )


def measure(con: duckdb.DuckDBPyConnection, metrics: Iterable[Metric]) -> None:
    """Adds to `metric_values` the values of metrics, one by one."""
    for metric in metrics:
        for periods, by_member in GRAINS:
            dimensions = metric.dimensions if by_member else ()
            sql = measure_sql(metric, periods=periods, dimensions=dimensions)
            con.execute(f"insert into metric_values ({COLUMNS}) {sql}")
