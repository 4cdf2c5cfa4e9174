"""Many sessions at once, without a browser: `python -m benchmarks.serving`.

Serves the sample by `lingti serve` and lets sessions click: each asks for the home page every two
seconds. `python -m benchmarks.serving --soak 30` lets 20 sessions walk through the pages for 30
minutes and prints, minute by minute, what the server has in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.clicking import PAUSE_S, open_page, visit
from benchmarks.rows import Row
from benchmarks.served import Served, clicked
from benchmarks.served import lingti as lingti_served
from lingti.ui.window import menu
from lingti.upkeep import demo

CLICKS, SESSIONS = 8, 20
PERIODS = ("2024-10", "2024-11", "2024-12", "2024-Q3", "2024", "programme")


def run() -> list[Row]:
    """Serves the sample and returns what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        demo.build(home)
        with lingti_served(home) as server:
            return _sessions(server)


def _sessions(server: Served) -> list[Row]:
    clicked(server.address, 1, 3)
    before = server.processor_s
    times, wire = clicked(server.address, 1, 15)
    each = (server.processor_s - before) / (len(times) + 1)
    one = statistics.median(times)
    rows = [
        Row("a run of the home page, click to end, one session", "–", f"{1000 * one:.0f} ms",
            f"{1000 * each:.0f} ms of the processor, {wire / 1e3:.0f} kB of messages"),
    ]  # fmt: skip
    for count, goal in ((20, "≤ 2 ×"), (50, "≤ 5 ×")):
        median = statistics.median(clicked(server.address, count, CLICKS)[0])
        what = f"p50 of {count} sessions clicking every 2 s beside one"
        rows.append(Row(what, goal, f"{median / one:.1f} ×", f"{1000 * median:.0f} ms"))
    return rows


async def soak(server: Served, minutes: float) -> list[float]:
    """Sessions come, walk through every page and leave; the server's memory in MB each minute."""
    until = time.monotonic() + 60 * minutes
    walkers = [asyncio.create_task(_walk(server.address, n, until)) for n in range(SESSIONS)]
    memory = [server.memory_mb]
    while time.monotonic() < until:
        await asyncio.sleep(min(60.0, max(0.1, until - time.monotonic())))
        memory.append(server.memory_mb)
        print(f"after {len(memory) - 1} min: {memory[-1]:.0f} MB", flush=True)
    await asyncio.gather(*walkers)
    return memory


async def _walk(address: str, number: int, until: float) -> None:
    """One visitor after another: each opens every page, in both languages, in changing periods."""
    await asyncio.sleep(number * PAUSE_S / SESSIONS)
    turn = number
    while time.monotonic() < until:
        async with open_page(address) as line:
            for page in menu.pages():
                if time.monotonic() > until:
                    return
                period = PERIODS[turn % len(PERIODS)]
                await visit(line, page, f"period={period}&lang={('zh', 'en')[turn % 2]}")
                await asyncio.sleep(PAUSE_S)
                turn += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", type=float, metavar="MINUTES")
    options = parser.parse_args()
    if options.soak is None:
        for row in run():
            print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        demo.build(home)
        with lingti_served(home) as server:
            memory = asyncio.run(soak(server, options.soak))
    half = memory[len(memory) // 2]
    print(f"{half:.0f} MB after half of the time, {memory[-1]:.0f} MB at the end")


if __name__ == "__main__":
    main()
