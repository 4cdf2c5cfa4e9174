"""The build on Spark beside DuckDB's: `python -m benchmarks.spark` (needs `make spark`).

A generated district of 2,000 communities and a million events (`--events`, `--communities`) is
built by both, Spark on a standalone cluster of two workers on this machine, and every table is
compared row by row.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import tempfile
from pathlib import Path

import duckdb

from benchmarks.homes import generated
from benchmarks.rows import Row, took
from lingti import warehouse

TESTS = Path(__file__).parent.parent / "tests"


def run(events: int = 1_000_000, communities: int = 2_000) -> list[Row]:
    """Builds the same home by both engines; how long each took, and in what they differ."""
    if importlib.util.find_spec("pyspark") is None:
        return [Row("a build on Spark beside DuckDB's", "–", "not measured", "make spark")]
    sys.path.insert(0, str(TESTS))
    from spark.cluster import environment, standalone

    home = generated(communities, events)
    size = f"{events:,} events, {communities:,} communities"
    by_duckdb = took(lambda: warehouse.rebuild(home, full=True))
    one = warehouse.current(home).path
    with tempfile.TemporaryDirectory() as folder, standalone(Path(folder), memory="4g") as master:
        os.environ.update(environment())
        by_spark = took(lambda: warehouse.rebuild(home, spark_master=master))
    other = warehouse.current(home).path
    return [
        Row(
            f"a full build on Spark, two workers here, beside DuckDB's, {size}",
            "–",
            f"{by_spark.clock_s / by_duckdb.clock_s:.2f} ×",
            f"{by_spark.clock_s:.0f} s : {by_duckdb.clock_s:.0f} s of the clock",
        ),
        Row(
            f"tables that differ in any row, {size}",
            "none",
            ", ".join(differing(one, other)) or "none",
        ),
    ]


def differing(one: Path, other: Path) -> list[str]:
    """The tables of two warehouses that are not equal row by row, without what a build notes."""
    with duckdb.connect() as con:
        for name, path in (("one", one), ("other", other)):
            con.execute(f"attach '{path}' as {name} (read_only)")
        names = con.execute(
            "select table_name from duckdb_tables() where database_name = 'one' order by all"
        ).fetchall()
        return [
            name
            for (name,) in names
            if name not in ("made_of", "identities")  # for the next build
            and any(
                con.execute(
                    f"select 1 from (from {a}.{name} except all from {b}.{name}) limit 1"
                ).fetchall()
                for a, b in (("one", "other"), ("other", "one"))
            )
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--communities", type=int, default=2_000)
    options = parser.parse_args()
    for row in run(options.events, options.communities):
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
