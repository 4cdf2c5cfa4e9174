"""The rows that count, as `plain.load_rows`, where they are not there yet.

A warehouse that begins as a copy of the last has the rows of most communities already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from lingti.catalog import Table
from lingti.warehouse import canonical, plain
from lingti.warehouse.fast import incremental, linked_persons
from lingti.warehouse.fast.incremental import Changes
from lingti.warehouse.inputs import Inputs


def load(con: duckdb.DuckDBPyConnection, inputs: Inputs, changes: Changes) -> None:
    """Brings the canonical tables up to date with the rows that count.

    Who is who is told first: new rows of one community can join two persons of another.
    """
    tables = inputs.district.catalog.tables.values()
    incremental.note_batches(changes, inputs.manifests)
    other_batches = incremental.communities_of_other_batches(changes)
    stored = _store(con, inputs, tables, other_batches)
    linked_persons.tell_apart_again(con, other_batches, canonical.people_sql(stored))
    incremental.note_rows(con, changes, inputs.aliases)
    for table in tables:
        changed = changes.communities([table.name])
        _remove(con, table, changed)
        is_stored = table in stored
        if not set(changed) <= set(other_batches):
            con.execute(f"drop table if exists stored_{table.name}")
            is_stored = bool(_store(con, inputs, [table], changed))
        if changed and is_stored:
            plain.fill_table(con, table, changed)
        con.execute(f"drop table if exists stored_{table.name}")
    plain.fill_spans(con, inputs.district.catalog)


def _store(
    con: duckdb.DuckDBPyConnection,
    inputs: Inputs,
    tables: Iterable[Table],
    communities: Iterable[str],
) -> list[Table]:
    """Makes `stored_…` of the rows of communities that count; the tables that have any."""
    chosen = set(communities)
    theirs = [manifest for manifest in inputs.manifests if manifest.community in chosen]
    home = inputs.district.home
    return [table for table in tables if plain.store_rows(con, home, table, theirs)]


def _remove(con: duckdb.DuckDBPyConnection, table: Table, communities: Sequence[str]) -> None:
    """Takes the rows of communities out of a canonical table."""
    chosen = {"communities": list(communities)}
    theirs = "where community in (select unnest($communities::varchar[]))"
    con.execute(f"delete from {table.name} {theirs}", chosen)
    if table.ends:
        con.execute(f"delete from dropouts {theirs} and tbl = '{table.name}'", chosen)
