"""What a page asks of a warehouse: `python -m benchmarks.asking`.

Beside the same answers from raw events, and beside a warehouse of other events, ten times fewer by
default (`--events`, `--beside`, `--communities`). The two are asked in turn, so that other work
strikes them alike.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from benchmarks.homes import built
from benchmarks.rows import Row
from lingti import warehouse
from lingti.warehouse import resource_limits

RUNS = 50
METRICS = ("volunteer_hours", "active_volunteers", "points_earned", "redemptions")
_RAW = (
    ("sum(hours)", "service"),
    ("count(distinct resident)", "service"),
    ("sum(points)", "points"),
    ("count(*)", "redemptions"),
)


def run(events: int = 10_000_000, beside: int = 1_000_000, communities: int = 2_000) -> list[Row]:
    """Asks for the totals of a page's metrics by month; returns the ratios."""
    few, many = (_opened(built(communities, count)) for count in (beside, events))
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        for con, times in zip((few, many), found, strict=True):
            times.append(_seconds(con, _stored))
    of_few, of_many = (statistics.median(times) for times in found)
    of_raw = _seconds(many, _raw)
    size = f"{events:,} events, {communities:,} communities"
    return [
        Row(
            f"one page's queries beside raw events, {size}",
            "≤ 0.05 ×",
            f"{of_many / of_raw:.4f} ×",
            f"{1000 * of_many:.1f} ms : {1000 * of_raw:.0f} ms",
        ),
        Row(
            f"one page's queries, {size}, beside {beside:,} events",
            "≤ 1.2 ×",
            f"{of_many / of_few:.2f} ×",
            f"{1000 * of_many:.1f} ms : {1000 * of_few:.1f} ms, medians of {RUNS}",
        ),
    ]


def _opened(home: Path) -> duckdb.DuckDBPyConnection:
    path = str(warehouse.current(home).path)
    return duckdb.connect(path, read_only=True, config=resource_limits.reading())


def _seconds(
    con: duckdb.DuckDBPyConnection, ask: Callable[[duckdb.DuckDBPyConnection], None]
) -> float:
    start = time.perf_counter()
    ask(con)
    return time.perf_counter() - start


def _stored(con: duckdb.DuckDBPyConnection) -> None:
    names = ", ".join(f"'{name}'" for name in METRICS)
    con.execute(
        f"select * from metric_values where metric in ({names}) and grain = 'month'"
        " and dimension is null and community in ('c0001', 'c0002', 'c0003', 'district')"
    ).fetchall()


def _raw(con: duckdb.DuckDBPyConnection) -> None:
    for value, table in _RAW:
        con.execute(
            f"select community, date_trunc('month', day) as month, {value} from {table}"
            " group by grouping sets ((community, month), (month))"
        ).fetchall()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--beside", type=int, default=1_000_000)
    parser.add_argument("--communities", type=int, default=2_000)
    options = parser.parse_args()
    for row in run(options.events, options.beside, options.communities):
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
