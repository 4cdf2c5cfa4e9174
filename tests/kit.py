"""A tiny district on a real DuckDB, for tests that compare whole results over literal rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb

from lingti import catalog
from lingti.warehouse import description, fast, plain

ALWAYS = ("2024-01-01", "2024-12-31")
Row = Mapping[str, Any]


def small_warehouse(
    rows: Mapping[str, Iterable[Row]],
    *,
    population: Mapping[str, tuple[int, int]] | None = None,
    expected: Mapping[str, Sequence[str]] | None = None,
    covered: Mapping[tuple[str, str], Sequence[tuple[str, str]]] | None = None,
    begins: Mapping[str, str] | None = None,
    rules: Iterable[tuple[str, str, float]] = (),
    starts_on: str = "2024-01-01",
    last_day: str = "2024-06-30",
) -> duckdb.DuckDBPyConnection:
    """A database in memory whose canonical tables hold the rows (table → rows).

    `population`: community → (residents, households), default a and b with 1,000 and 400.
    `expected`: community → tables, default every table named in `rows` from every community.
    `covered`: (community, table) → spans of days, default what is expected, all year.
    `begins`: community → the day from which on its tables are expected, default New Year.
    """
    population = population or {"a": (1000, 400), "b": (1000, 400)}
    expected = expected or {community: list(rows) for community in population}
    wanted = [(community, table) for community, tables in expected.items() for table in tables]
    covered = covered if covered is not None else {}
    con = duckdb.connect()
    plain.create_tables(con, catalog.program())
    for place, (community, (residents, households)) in enumerate(population.items(), 1):
        names = [community] * 4
        con.execute(
            "insert into communities values (?, ?, ?, ?, ?, ?, '2024-01-01')",
            [place, community, *names],
        )
        con.execute(
            "insert into populations values (?, '1900-01-01', '9999-12-31', ?, ?)",
            [community, residents, households],
        )
    for community, table in wanted:
        since = (begins or {}).get(community, ALWAYS[0])
        con.execute(
            "insert into expected values (?, ?, '', ?, ?, 1)", [community, table, since, ALWAYS[1]]
        )
        for span in covered.get((community, table), [ALWAYS]):
            con.execute("insert into covered values (?, ?, '', ?, ?)", [community, table, *span])
    for rule in rules:
        con.execute("insert into rules values (?, ?, ?)", list(rule))
    for table, found in rows.items():
        insert(con, table, found)
    description.fill_periods(con, date.fromisoformat(starts_on), date.fromisoformat(last_day))
    description.fill_due(con)
    return con


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Row]) -> None:
    """Adds rows to a canonical table; batch 1 and the row's position where not given."""
    for number, row in enumerate(rows, 2):
        place = {"file": 1, "sheet": 1, "row": number}
        full = {"community": "a", "batch": 1, "source_row": place, **row}
        names = ", ".join(full)
        marks = ", ".join(f"${name}" for name in full)
        con.execute(f"insert into {table} ({names}) values ({marks})", full)


def measured(
    con: duckdb.DuckDBPyConnection,
    metric: str,
    *,
    grain: str = "month",
    columns: str = "community, period, dimension, member, value, state",
    where: str = "true",
) -> list[tuple[Any, ...]]:
    """The rows of `metric_values` for one metric and grain, in a fixed order."""
    known = con.execute("select 1 from metric_values where metric = ? limit 1", [metric])
    if not known.fetchall():
        fast.measure_all(con, [catalog.program().metrics[metric]])
    return con.execute(
        f"select {columns} from metric_values where metric = $metric and grain = $grain"
        f" and ({where}) order by all nulls first",
        {"metric": metric, "grain": grain},
    ).fetchall()
