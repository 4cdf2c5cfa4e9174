"""Rows of Python into a table."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import pyarrow as pa


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Iterable[object]]) -> None:
    """Adds rows to a table, all at once: one statement per row takes minutes for many batches."""
    columns = list(zip(*rows, strict=True))
    if columns:
        names = [str(number) for number in range(len(columns))]
        con.register("inserted", pa.table([pa.array(column) for column in columns], names))
        con.execute(f"insert into {table} from inserted")
        con.unregister("inserted")
