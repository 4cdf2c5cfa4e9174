"""Pages in a Chromium: `python -m benchmarks.browsing`.

The page of volunteering of Lingti and the same in Dash (`benchmarks/requirements.lock`): loaded
warm, filtered, and come to from another page; and the first visit of a fresh browser beside that
of an empty page with one chart by plain `streamlit run`, in time and bytes. What counts are the
pictures in the window: that their words are drawn, and a frame passed.
"""

from __future__ import annotations

import importlib.util
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from benchmarks.rows import Row
from benchmarks.served import lingti as lingti_served
from benchmarks.served import served
from lingti.upkeep import demo

TIMES = 15
PICTURES = ".lt-picture, .dash-graph, .stPlotlyChart"
# The words of each picture in the window; of a picture that is not drawn there are none.
SEEN = f"""() => [...document.querySelectorAll('{PICTURES}')].filter(
  (one) => one.getBoundingClientRect().top < innerHeight).map(
  (one) => [...one.querySelectorAll('.main-svg text')].map((text) => text.textContent).join())"""
# Milliseconds from a click to the frame after each picture in the window is another than before.
CLICK = f"""async ([where, words]) => {{
  const seen = {SEEN};
  const target = [...document.querySelectorAll(where)].find(
    (one) => one.textContent.trim().endsWith(words));  // an icon may stand before them
  const before = seen();
  const begun = performance.now();
  target.click();
  const frame = () => new Promise(requestAnimationFrame);
  const isDone = (now) => now.length && now.every((one, at) => one && one !== before[at]);
  while (!isDone(seen()) && performance.now() - begun < 20000) await frame();
  await frame();
  return performance.now() - begun;
}}"""
# Milliseconds from the start of the navigation to the frame after they are drawn.
LOADED = f"""() => new Promise((done) => {{
  const seen = {SEEN};
  const look = () => {{
    const now = seen();
    const come = document.querySelector('{PICTURES}');  // be it below the window
    if (!come || !now.every(Boolean)) requestAnimationFrame(look);
    else requestAnimationFrame(() => done(performance.now()));
  }};
  look();
}})"""


def run() -> list[Row]:
    """What was measured; without Dash, what needs no Dash."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder) / "home"
        demo.build(home)
        rows = _first_visits(playwright, home)
        if importlib.util.find_spec("dash") is None:
            return [*rows, Row("beside the same page in Dash", "", "Dash is not installed")]
        return [*rows, *_beside_dash(playwright, home)]


def _beside_dash(playwright: Playwright, home: Path) -> list[Row]:
    command = [sys.executable, "-m", "benchmarks.twins.dash_page", str(home), "{port}"]
    with (
        lingti_served(home) as ours,
        served(command, "/_dash-layout") as theirs,
        _chromium(playwright) as browser,
        _chromium(playwright) as other,
    ):
        lingti, dash = _browsed(
            Site(_window(browser), ours.address, "a.lt-option", "#root a"),
            Site(_window(other), theirs.address, "label", "nav a"),
        )
    goals = {
        "warm load": "≤ 1.3 ×",
        "filter to chart": "< 1 ×",
        "page to chart": "< 1 ×",
    }
    return [
        Row(f"{what} beside the same page in Dash, Chromium", goal,
            f"{lingti[what] / dash[what]:.2f} ×", f"{lingti[what]:.0f} ms : {dash[what]:.0f} ms")
        for what, goal in goals.items()
    ]  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A page that is measured; `scale` and `link` find what is clicked."""

    page: Page
    address: str
    scale: str
    link: str

    def load(self) -> float:
        """The ms a navigation takes."""
        self.page.goto(f"{self.address}/volunteering")
        took: float = self.page.evaluate(LOADED)
        self.page.wait_for_timeout(700)
        return took

    def click(self, place: str, words: str) -> float:
        """The ms a click takes."""
        took: float = self.page.evaluate(CLICK, [place, words])
        self.page.wait_for_timeout(700)
        return took


