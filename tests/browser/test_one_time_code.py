"""A server others can reach, in which nothing is set up: who has the operator's code sets it up."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import Site, behind_sign_in, drawn
from lingti.access import roles

CODE = re.compile(r"\b([2-9A-HJ-NP-Z]{10})\b")


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[tuple[Site, str]]:
    """A server with sign-in and an empty home, and the code that its command printed."""
    home = tmp_path / "home"
    home.mkdir()
    with behind_sign_in(home) as site:
        yield site, _printed(tmp_path / "said")


def _printed(said: Path) -> str:
    for _try in range(100):
        found = CODE.search(said.read_text("utf-8", "replace"))
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(said.read_text("utf-8", "replace"))


def signed_in(chromium: Browser, site: Site, subject: str) -> Page:
    page = chromium.new_context(locale="en-US").new_page()
    page.goto(f"{site.address}/?lang=en")
    page.get_by_role("button", name="Sign in").click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()
    page.get_by_role("textbox", name="One-time code").wait_for(timeout=60_000)
    return page


def test_the_first_visitor_does_not_own_a_server_but_who_has_the_code(
    chromium: Browser, fresh: tuple[Site, str]
) -> None:
    site, code = fresh
    stranger = signed_in(chromium, site, "stranger")
    field = stranger.get_by_role("textbox", name="One-time code")
    field.fill("AAAAAAAAAA")
    field.press("Enter")
    stranger.get_by_text("That code is not the one.").wait_for()
    assert stranger.get_by_role("button", name="Set up our district").count() == 0
    assert list(roles.everybody(site.home)) == []

    official = signed_in(chromium, site, "official")
    field = official.get_by_role("textbox", name="One-time code")
    field.fill(code)
    field.press("Enter")
    official.get_by_role("button", name="Set up our district").wait_for(timeout=60_000)
    drawn(official)
    assert [(one.subject, one.role) for one in roles.everybody(site.home)] == [
        ("official", roles.OFFICIAL)
    ]

    stranger.goto(f"{site.address}/?lang=en")  # the code works once
    stranger.wait_for_timeout(2000)
    assert stranger.get_by_role("textbox", name="One-time code").count() == 0
    assert stranger.get_by_role("button", name="Set up our district").count() == 0
    for page in (stranger, official):
        page.context.close()
