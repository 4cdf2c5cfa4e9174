"""Pages over a slow line to a slow machine in a Chromium: `python -m benchmarks.slow_line`.

1 Mbit/s, 200 ms to and fro, a quarter of the processor; a fresh browser that has nothing kept. The
server has been asked for its pages before, as it has by the second visitor of a day.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.rows import Row
from benchmarks.served import lingti
from benchmarks.slow_wire import slow_wire
from lingti.upkeep import demo

BYTES_PER_S, THERE_AND_BACK_S, SLOWER, VISITS = 125_000, 0.2, 4, 3
PAINTED = """() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 1e9"""
# Milliseconds until the title asked for stands above pictures of which those in sight are drawn, by
# Plotly or, where that is enough, as a sketch of the same numbers and words.
DRAWN = """([title, sketched]) => new Promise((done) => {
  const begun = performance.now();
  const look = () => {
    const is = document.querySelector('.lt-head h1')?.textContent === title;
    const inSight = [...document.querySelectorAll('.lt-picture')].filter(
      (one) => one.getBoundingClientRect().top < innerHeight);
    const drawn = inSight.length && inSight.every((one) => one.querySelector(
      sketched ? '.main-svg text, .lt-sketch text' : '.main-svg text'));
    const told = () => done([performance.now(), performance.now() - begun]);
    if (is && drawn) requestAnimationFrame(told);
    else requestAnimationFrame(look);
  };
  look();
})"""

CLICKED = """() => {
  for (const one of document.querySelectorAll('.lt-menu details')) one.open = true;
  document.querySelector('.lt-menu a[href*="concerns"]').click();
}"""


def run() -> list[Row]:
    """What was measured: the middle of three visits, each in a browser of its own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
    ):
        home = Path(folder) / "home"
        demo.build(home)
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with (
            lingti(home) as server,
            slow_wire(server.address, BYTES_PER_S, THERE_AND_BACK_S) as address,
        ):
            _visit(browser, server.address)
            visits = [_visit(browser, address, SLOWER) for _ in range(VISITS)]
        browser.close()
    line = "1 Mbit/s, 200 ms, a quarter of the processor, Chromium"
    goals = {
        "something readable over a slow line": "≤ 2 s",
        "first page with charts over a slow line": "≤ 8 s",
        "the same, until charts answer to the mouse": "–",
        "menu click to charts over a slow line": "≤ 2 s",
    }
    return [
        Row(what, goal, f"{statistics.median(visit[at] for visit in visits) / 1000:.1f} s", line)
        for at, (what, goal) in enumerate(goals.items())
    ]


def _visit(browser: Browser, address: str, slower: int = 1) -> tuple[float, float, float, float]:
    """Milliseconds: to the first words, to charts, to charts by Plotly, from a click to charts."""
    context = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(f"{address}/volunteering", wait_until="commit")
    first, _since = page.evaluate(DRAWN, ["Volunteering", True])
    painted = page.evaluate(PAINTED)
    answering, _since = page.evaluate(DRAWN, ["Volunteering", False])
    page.wait_for_timeout(3000)
    page.evaluate(CLICKED)
    _now, click = page.evaluate(DRAWN, ["Concerns", True])
    context.close()
    return painted, first, answering, click


def main() -> None:
    for row in run():
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
