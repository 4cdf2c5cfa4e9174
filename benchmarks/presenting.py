"""How long the projector takes for the next slide: `python -m benchmarks.presenting`.

Builds the sample, serves it, opens the projector in the system's Chromium and presses PageDown and
PageUp through the whole deck. Tells for each window the milliseconds from the key to the frame
after the picture was painted, and for comparison what the same browser takes for two frames in
which nothing changes.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.rows import Row
from benchmarks.served import lingti as lingti_served
from lingti.upkeep import demo

GOAL_MS = 300
SIZES = ((1920, 1080), (1280, 720), (1024, 768))
READY = """() => {
  const pictures = document.querySelectorAll('.st-key-lt-stage .lt-picture').length;
  const drawn = document.querySelectorAll('.st-key-lt-stage .main-svg:first-child').length;
  return pictures && pictures === drawn && document.documentElement.dataset.presenting === '';
}"""
# Two frames: the first one is asked for before the picture is painted, the second one after it.
PRESSED = """async (keys) => {
  const took = [];
  for (const key of keys) {
    const begun = performance.now();
    if (key) document.body.dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    took.push(performance.now() - begun);
  }
  return took;
}"""


def measured(page: Page, address: str) -> tuple[list[float], list[float]]:
    """Milliseconds per turned page, and per two frames without one."""
    page.goto(f"{address}/present?show=1")
    page.wait_for_function(READY, timeout=120_000)
    page.wait_for_timeout(2000)
    count = page.locator(".st-key-lt-stage [data-slide]").count()
    keys = ["PageDown"] * (count - 1) + ["PageUp"] * (count - 1)
    nothing = page.evaluate(PRESSED, [""] * len(keys))
    return page.evaluate(PRESSED, keys), nothing


def run() -> list[Row]:
    """Builds, serves and measures; one row per window."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "home"
        demo.build(home)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with lingti_served(home) as server:
            for width, height in SIZES:
                page = browser.new_page(viewport={"width": width, "height": height})
                turned, nothing = measured(page, server.address)
                page.close()
                rows.append(
                    Row(
                        f"the projector's next slide, {width}×{height}, the slowest",
                        f"≤ {GOAL_MS} ms",
                        f"{max(turned):.0f} ms",
                        f"{len(turned)} pages turned, median {statistics.median(turned):.0f} ms;"
                        f" two frames by themselves {statistics.median(nothing):.0f} ms",
                    )
                )
        browser.close()
    return rows


def main() -> None:
    for row in run():
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
