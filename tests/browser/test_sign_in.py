"""Signing in with a real OpenID provider in a real browser, and what each role gets."""

from __future__ import annotations

import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from browser.conftest import LACKING_ICONS, Site, behind_sign_in, drawn, unfolded
from lingti.access import audit, roles
from lingti.access.roles import Person

ROOT = Path(__file__).parent.parent.parent
ROWS = "/rows?metric=volunteer_hours&of=2024-06&lang=en&place="
SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def site(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample behind a real provider; one person per role, and one with none."""
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("signed") / "home"))
    with behind_sign_in(home) as site:
        for subject, role, places in (
            ("official", "official", ()),
            ("secretary", "secretary", ("guqiao",)),
            ("viewer", "viewer", ()),
            ("leaving", "viewer", ()),
        ):
            roles.grant(home, Person(site.issuer, subject, "", role, places), "test")
        yield site


@pytest.fixture
def sign_in(chromium: Browser, site: Site) -> Iterator[SignIn]:
    """Signs somebody in, in a window of their own. At the end no page may have logged an error."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def sign_in(subject: str, path: str = "/?lang=en") -> Page:
        context = chromium.new_context(locale="en-US")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"error {error}"))
        page.on("console", lambda said: complaints.extend(_complaint(said, site.address)))
        page.goto(site.address + path)
        page.get_by_role("button", name="Sign in").click()
        page.locator("input[name=sub]").fill(subject)
        page.get_by_role("button", name="Authorize").click()
        page.wait_for_selector(".lt-head h1")
        page.goto(site.address + path)
        drawn(page)
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert complaints == []


def test_without_a_sign_in_nothing_is_shown(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(locale="en-US")
    page = context.new_page()
    for path in ("/", "/volunteering", f"{ROWS}guqiao"):
        page.goto(site.address + path)
        page.get_by_role("button", name="Sign in").wait_for()
        assert page.locator(".lt-fresh, .lt-against, .lt-matrix, .lt-menu a").count() == 0
    context.close()


def test_a_viewer_sees_published_values_no_rows_and_nobodys_files(
    sign_in: SignIn, site: Site
) -> None:
    page = sign_in("viewer")
    page.get_by_role("button", name="Sign out", exact=True).wait_for()
    assert page.evaluate(LACKING_ICONS) == []
    assert page.locator(".lt-matrix th a.lt-place").count() == 4
    assert page.locator("a.lt-rows").count() == 0
    page.goto(f"{site.address}{ROWS}guqiao")
    drawn(page)
    assert "Rows are not shown here" in page.inner_text(".stMain")
    assert page.locator(".lt-table").count() == 0
    owner = sign_in("official", "/volunteering?lang=en&as-time=files")
    file = _media_of(owner)
    assert owner.request.get(file).status == 200
    assert page.request.get(file).status == 403
    assert _status(file) == 401
    upload = f"{site.address}/_stcore/upload_file/none/1"
    token = {one["name"]: one["value"] for one in page.context.cookies()}["_streamlit_xsrf"]
    for visitor in (page, owner):  # one has no right to, the other no such page
        sent = visitor.request.put(
            upload,
            headers={"X-Xsrftoken": token},
            multipart={"file": {"name": "a.csv", "mimeType": "text/csv", "buffer": b"x"}},
        )
        assert sent.status == 403
    assert _status(upload, method="PUT") == 401
    owner.goto(f"{site.address}{ROWS}binhu")
    drawn(owner)
    assert owner.locator(".lt-table").count() == 1
    told = [(one["what"], one.get("place")) for one in audit.read(site.home)]
    assert {("rows", "binhu"), ("sign_in", None), ("export", None)} <= set(told)


def test_a_secretary_sees_rows_of_the_own_community_only(sign_in: SignIn, site: Site) -> None:
    page = sign_in("secretary")
    opened = page.locator("a.lt-rows").evaluate_all("found => found.map(one => one.href)")
    assert opened
    assert all("place=guqiao" in address for address in opened)
    page.goto(f"{site.address}{ROWS}guqiao")
    drawn(page)
    assert page.locator(".lt-table").count() == 1
    page.goto(f"{site.address}{ROWS}binhu")
    drawn(page)
    assert "Rows are not shown here" in page.inner_text(".stMain")


def test_nobody_else_gets_anything_but_what_to_tell_the_official(
    sign_in: SignIn, site: Site
) -> None:
    page = sign_in("stranger")
    assert "You have no role here yet" in page.inner_text(".stMain")
    assert site.issuer in page.inner_text(".stMain")
    assert page.locator(".lt-fresh, .lt-matrix, .lt-menu a").count() == 0


def test_a_role_taken_away_counts_at_the_next_click(sign_in: SignIn, site: Site) -> None:
    page = sign_in("leaving")
    assert page.locator(".lt-matrix th a.lt-place").count() == 4
    roles.revoke(site.home, site.issuer, "leaving", "test")
    page.get_by_text("Targets and pace", exact=True).first.click()
    page.get_by_text("You have no role here yet").wait_for()
    assert page.locator(".lt-matrix, .lt-against").count() == 0


def test_a_cookie_is_worth_nothing_after_signing_out_anywhere(sign_in: SignIn, site: Site) -> None:
    here, there = sign_in("official"), sign_in("official")
    kept = here.context.cookies()
    ends = [one["expires"] for one in kept if one["name"] == "_streamlit_user"]
    assert ends[0] < time.time() + 8 * 3600 + 60
    here.get_by_role("button", name="Sign out everywhere").click()
    here.wait_for_url(f"{site.issuer}/**")
    unfolded(there)
    there.get_by_text("Volunteering", exact=True).first.click()
    there.get_by_role("button", name="Sign in").wait_for()
    assert there.locator(".lt-against, .lt-fresh").count() == 0
    replayed = [{**one, "expires": -1} for one in kept]
    here.context.add_cookies(replayed)  # type: ignore[arg-type]
    here.goto(f"{site.address}{ROWS}binhu")
    here.get_by_role("button", name="Sign in").wait_for()
    assert here.locator(".lt-table, .lt-fresh").count() == 0


def test_metrics_are_for_this_machine_and_the_agent_door_is_shut(site: Site) -> None:
    assert _status(f"{site.address}/_stcore/metrics") == 200
    assert _status(f"{site.address}/_stcore/metrics", **{"X-Forwarded-For": "10.0.0.9"}) == 403
    for door in ("interact", "openapi.json", "mcp"):
        assert _status(f"{site.address}/_stcore/agent/{door}") == 404


def test_every_answer_keeps_other_sites_out(site: Site) -> None:
    with urllib.request.urlopen(f"{site.address}/") as answer:
        headers = answer.headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def _complaint(said: ConsoleMessage, address: str) -> list[str]:
    """What a page of ours logged as an error; the provider's own pages are not ours."""
    where = said.location.get("url", "")
    ours = where.startswith(address) and "/_stcore/" not in where  # it looks for its base there
    return [f"{said.text} {where}"] if said.type == "error" and ours else []


def _media_of(page: Page) -> str:
    """The address of a file that the server holds for a page."""
    with page.expect_response(lambda answer: "/media/" in answer.url) as caught:
        page.get_by_text("Download csv").first.click()
    return caught.value.url


def _status(address: str, method: str = "GET", **headers: str) -> int:
    request = urllib.request.Request(address, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