def _browsed(*sites: Site) -> list[dict[str, float]]:
    """Medians in ms of each site; they take turns, so that other work strikes them alike."""
    found: list[dict[str, list[float]]] = [
        {"warm load": [], "filter to chart": [], "page to chart": []} for _site in sites
    ]
    for site in sites:
        site.load()
    for _time in range(TIMES):
        for site, times in zip(sites, found, strict=True):
            times["warm load"].append(site.load())
    for site in sites:
        site.page.wait_for_timeout(1500)
        site.click(site.scale, "Per 1,000 residents")
        site.click(site.scale, "Totals")
    for _time in range(TIMES):
        for site, times in zip(sites, found, strict=True):
            times["filter to chart"].append(site.click(site.scale, "Per 1,000 residents"))
            times["filter to chart"].append(site.click(site.scale, "Totals"))
    for _time in range(TIMES):
        for site, times in zip(sites, found, strict=True):
            site.click(site.link, "Points and redemptions")
            times["page to chart"].append(site.click(site.link, "Volunteering"))
    return [{what: statistics.median(one) for what, one in times.items()} for times in found]


def _window(browser: Browser) -> Page:
    return browser.new_page(locale="en-GB", viewport={"width": 1920, "height": 1080})


def _first_visits(playwright: Playwright, home: Path) -> list[Row]:
    with lingti_served(home) as one:
        ours_ready = one.ready_s
        ours_s, ours_bytes = _fresh(playwright, one.address)
    plain = [sys.executable, "-m", "streamlit", "run", "benchmarks/twins/one_chart.py"]
    options = ["--server.port", "{port}", "--server.headless", "true"]
    with served([*plain, *options], "/_stcore/health") as one:
        empty_ready = one.ready_s
        empty_s, plain_bytes = _fresh(playwright, one.address)
    return [
        Row("bytes of a first visit beside plain Streamlit's, one chart, Chromium", "≤ 0.33 ×",
            f"{ours_bytes / plain_bytes:.2f} ×",
            f"{ours_bytes / 1e6:.2f} MB : {plain_bytes / 1e6:.2f} MB"),
        Row("first page in a fresh browser beside an empty page with a chart", "≤ 1.1 ×",
            f"{ours_s / empty_s:.2f} ×", f"{ours_s:.0f} ms : {empty_s:.0f} ms"),
        Row("from the command to a server that answers, beside the same", "–",
            f"{ours_ready / empty_ready:.2f} ×", f"{ours_ready:.1f} s : {empty_ready:.1f} s"),
    ]  # fmt: skip


def _fresh(playwright: Playwright, address: str) -> tuple[float, int]:
    """Medians of first visits, each in a new browser: ms to the charts, and bytes received."""
    visits = []
    for _time in range(3):
        with _chromium(playwright) as browser:
            page = _window(browser)
            size = _counting(page)
            page.goto(address)
            took = page.evaluate(LOADED)
            page.wait_for_timeout(2500)  # what is fetched when there is time belongs to it
            visits.append((took, size()))
    return statistics.median(v[0] for v in visits), int(statistics.median(v[1] for v in visits))


def _counting(page: Page) -> Callable[[], int]:
    """Counts what comes over the wire: answers as they are encoded, and messages."""
    received = [0]
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def add(size: float) -> None:
        received[0] += int(size)

    session.on("Network.loadingFinished", lambda event: add(event["encodedDataLength"]))
    # Messages are bytes, told in base64.
    session.on(
        "Network.webSocketFrameReceived",
        lambda event: add(len(event["response"]["payloadData"]) * 3 / 4),
    )
    return lambda: received[0]


@contextmanager
def _chromium(playwright: Playwright) -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    try:
        yield browser
    finally:
        browser.close()


def main() -> None:
    for row in run():
        print(f"{row.what} | {row.goal} | {row.measured} | {row.by}")


if __name__ == "__main__":
    main()
