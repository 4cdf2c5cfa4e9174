"""The build and the answers of a warehouse: `python -m benchmarks.building`.

A generated district of 2,000 communities and 10 million events (`--events`, `--communities`); the
files stay in `benchmarks/data/`. The plain template is timed on one metric of each of the three
tables that hold the events, in the same run and on the same database as the quick way.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.compute as pc
from pyarrow import parquet

from benchmarks.rows import Row, Took, peak_memory, times, took
from lingti import catalog, warehouse
from lingti.ingest import batch as batches
from lingti.ingest.coverage import Span
from lingti.warehouse import rollup
from lingti.warehouse.measure import COLUMNS, measure_sql
from sample_data import benchmark

DATA = Path(__file__).parent / "data"
METRICS = ("volunteer_hours", "points_earned", "redemptions")
PAGE = ("volunteer_hours", "active_volunteers", "points_earned", "redemptions")
_ONE_DISTINCT = """
create or replace temp table counted as
select community, date_trunc('month', day) as month, count(distinct resident) as people
from service
group by all
"""


def run(events: int = 10_000_000, communities: int = 2_000) -> list[Row]:
    """Builds, measures and asks; returns the ratios."""
    home = DATA / f"{communities}-{events}"
    if not (home / "district.toml").exists():
        benchmark.write(home, communities, events, "parquet")
    size = f"{events:,} events, {communities:,} communities"
    full = took(lambda: warehouse.rebuild(home, full=True))
    again = took(lambda: warehouse.rebuild(home))
    memory = peak_memory()
    with tempfile.TemporaryDirectory(dir=DATA) as folder:
        copy = shutil.copy(warehouse.current(home).path, folder)
        with duckdb.connect(copy, config={"memory_limit": "8GB"}) as con:
            rows = _measuring(con, size)
    return [
        *rows,
        Row(f"full build, {size}", "≤ 8 GB", memory, str(full)),
        Row(f"a build that finds nothing changed, {size}", "–", times(again, full), str(again)),
        *_asking(home, size),
        _one_month_more(home, size, full),
    ]


def _one_month_more(home: Path, size: str, full: Took) -> Row:
    """Sends a month of one community again, with one row less, builds, and takes it back."""
    first = batches.manifests(home)[0]
    month = Span(date(2024, 3, 1), date(2024, 3, 31))
    tables = {}
    for name in first.tables:
        rows = parquet.read_table(home / "batches" / f"{first.batch:06d}" / f"{name}.parquet")
        days = pc.and_(
            pc.greater_equal(rows["day"], month.first), pc.less_equal(rows["day"], month.last)
        )
        tables[name] = rows.filter(days).slice(1)
    with batches.writing(home):
        number = batches.next_number(home)
        counts = {name: len(rows) for name, rows in tables.items()}
        again = replace(first, batch=number, covers=(month,), rows=counts)
        batches.keep(home, again, tables, [])
    whole = took(lambda: warehouse.rebuild(home))
    batches.undo(home, number)
    return Row(
        f"a build after one community's month, {size}", "≤ 5 s", times(whole, full), str(whole)
    )


def _measuring(con: duckdb.DuckDBPyConnection, size: str) -> list[Row]:
    chosen = [catalog.metrics()[name] for name in METRICS]
    con.execute("create or replace temp view weeks as from periods where grain = 'week'")
    con.execute("create or replace temp view others as from periods where grain <> 'week'")

    def plainly(names: tuple[str, ...]) -> None:
        for name in names:
            metric = catalog.metrics()[name]
            for periods, dimensions in (("weeks", ()), ("others", metric.dimensions)):
                sql = measure_sql(metric, periods=periods, dimensions=dimensions)
                con.execute(f"insert into metric_values ({COLUMNS}) {sql}")

    def quickly(names: tuple[str, ...]) -> None:
        rollup.measure_all(con, [catalog.metrics()[name] for name in names])

    distinct = took(lambda: con.execute(_ONE_DISTINCT))
    con.execute("delete from metric_values")
    totals = replace(catalog.metrics()["active_volunteers"], dimensions=())
    one = took(lambda: rollup.measure_all(con, [totals]))
    con.execute("delete from metric_values")
    every = took(lambda: quickly(("active_volunteers",)))
    three = took(lambda: quickly(METRICS))
    plain = took(lambda: plainly(METRICS))
    return [
        Row(
            f"{len(chosen)} metrics beside the plain template, {size}",
            "≤ 0.33 ×",
            times(three, plain),
            f"{three} : {plain}",
        ),
        Row(
            f"one distinct metric at every grain, with the district and all states, beside"
            f" count(distinct) by community and month, {size}",
            "≤ 3 ×",
            times(one, distinct),
            f"{one} : {distinct}",
        ),
        Row(
            f"the same by its two dimensions too: five times the rows, {size}",
            "–",
            times(every, distinct),
            f"{every} : {distinct}",
        ),
    ]


def _asking(home: Path, size: str) -> list[Row]:
    """The totals of a page's metrics by month, from the warehouse and from raw events."""
    found = warehouse.current(home)
    names = ", ".join(f"'{name}'" for name in PAGE)

    def stored() -> None:
        found.connection.execute(
            f"select * from metric_values where metric in ({names}) and grain = 'month'"
            " and dimension is null and community in ('c0001', 'c0002', 'c0003', 'district')"
        ).fetchall()

    def raw() -> None:
        for value, table in (
            ("sum(hours)", "service"),
            ("count(distinct resident)", "service"),
            ("sum(points)", "points"),
            ("count(*)", "redemptions"),
        ):
            found.connection.execute(
                "select community, date_trunc('month', day) as month,"
                f" {value} from {table} group by grouping sets ((community, month), (month))"
            ).fetchall()

    stored()
    of_raw: Took = took(raw)
    of_stored = took(stored)
    return [
        Row(
            f"one page's queries beside raw events, {size}",
            "≤ 0.05 ×",
            times(of_stored, of_raw),
            f"{of_stored} : {of_raw}",
        )
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--communities", type=int, default=2_000)
    options = parser.parse_args()
    for row in run(options.events, options.communities):
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
