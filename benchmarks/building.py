"""The build of a warehouse: `python -m benchmarks.building`.

A generated district of 2,000 communities and 10 million events (`--events`, `--communities`). The
plain template is timed on one metric of each of the three
tables that hold the events, in the same run and on the same database as the quick way.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from benchmarks.homes import generated
from benchmarks.rows import Row, Took, peak_memory, times, took
from lingti import catalog, warehouse
from lingti.ingest.checking.coverage import Span, write
from lingti.ingest.keeping import batches
from lingti.warehouse import fast
from lingti.warehouse.template import COLUMNS, measure_sql
from sample_data import benchmark

METRICS = ("volunteer_hours", "points_earned", "redemptions")
MONTH = Span(date(2024, 3, 1), date(2024, 3, 31))
NEXT_MONTH = Span(date(2025, 1, 1), date(2025, 1, 31))
EVENTS_OF_A_MONTH = 150
_ONE_DISTINCT = """
create or replace temp table counted as
select community, date_trunc('month', day) as month, count(distinct resident) as people
from service
group by all
"""


def run(events: int = 10_000_000, communities: int = 2_000) -> list[Row]:
    """Builds and measures; returns the ratios."""
    home = generated(communities, events)
    size = f"{events:,} events, {communities:,} communities"
    full = took(lambda: warehouse.rebuild(home, full=True))
    again = took(lambda: warehouse.rebuild(home))
    memory = peak_memory()
    with tempfile.TemporaryDirectory(dir=home) as folder:
        copy = shutil.copy(warehouse.current(home).path, folder)
        with duckdb.connect(copy, config={"memory_limit": "8GB"}) as con:
            rows = _measuring(con, size)
    return [
        *rows,
        Row(f"full build, {size}", "≤ 8 GB", memory, str(full)),
        Row(f"a build that finds nothing changed, {size}", "–", times(again, full), str(again)),
        *_months_more(home, size, full),
    ]


def _months_more(home: Path, size: str, full: Took) -> list[Row]:
    """Imports a month of one community twice, one it has and the next, and takes both back."""
    found = []
    for month, said in ((MONTH, "one that is there already"), (NEXT_MONTH, "the first of a year")):
        visible_s, whole_s = _import(home, month)
        found.append(
            Row(
                f"a community's month imported ({said}), until it is visible, {size}",
                "≤ 5 s",
                f"{visible_s:.1f} s",
                f"all published after {whole_s:.1f} s; a full build takes {full}",
            )
        )
    for one in batches.manifests(home)[-len(found) :]:
        batches.undo(home, one.batch)
    return found


def _import(home: Path, month: Span) -> tuple[float, float]:
    """Seconds from the start of `lingti import` to new numbers, and to its end."""
    current = home / "warehouse" / "CURRENT"
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "应用导出.csv"
        benchmark.write_month(export, month.first, EVENTS_OF_A_MONTH)
        before, start = current.read_text(), time.perf_counter()
        work = subprocess.Popen(
            [sys.executable, "-m", "lingti.commands.cli", "import", str(export),
             "--home", str(home),
             "--community", "c0001", "--source", "c0001_app", "--covers", write([month]),
             "--allow-removal"],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        while current.read_text() == before and work.poll() is None:
            time.sleep(0.01)
        visible_s = time.perf_counter() - start
        if work.wait() != 0:
            raise RuntimeError(f"{export.name} was not imported")
        return visible_s, time.perf_counter() - start


def _measuring(con: duckdb.DuckDBPyConnection, size: str) -> list[Row]:
    chosen = [catalog.program().metrics[name] for name in METRICS]
    con.execute("create or replace temp view weeks as from periods where grain = 'week'")
    con.execute("create or replace temp view others as from periods where grain <> 'week'")

    def plainly(names: tuple[str, ...]) -> None:
        for name in names:
            metric = catalog.program().metrics[name]
            for periods, dimensions in (("weeks", ()), ("others", metric.dimensions)):
                sql = measure_sql(metric, periods=periods, dimensions=dimensions)
                con.execute(f"insert into metric_values ({COLUMNS}) {sql}")

    def quickly(names: tuple[str, ...]) -> None:
        fast.measure_all(con, [catalog.program().metrics[name] for name in names])

    distinct = took(lambda: con.execute(_ONE_DISTINCT))
    con.execute("delete from metric_values")
    totals = replace(catalog.program().metrics["active_volunteers"], dimensions=())
    one = took(lambda: fast.measure_all(con, [totals]))
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--communities", type=int, default=2_000)
    options = parser.parse_args()
    for row in run(options.events, options.communities):
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
