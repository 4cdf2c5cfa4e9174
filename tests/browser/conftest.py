"""A real server and a real Chromium; every page is watched for errors and outside requests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from ending import ended
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "msedge", "chrome")
# Chromium must not ask its maker for anything while it is watched.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Playwright's own, which a second list would replace, and the windows behind the address bar that
# nobody sees: two pages with each new window.
UNSEEN = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "AimEnabled"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
)
SIZES = ((1920, 1080), (1280, 720), (1024, 768), (390, 844))
# Text that is wider than its box, or that stands outside of the window; tables that slide, but for
# those on a phone whose first column stays in sight.
OVERFLOWING = """() => {
  const found = [], width = document.documentElement.clientWidth;
  for (const element of document.querySelectorAll('.stMain *, .stSidebar *')) {
    if (element.closest('svg, pre, .lt-table, [data-testid="stMainMenu"]')) continue;
    if (element.dataset.testid === 'stIconMaterial') continue;
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    if (box.width < 2 || !element.clientWidth && element.matches('input')) continue;
    if (element.closest('details:not([open]) > :not(summary)')) continue;
    if (style.textOverflow === 'ellipsis' && element.matches('input')) continue;
    if (style.visibility === 'hidden' || box.right <= 0) continue;
    const words = element.className + ' ' + element.textContent.slice(0, 40);
    const hides = style.overflowX !== 'visible';
    if (!element.children.length && hides && element.scrollWidth > element.clientWidth + 1)
      found.push('clipped: ' + words);
    if (box.right > width + 1) found.push('outside: ' + words);
  }
  for (const it of document.querySelectorAll('.stMain :is(.lt-table, .lt-glossary, .lt-adds)')) {
    if (it.scrollWidth <= it.clientWidth + 1) continue;
    const first = it.querySelector('tbody td')?.parentElement.firstElementChild;
    const may = width < 1024 || it.matches('.lt-wide');  // many communities beside each other
    const stays = may && first && getComputedStyle(first).position === 'sticky';
    if (!stays || first.offsetWidth > it.clientWidth / 2)
      found.push('slides: ' + it.className + ' ' + it.textContent.slice(0, 40));
  }
  return found;
}"""
# Icons of the frame that our font lacks stand there as words.
LACKING_ICONS = """() => [...document.querySelectorAll(
    ':is(.stSidebar, .stAppHeader) [data-testid="stIconMaterial"]')].filter(icon => {
  const letters = document.createRange();
  letters.selectNodeContents(icon);
  const width = letters.getBoundingClientRect().width;
  return width > 1.5 * parseFloat(getComputedStyle(icon).fontSize);
}).map(icon => icon.textContent)"""
READY = """() => {
  const pictures = document.querySelectorAll('.lt-picture').length;
  const drawn = document.querySelectorAll('.js-plotly-plot .main-svg:first-child').length;
  const app = document.querySelector('[data-test-script-state]');
  const resting = !app || app.dataset.testScriptState !== 'running';
  const old = document.querySelector('[data-stale="true"]');  // of the page left
  const table = document.querySelector('.lt-later:not([data-drawn])');  // not in place yet
  return document.querySelector('.lt-head h1') && pictures === drawn && resting && !old && !table;
}"""
# Every picture is as wide as the place it stands in; those on the stage are scaled instead.
FITTING = """() => [...document.querySelectorAll('.js-plotly-plot')].every(it =>
  it.closest('.st-key-lt-stage') || (Math.abs(it._fullLayout.width - it.clientWidth) < 2
    && it.querySelector('.main-svg').getAttribute('width') == it._fullLayout.width))"""
TWO_FRAMES = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""

Serve = Callable[..., str]
Open = Callable[..., Page]
Left = dict[str, list[BrowserContext]]  # by their settings


# Playwright's loop runs in this thread while it is open, and other tests have loops of their own:
# so it is closed after the last test of this folder.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The Chromium the system has; without one these tests are skipped, unless one is required."""
    path = next((found for name in CHROMIUMS if (found := shutil.which(name))), None)
    if path is None:
        if os.environ.get("LINGTI_REQUIRE_BROWSER"):
            pytest.fail("no Chromium found, and one is required here")
        pytest.skip("no Chromium found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*QUIET, f"--disable-features={','.join(UNSEEN)}"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Starts a fresh server for a home and returns its address; it ends with the file's tests."""
    with serving() as start:
        yield start


@contextmanager
def serving() -> Iterator[Serve]:
    """Yields what starts servers, which are ended afterwards."""
    started: list[subprocess.Popen[bytes]] = []

    def start(home: Path, script: Path = ROOT / "app.py") -> str:
        port = _free_port()
        command = [sys.executable, "-m", "streamlit", "run", str(script)]
        options = [f"--server.port={port}", "--server.address=127.0.0.1"]
        started.append(
            subprocess.Popen(
                [*command, *options],
                cwd=ROOT,
                env={**os.environ, "LINGTI_HOME": str(home)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health")
        return address

    try:
        yield start
    finally:
        with ended(*started):
            pass


@dataclass(frozen=True)
class Site:
    """A server with sign-in, its home and its provider."""

    address: str
    issuer: str
    home: Path


@contextmanager
def behind_sign_in(home: Path) -> Iterator[Site]:
    """A home served behind a real provider; what both print stands in `said` beside the home."""
    issuer, address = (f"http://localhost:{_free_port()}" for _ in range(2))
    (home / "signin.toml").write_text(
        f'redirect_uri = "{address}/oauth2callback"\n'
        'client_id = "lingti"\nclient_secret = "a secret of the tests"\n'
        f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n'
    )
    (home / "signin.toml").chmod(0o600)
    provider = [str(Path(sys.executable).parent / "oidc-provider-mock"), "-H", "localhost", "-p"]
    server = [sys.executable, "-m", "lingti.commands.cli", "serve", "--host", "localhost", "--port"]
    log = (home.parent / "said").open("wb")
    started = [
        subprocess.Popen([*command, where.rpartition(":")[2], *more], stdout=log, stderr=log)
        for command, where, more in (
            (provider, issuer, []),
            (server, address, ["--home", str(home)]),
        )
    ]
    with log, ended(*started):
        _wait_for(f"{issuer}/.well-known/openid-configuration")
        _wait_for(f"{address}/_stcore/health")
        yield Site(address, issuer, home)


@pytest.fixture(scope="session")
def sample_server(sample_home: Path) -> Iterator[str]:
    """The address of a server of the sample, for tests that need no fresh one."""
    with serving() as start:
        yield start(sample_home)


@pytest.fixture(scope="package")
def left() -> Left:
    """What closed windows leave for the next: the scripts of the pages, fetched and compiled."""
    return defaultdict(list)


@pytest.fixture
def opened(chromium: Browser, left: Left) -> Iterator[Open]:
    """Opens an address in a window of its own and waits until it is drawn.

    At the end no page may have logged an error or asked another host for anything.
    """
    with watching(chromium, left) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def opened_once(chromium: Browser, left: Left) -> Iterator[Open]:
    """As `opened`, for windows that the tests of a file share."""
    with watching(chromium, left) as open_page:
        yield open_page


@contextmanager
def watching(chromium: Browser, left: Left) -> Iterator[Open]:
    """Yields what opens windows; in the end these are closed, and nothing may have gone wrong."""
    taken: list[tuple[str, BrowserContext]] = []
    complaints: list[str] = []

    def open_page(address: str, *, size: tuple[int, int] = (1280, 720), **settings: Any) -> Page:
        settings = {"locale": "zh-CN", "color_scheme": "light", **settings}
        kind = str(sorted(settings.items()))
        context = left[kind].pop() if left[kind] else chromium.new_context(**settings)
        taken.append((kind, context))
        page = context.new_page()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        host = urlsplit(address).netloc
        forget = {"origin": f"http://{host}", "storageTypes": "cookies,local_storage,indexeddb"}
        context.new_cdp_session(page).send("Storage.clearDataForOrigin", forget)

        def check_request(request: Any) -> None:
            asked = urlsplit(request.url)
            if asked.scheme in ("http", "https", "ws", "wss") and asked.netloc != host:
                complaints.append(f"asked {request.url}")

        page.on("request", check_request)
        page.on("pageerror", lambda error: complaints.append(f"error {error}"))
        page.on(
            "console",
            # Below a page's address Streamlit looks for its server first, and logs that it is not.
            lambda said: (
                complaints.append(f"logged {said.text} {said.location.get('url', '')}")
                if said.type == "error" and "/_stcore/" not in said.location.get("url", "")
                else None
            ),
        )
        page.goto(address)
        drawn(page)
        return page

    try:
        yield open_page
    finally:
        for kind, context in taken:
            for page in context.pages:
                page.close()
            left[kind].append(context)
    assert complaints == []


def drawn(page: Page) -> None:
    """Waits until the script has run and every picture is there."""
    page.wait_for_timeout(250)  # a run begins a moment after a click
    page.wait_for_function(READY, timeout=60_000, polling=50)  # a look at each frame costs more
    page.wait_for_timeout(100)


def unfolded(page: Page) -> None:
    """Opens all of the menu, so that every page can be reached by a click."""
    page.evaluate("document.querySelectorAll('.lt-menu details').forEach(it => it.open = true)")


def resize(page: Page, size: tuple[int, int]) -> None:
    """Gives the window another size and waits until the pictures have it too."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate(TWO_FRAMES)
    page.wait_for_function(FITTING)
    page.evaluate(TWO_FRAMES)


def overflowing(page: Page) -> list[str]:
    """What is clipped or stands outside of the window, and icons that stand there as words."""
    return [*page.evaluate(OVERFLOWING), *page.evaluate(LACKING_ICONS)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)
