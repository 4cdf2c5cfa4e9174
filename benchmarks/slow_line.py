"""Pages over a slow line to a slow machine in a Chromium: `python -m benchmarks.slow_line`.

1 Mbit/s, 200 ms to and fro, a quarter of the processor; a fresh browser that has nothing kept.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.rows import Row
from benchmarks.served import lingti
from lingti.upkeep import demo

BYTES_PER_S, LATENCY_MS, SLOWER = 125_000, 200, 4
PAINTED = """() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 1e9"""
# Milliseconds until the title asked for stands above pictures of which those in sight are drawn.
DRAWN = """(title) => new Promise((done) => {
  const begun = performance.now();
  const look = () => {
    const is = document.querySelector('.lt-head h1')?.textContent === title;
    const inSight = [...document.querySelectorAll('.lt-picture')].filter(
      (one) => one.getBoundingClientRect().top < innerHeight);
    const drawn = inSight.length && inSight.every((one) => one.querySelector('.main-svg text'));
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
    """What was measured."""
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as playwright,
    ):
        home = Path(folder) / "home"
        demo.build(home)
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        with lingti(home) as server:
            _slowed(browser.new_page()).goto(server.address)  # the server has its pages by heart
            context = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 768})
            page = _slowed(context.new_page())
            page.goto(f"{server.address}/volunteering", wait_until="commit")
            first, _since = page.evaluate(DRAWN, "Volunteering")
            painted = page.evaluate(PAINTED)
            page.wait_for_timeout(3000)
            page.evaluate(CLICKED)
            _now, click = page.evaluate(DRAWN, "Concerns")
        browser.close()
    line = "1 Mbit/s, 200 ms, a quarter of the processor, Chromium"
    return [
        Row("something readable over a slow line", "≤ 2 s", f"{painted / 1000:.1f} s", line),
        Row("first page with charts over a slow line", "≤ 8 s", f"{first / 1000:.1f} s", line),
        Row("menu click to charts over a slow line", "≤ 2 s", f"{click / 1000:.1f} s", line),
    ]


def _slowed(page: Page) -> Page:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_PER_S,
            "uploadThroughput": BYTES_PER_S,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def main() -> None:
    for row in run():
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
