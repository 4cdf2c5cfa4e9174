"""The warehouse as somebody sees it who may not see everything.

It is a database of views over the published file, under the same names: whatever a page asks, it
gets exact values and rows of the reader's own communities only, and of others what is published.
A page cannot forget to filter, because there is nothing else to read.
"""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

import duckdb

from lingti.warehouse import resource_limits

# Business rosters that say nothing about residents: which merchants and goods there are.
OPEN = frozenset({"partnerships", "goods"})
VALUES = ("metric_values", "published_values")
_COLUMNS = (
    "metric, community, grain, period, dimension, member, value, numerator, denominator, people,"
    " state"
)
VERDICTS = ("verdicts", "published_verdicts")
# How communities are told apart is about all of them, so nobody's own is exact.
COMPARED = ("comparisons", "told_apart")
_OF_ROWS = frozenset({"findings", "dropouts", "lone_names"})
_SETTINGS = (
    frozenset(
        {
            *(
                "communities",
                "populations",
                "expected",
                "unexpected",
                "due",
                "spans",
                "covered",
                "counting",
                "targets",
                "rules",
                "periods",
            ),
            *("merchant_aliases", "made_of"),
        }
    )
    | OPEN
)
# Of the batches of others: who brought them and how many rows they have, but for none at all.
_OF_BATCHES = {
    "imported_by": "",
    "read_rows": "",
    "accepted": "or read_rows = 0",
    "quarantined": "",
    "set_aside": "",
}


def connect(
    path: Path, exact: frozenset[str], canonical: Container[str], snapshot: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """Opens a published warehouse as a reader sees it who may read `exact` communities exactly.

    `canonical` names the tables of rows. Of others it is what the `snapshot` tells; before there is
    one, what the warehouse would publish.
    """
    con = duckdb.connect(config=resource_limits.reading())
    con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as whole (read_only)")
    published = "whole.main"
    if snapshot is not None:
        con.execute(
            f"attach '{str(snapshot).replace(chr(39), chr(39) * 2)}' as snapshot (read_only)"
        )
        published = "snapshot.main"
    tables = con.execute(
        "select table_name from duckdb_tables() where database_name = 'whole' union all"
        " select view_name from duckdb_views() where database_name = 'whole' and not internal"
    ).fetchall()
    own = (
        ", ".join(f"'{community.replace(chr(39), chr(39) * 2)}'" for community in sorted(exact))
        or "null"
    )
    for (name,) in tables:
        con.execute(f"create view {name} as {_view(name, own, canonical, published)}")
    return con


def _view(name: str, own: str, canonical: Container[str], published: str) -> str:
    """SQL of one table as seen; `own` is a list of communities, or null for none.

    `published` is the database and schema of what is published.
    """
    whole = f"whole.main.{name}"
    if name in VALUES:
        return (
            f"select * from whole.main.metric_values where community in ({own})"
            f" union all by name select {_COLUMNS} from {published}.published_values"
            f" where (community in ({own})) is not true"
        )
    if name in VERDICTS:
        return (
            f"select * from whole.main.verdicts where community in ({own})"
            f" union all by name select * from {published}.published_verdicts"
            f" where (community in ({own})) is not true"
        )
    if name.removeprefix("published_") in COMPARED:
        return f"from {published}.published_{name.removeprefix('published_')}"
    if name in _OF_ROWS or (name in canonical and name not in OPEN):
        return f"select * from {whole} where community in ({own})"
    if name == "batches":
        hidden = ", ".join(
            f"case when community in ({own}) {unless} then {column} end as {column}"
            for column, unless in _OF_BATCHES.items()
        )
        return f"select * replace ({hidden}) from {whole}"
    if name == "to_correct":
        # That a number lacks rows concerns whoever reads it; how many, and on which days, does not.
        hidden = (
            "-1 as rows, 0 as batch, date_trunc('month', first_day)::date as first_day,"
            " last_day(last_day) as last_day"
        )
        return (
            f"select * from {whole} where community in ({own}) union all"
            f" select distinct * replace ({hidden}) from {whole}"
            f" where (community in ({own})) is not true"
        )
    if name == "files":
        return (
            f"select * from {whole} where batch in"
            f" (select batch from whole.main.batches where community in ({own}))"
        )
    if name in _SETTINGS:
        return f"from {whole}"
    # Whatever is added later is shown to nobody until it is decided on here.
    return f"select * from {whole} limit 0"
