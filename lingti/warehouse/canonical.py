"""The SQL by which the rows of batches become the canonical tables, on whatever engine runs it.

It needs `batches`, `counting` and `merchant_aliases`; for tables about persons also `residents`,
and where members of a column are united `united_members`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import duckdb

from lingti import catalog
from lingti.catalog import MERCHANT_COLUMNS, PERSON, PERSON_KEYS, SOURCE_COLUMN, Table
from lingti.ingest.keeping.batches import Manifest


def files_of(home: Path, table: Table, manifests: Iterable[Manifest]) -> list[Path]:
    """The files of batches that hold rows of a table."""
    return paths(home, table, (manifest.batch for manifest in manifests))


def paths(home: Path, table: Table, numbers: Iterable[int]) -> list[Path]:
    """The files of batches of these numbers that hold rows of a table."""
    return [
        path
        for number in numbers
        if (path := home / "batches" / f"{number:06d}" / f"{table.name}.parquet").exists()
    ]


def stored_sql(table: Table, files: str) -> str:
    """SQL for the rows of a table that count, as batches keep them; `files` is a relation."""
    step = "rosters" if table.ends else "registers" if not table.has_day else "logs"
    return catalog.build_step(step).format(
        table=table.name,
        files=files,
        ends=table.ends,
        key=table.key,
        day="day" if table.has_day else "as_of",
    )


def add_lacking(con: duckdb.DuckDBPyConnection, relation: str, table: Table) -> None:
    """Adds the columns that batches of an earlier program do not have, empty."""
    for name, kind in table.stored_types.items():
        con.execute(f'alter table {relation} add column if not exists "{name}" {kind}')
    con.execute(f"alter table {relation} add column if not exists {SOURCE_COLUMN} integer")


def people_sql(tables: Iterable[Table]) -> str:
    """SQL for every set of keys in `stored_…` of the tables that are about persons, or ""."""
    return " union ".join(
        f"select distinct community, {', '.join(PERSON_KEYS)} from stored_{table.name}"
        for table in tables
        if table.has_person
    )


def united_in(con: duckdb.DuckDBPyConnection, table: Table) -> set[str]:
    """The columns of a table of which `united_members` lets members count as others."""
    columns = con.execute(
        "select distinct column_name from united_members where tbl = ?", [table.name]
    )
    return {name for (name,) in columns.fetchall()}


def canonical_sql(table: Table, united: Collection[str] = ()) -> str:
    """SQL for the rows of a canonical table, from `stored_…`; `united` as of `united_in`."""
    columns, aliases = ["stored.community"], ""
    for column in table.columns:
        if column.name == PERSON:
            columns.append("residents.resident")
        elif column.name in MERCHANT_COLUMNS:
            aliases += f" left join merchant_aliases on written = stored.{column.name}"
            columns.append(
                f"coalesce(merchant_aliases.merchant, stored.{column.name}) as {column.name}"
            )
        elif column.name in united and column.may_be_united:
            joined = f"united_{column.name}"
            aliases += (
                f" left join united_members as {joined} on {joined}.tbl = '{table.name}'"
                f" and {joined}.column_name = '{column.name}'"
                f" and {joined}.written = stored.{column.name}"
            )
            columns.append(f"coalesce({joined}.means, stored.{column.name}) as {column.name}")
        else:
            columns.append(f"stored.{column.name}")
    same_person = " and ".join(
        f"residents.{key} is not distinct from stored.{key}" for key in ("community", *PERSON_KEYS)
    )
    persons = f"join residents on {same_person}" if table.has_person else ""
    return (
        f"select {', '.join(columns)}, stored.batch, {_place('stored.')} as source_row"
        f" from stored_{table.name} as stored {persons} {aliases}"
    )


def dropouts_sql(table: Table) -> str:
    """SQL for the entries that the newest roster no longer holds, from `stored_…`."""
    return (
        f"select community, '{table.name}' as tbl, {table.key} as entry, {table.ends} as day,"
        f" batch, {_place('')} as source_row from stored_{table.name} where dropped_out"
    )


def _place(of: str) -> str:
    """Where a row stood: file, sheet, row, and of a cross-tab the column of its cell, else 0."""
    row = f"{of}source_row"
    fields = "".join(f"'{name}': {row}.\"{name}\", " for name in ("file", "sheet", "row"))
    return f"{{{fields}'cell': coalesce({of}{SOURCE_COLUMN}, 0)}}"
