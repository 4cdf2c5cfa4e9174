"""The rows that count: from the files of batches into the canonical tables, persons told apart.

A warehouse that begins as a copy of the last has the rows of most communities already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from lingti import catalog
from lingti.catalog import Table
from lingti.ingest.keeping.batches import Manifest
from lingti.warehouse import canonical, persons
from lingti.warehouse.fast import incremental
from lingti.warehouse.fast.incremental import Carried


def load(
    con: duckdb.DuckDBPyConnection,
    home: Path,
    manifests: Sequence[Manifest],
    aliases: Mapping[str, Any],
    carried: Carried,
) -> None:
    """Fills the canonical tables with the rows that count, where they are not there yet.

    Who is who is told first: new rows of one community can join two persons of another.
    """
    incremental.note_batches(carried, manifests)
    other = incremental.communities_of_other_batches(carried)
    staged = _stage_all(con, home, catalog.tables().values(), manifests, other)
    persons.tell_again(con, other, canonical.people_sql(staged))
    incremental.note_rows(con, carried, aliases)
    for table in catalog.tables().values():
        fresh = carried.changed([table.name])
        _remove(con, table, fresh)
        if not set(fresh) <= set(other):
            _unstage(con, table)
            _stage_all(con, home, [table], manifests, fresh)
        _fill(con, table, fresh)
        _unstage(con, table)


def _stage_all(
    con: duckdb.DuckDBPyConnection,
    home: Path,
    tables: Iterable[Table],
    manifests: Sequence[Manifest],
    communities: Iterable[str],
) -> list[Table]:
    """Makes `stored_…` of the rows of communities that count; the tables that have any."""
    chosen = set(communities)
    theirs = [one for one in manifests if one.community in chosen]
    staged = []
    for table in tables:
        files = canonical.files_of(home, table, theirs)
        if files:
            sql = canonical.stored_sql(table, catalog.parquet_sql(files))
            con.execute(f"create temp table stored_{table.name} as {sql}")
            staged.append(table)
    return staged


def _unstage(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    con.execute(f"drop table if exists stored_{table.name}")


def _remove(con: duckdb.DuckDBPyConnection, table: Table, communities: Sequence[str]) -> None:
    """Takes the rows of communities out of a canonical table."""
    chosen = {"communities": list(communities)}
    theirs = "where community in (select unnest($communities::varchar[]))"
    con.execute(f"delete from {table.name} {theirs}", chosen)
    if table.ends:
        con.execute(f"delete from dropouts {theirs} and tbl = '{table.name}'", chosen)


def _fill(con: duckdb.DuckDBPyConnection, table: Table, communities: Sequence[str]) -> None:
    """Moves the rows of communities from `stored_…` into a canonical table."""
    found = con.execute(
        "select 1 from duckdb_tables() where temporary and table_name = $name",
        {"name": f"stored_{table.name}"},
    )
    if not communities or not found.fetchall():
        return
    theirs = "where stored.community in (select unnest($communities::varchar[]))"
    chosen = {"communities": list(communities)}
    order = "day" if table.has_day else "source_row"
    con.execute(
        f"insert into {table.name} {canonical.canonical_sql(table)} {theirs}"
        f" order by stored.community, stored.{order}, stored.batch, stored.source_row",
        chosen,
    )
    if table.ends:
        con.execute(
            f"insert into dropouts from ({canonical.dropouts_sql(table)}) as stored {theirs}",
            chosen,
        )
