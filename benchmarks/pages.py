"""The server's time for every page: `python -m benchmarks.pages`.

Each page of the sample is asked for again and again by one session, warm, and its run is held
against the time that DuckDB takes for the queries of that page (`benchmarks.observed` says how).
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from benchmarks.clicking import open_page, visit
from benchmarks.rows import Row
from benchmarks.served import ROOT, free_port
from lingti.ui.window import menu
from lingti.upkeep import demo

RUNS, WARMING = 9, 2
NUMBER = "metric=volunteer_hours&place=guqiao&of=2024-10"


@dataclass(frozen=True)
class Timed:
    """A page with the seconds of its run, of the processor in it, and of its queries."""

    page: str
    run_s: float
    processor_s: float
    query_s: float

    def __str__(self) -> str:
        return (
            f"{self.page or 'home'}: {1000 * self.run_s:.0f} ms"
            f" ({1000 * self.processor_s:.0f} ms of the processor),"
            f" queries {1000 * self.query_s:.0f} ms"
        )


def run() -> list[Row]:
    """Serves the sample, asks for every page, and returns the median page and the slowest."""
    found = sorted(timed(), key=lambda one: one.run_s)
    middle, slowest = found[len(found) // 2], found[-1]
    ratios = sorted(one.run_s / one.query_s for one in found)
    worst = max(found, key=lambda one: one.run_s / one.query_s)
    return [
        Row("server time of a warm run, the median page", "≤ 40 ms",
            f"{1000 * middle.run_s:.0f} ms", str(middle)),
        Row("server time of a warm run, the slowest page", "–",
            f"{1000 * slowest.run_s:.0f} ms", str(slowest)),
        Row("a warm run beside its queries, the median page", "≤ 3 ×",
            f"{ratios[len(ratios) // 2]:.2f} ×"),
        Row("a warm run beside its queries, the worst page", "≤ 3 ×",
            f"{ratios[-1]:.2f} ×", str(worst)),
    ]  # fmt: skip


def timed() -> list[Timed]:
    """Every page with its times."""
    with tempfile.TemporaryDirectory() as folder:
        home, port = Path(folder) / "home", free_port()
        demo.build(home)
        command = [sys.executable, "-m", "benchmarks.observed", str(home), port]
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as server:
            try:
                return asyncio.run(_each_page(server, f"http://127.0.0.1:{port}"))
            finally:
                server.terminate()


async def _each_page(server: subprocess.Popen[str], address: str) -> list[Timed]:
    assert server.stdout is not None
    server.stdout.readline()  # the run before the first visitor comes
    while True:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).read()
            break
        except OSError:
            time.sleep(0.1)
    found = []
    for page in [*menu.pages(), "rows"]:
        async with open_page(address) as line:
            times = []
            for _run in range(WARMING + RUNS):
                await visit(line, page, NUMBER if page == "rows" else "")
                times.append(json.loads(server.stdout.readline()))
        clock, processor, query = (
            statistics.median(one) for one in zip(*times[WARMING:], strict=True)
        )
        found.append(Timed(page, clock, processor, query))
    return found


def main() -> None:
    for one in sorted(timed(), key=lambda one: one.run_s):
        print(one)


if __name__ == "__main__":
    main()
