"""The warehouse as somebody sees it who may not see everything.

It is a database of views over the published file, under the same names: whatever a page asks, it
gets exact values and rows of the reader's own communities only, and of others what is published.
A page cannot forget to filter, because there is nothing else to read.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from lingti import catalog

# Business rosters that say nothing about residents: which merchants and goods there are.
OPEN = frozenset({"partnerships", "goods"})
VALUES = ("metric_values", "published_values")
_OF_ROWS = frozenset({"findings", "dropouts", "lone_names"})


def connect(path: Path, exact: frozenset[str]) -> duckdb.DuckDBPyConnection:
    """Opens a published warehouse as a reader sees it who may read `exact` communities exactly."""
    con = duckdb.connect(config={"autoinstall_known_extensions": False})
    con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as whole (read_only)")
    tables = con.execute(
        "select table_name from duckdb_tables() where database_name = 'whole'"
    ).fetchall()
    own = ", ".join(f"'{one.replace(chr(39), chr(39) * 2)}'" for one in sorted(exact)) or "null"
    for (name,) in tables:
        con.execute(f"create view {name} as {_view(name, own)}")
    return con


def _view(name: str, own: str) -> str:
    """SQL of one table as seen; `own` is a list of communities, or null for none."""
    whole = f"whole.main.{name}"
    if name in VALUES:
        return (
            f"select * from whole.main.metric_values where community in ({own})"
            " union all select * from whole.main.published_values"
            f" where (community in ({own})) is not true"
        )
    if name in _OF_ROWS or (name in catalog.tables() and name not in OPEN):
        return f"select * from {whole} where community in ({own})"
    if name == "batches":
        return (
            "select * replace (case when community in"
            f" ({own}) then imported_by end as imported_by) from {whole}"
        )
    if name == "files":
        return (
            f"select * from {whole} where batch in"
            f" (select batch from whole.main.batches where community in ({own}))"
        )
    return f"from {whole}"
