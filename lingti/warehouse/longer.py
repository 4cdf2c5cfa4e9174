"""A warehouse as it would be were half-years or years to date stored in it, for documents of one.

They are worked out when they are asked for: stored, a year to date a month would be half as much
again of every build. Who reads published values gets what published quarters and months tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from lingti.warehouse import ask, resource_limits
from lingti.warehouse.ask import COMPUTED
from lingti.warehouse.publish import Warehouse

PeriodRow = tuple[str, str, Any, Any]  # grain, id, first and last day


def periods(data: Warehouse) -> list[PeriodRow]:
    """The half-years and years to date of the months there are, in order of time."""
    period_rows: list[PeriodRow] = []
    for grain, (named, begins, months) in COMPUTED.items():
        rows = data.rows(f"""
            select distinct
                {named} as period,
                ({begins})::date as first_day,
                (({begins}) + to_months({months}::integer))::date - 1 as last_day,
            from periods where grain = 'month' order by 2, 3
        """)
        period_rows += [(grain, row["period"], row["first_day"], row["last_day"]) for row in rows]
    return period_rows


def with_periods(data: Warehouse, asked: Iterable[PeriodRow]) -> Warehouse:
    """The same warehouse with the values of some periods that are not stored."""
    asked = list(asked)
    rows = [
        row
        for metric in data.catalog.metrics.values()
        for row in ask.in_periods(data, metric, asked)
    ]
    con = duckdb.connect(config=resource_limits.reading())
    path = str(data.path).replace("'", "''")
    con.execute(f"attach '{path}' as whole (read_only)")
    names = con.execute(
        "select table_name from duckdb_tables() where database_name = 'whole' union all"
        " select view_name from duckdb_views() where database_name = 'whole' and not internal"
    ).fetchall()
    for (name,) in names:
        con.execute(f"create view {name} as from whole.main.{name}")
    put_beside(con, asked, {"metric_values": rows})
    return Warehouse(data.path, con, data.reader_view, data.snapshot, data.catalog)


def put_beside(
    con: duckdb.DuckDBPyConnection,
    asked: list[PeriodRow],
    values: dict[str, list[dict[str, Any]]],
) -> None:
    """Puts periods, and values of them, beside those of a database of views."""
    con.execute("create table longer_periods as from periods limit 0")
    con.executemany("insert into longer_periods values (?, ?, ?, ?)", asked)
    _also(con, "periods", "longer_periods")
    for name, rows in values.items():
        con.execute(f"create table longer_{name} as from {name} limit 0")
        if rows:
            con.register("noted", pa.Table.from_pylist(rows))
            con.execute(f"insert into longer_{name} by name from noted")
            con.unregister("noted")
        _also(con, name, f"longer_{name}")


def _also(con: duckdb.DuckDBPyConnection, view: str, more: str) -> None:
    con.execute(f"alter view {view} rename to stored_{view}")
    con.execute(f"create view {view} as from stored_{view} union all by name from {more}")
