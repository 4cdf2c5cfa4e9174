"""How long the projector takes for the next slide: `python -m benchmarks.presenting`.

Builds the sample, serves it, opens the projector in the system's Chromium and presses PageDown and
PageUp through the whole deck. Prints for each window the milliseconds from the key to the frame
after the picture was painted (median, slowest), their share of the goal, and for comparison what
the same browser takes for two frames in which nothing changes.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from lingti import demo

ROOT = Path(__file__).parent.parent
GOAL_MS = 300
SIZES = ((1920, 1080), (1280, 720), (1024, 768))
READY = """() => {
  const pictures = document.querySelectorAll('.st-key-lt-stage .stPlotlyChart').length;
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


def served(home: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server of the home on a free port, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "lingti.cli", "serve", "--home", str(home), "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "LINGTI_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                break
        except OSError:
            time.sleep(0.2)
    return process, address


def main() -> None:
    """Builds, serves and measures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "home"
        demo.build(home)
        process, address = served(home)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            for width, height in SIZES:
                page = browser.new_page(viewport={"width": width, "height": height})
                turned, nothing = measured(page, address)
                page.close()
                print(
                    f"{width}×{height}: {len(turned)} pages turned, median"
                    f" {statistics.median(turned):.0f} ms, slowest {max(turned):.0f} ms"
                    f" ({max(turned) / GOAL_MS:.2f} × the goal of {GOAL_MS} ms);"
                    f" nothing turned: median {statistics.median(nothing):.0f} ms,"
                    f" slowest {max(nothing):.0f} ms"
                )
        finally:
            browser.close()
            process.terminate()
            process.wait(timeout=20)


if __name__ == "__main__":
    main()
