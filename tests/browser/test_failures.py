"""What people see when a page fails, and when the server is started anew."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.conftest import drawn

# Lets the server fail, as nobody foresaw, while there is a file in the home.
FAILING = """
from lingti import district
load = district.load
def failing(home):
    if (home / "failing").exists():
        raise ZeroDivisionError("张三 13800138000")
    return load(home)
district.load = failing
"""


class Server:
    """`lingti serve` of a home, which can be stopped and started at the same address."""

    def __init__(self, home: Path) -> None:
        (home.parent / "sitecustomize.py").write_text(FAILING, "utf-8")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home = home
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "lingti.commands.cli", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "--home", str(self.home)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"LINGTI_LANGUAGE": "en", "PYTHONPATH": str(self.home.parent)},
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(self.address)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)


@pytest.fixture
def server(sample_home: Path, tmp_path: Path) -> Iterator[Server]:
    started = Server(Path(shutil.copytree(sample_home, tmp_path / "home")))
    yield started
    started.kill()


def test_a_page_that_fails_shows_a_number_and_an_open_tab_comes_back(
    chromium: Browser, server: Server
) -> None:
    context = chromium.new_context(locale="en-US")
    page = context.new_page()
    page.goto(f"{server.address}/?lang=en")
    drawn(page)
    (server.home / "failing").touch()
    (server.home / "district.toml").touch()  # so that it is read again
    page.reload()
    failed = page.locator("[data-testid=stAlert]")
    failed.wait_for()
    words = failed.inner_text()
    reference = words.rpartition(" ")[2]
    assert "This page could not be shown" in words
    shown = page.content()
    assert "Traceback" not in shown
    assert "ZeroDivisionError" not in shown
    assert "13800138000" not in shown
    log = (server.home / "logs" / "lingti.log").read_text("utf-8")
    assert reference in log
    assert "13800138000" not in log
    (server.home / "failing").unlink()

    page.reload()
    drawn(page)
    server.kill()
    page.locator("[data-test-connection-state=CONNECTED]").wait_for(state="detached")
    server.start()
    page.wait_for_function(
        "() => document.querySelectorAll('.lt-matrix th a.lt-place').length === 4", timeout=60_000
    )
    # What was drawn before stays while there is no server, and nobody hears a click then.
    page.locator("[data-test-connection-state=CONNECTED]").wait_for(timeout=60_000)
    drawn(page)
    page.get_by_text("Decisions", exact=True).first.click(timeout=60_000)
    page.wait_for_function(
        "() => document.querySelector('.lt-head h1')?.textContent === 'Decisions'",
        timeout=60_000,
    )
    context.close()


def test_settings_that_cannot_be_used_are_told_with_their_line_and_not_their_text(
    chromium: Browser, server: Server
) -> None:
    context = chromium.new_context(locale="en-US")
    page = context.new_page()
    settings = server.home / "district.toml"
    kept = settings.read_text("utf-8")
    settings.write_text("name = 张三 13800138000", "utf-8")
    page.goto(f"{server.address}/?lang=en")
    page.get_by_text("The settings cannot be used as they are").wait_for()
    assert page.get_by_text("district.toml, line 1: ").is_visible()
    assert "13800138000" not in page.content()
    settings.write_text(kept, "utf-8")
    page.reload()
    drawn(page)
    context.close()
