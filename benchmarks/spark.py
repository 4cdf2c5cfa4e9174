"""The build on Spark beside DuckDB's: `python -m benchmarks.spark` (needs `make spark`).

A generated district of 2,000 communities and a million events (`--events`, `--communities`) is
built by both, Spark on a standalone cluster of two workers on this machine, and every table is
compared row by row.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.homes import generated
from benchmarks.rows import Row
from lingti import warehouse

TESTS = Path(__file__).parent.parent / "tests"


def run(events: int = 1_000_000, communities: int = 2_000) -> list[Row]:
    """Builds the same home by both engines; what each took, and in what they differ."""
    if importlib.util.find_spec("pyspark") is None:
        return [Row("a build on Spark beside DuckDB's", "–", "not measured", "make spark")]
    sys.path.insert(0, str(TESTS))
    from spark.cluster import environment, standalone

    home = generated(communities, events)
    size = f"{events:,} events, {communities:,} communities"
    by_duckdb = _built(home, "--full")
    one = warehouse.current(home).path
    with (
        tempfile.TemporaryDirectory() as folder,
        standalone(Path(folder), memory="1g") as cluster,
    ):
        os.environ.update(environment())
        by_spark = _built(home, "--engine", "spark", "--master", cluster.address)
    other = warehouse.current(home).path
    return [
        Row(
            f"a full build on Spark, two workers here, beside DuckDB's, {size}",
            "at most 2 ×",
            f"{by_spark.clock_s / by_duckdb.clock_s:.2f} × (processor"
            f" {by_spark.processor_s / by_duckdb.processor_s:.2f} ×)",
            f"{by_spark} : {by_duckdb}",
        ),
        Row(
            f"tables that differ in any row, {size}",
            "none",
            ", ".join(differing(one, other)) or "none",
        ),
    ]


@dataclass
class Used:
    """What processes have used: seconds, and at most so many MB at once; `planner` the build's."""

    clock_s: float = 0
    processor_s: float = 0
    all_mb: int = 0
    planner_mb: int = 0

    def __str__(self) -> str:
        return (
            f"{self.clock_s:.0f} s ({self.processor_s:.0f} s of the processor, {self.all_mb} MB,"
            f" of which the planner {self.planner_mb} MB)"
        )


def _built(home: Path, *options: str) -> Used:
    """Builds a home in a process of its own, and watches that, and all below this one."""
    used, started, before = Used(), time.perf_counter(), dict(_processor_s(os.getpid()))
    seconds: dict[int, float] = {}
    command = [sys.executable, "-m", "lingti.commands.cli", "build", "--home", str(home), *options]
    build = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while build.poll() is None:
        seconds |= dict(_processor_s(os.getpid()))
        used.all_mb = max(used.all_mb, sum(_mb(pid) for pid in _below(os.getpid())))
        used.planner_mb = max(used.planner_mb, sum(_mb(pid) for pid in _below(build.pid)))
        time.sleep(0.5)
    if build.returncode:
        raise SystemExit(build.returncode)
    used.clock_s = time.perf_counter() - started
    used.processor_s = sum(now - before.get(pid, 0) for pid, now in seconds.items())
    return used


def _below(pid: int) -> Iterator[int]:
    """A process and all that it has started, and these."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _below(int(child))


def _processor_s(pid: int) -> Iterator[tuple[int, float]]:
    """Every process below one with the seconds of the processor it has taken."""
    for one in _below(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            yield one, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _mb(pid: int) -> int:
    """The memory of a process, what it shares with others divided among them."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) // 1024
    return 0


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
            if name not in ("made_of", "spread_of")  # for the next build
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
