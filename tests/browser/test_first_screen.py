"""The first screen of districts of 4, 8 and 40 communities: whole, in every window and language."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import run_lingti
from playwright.sync_api import Page
from templates import built_once

from browser.conftest import ROOT, Open, Serve, drawn, overflowing, resize

SIZES = ((1366, 640), (1280, 720), (1920, 1080))
TWICE = (683, 384)  # a window of 1366×768 at 200 %
HEAD = 90  # px: title, chips and filters
LONG = ("城投星城广场南风花园第二社区", "Nanfeng Garden by the Star City Plaza II")
AIMS = ("points_earned", "redemptions", "volunteer_hours", "active_volunteers", "points_redeemed")
BOTTOM = "it => it.getBoundingClientRect().bottom"


def district_of(count: int) -> Path:
    """The home of a district of so many communities, each with five targets."""

    def build(home: Path) -> None:
        generate = [sys.executable, "sample_data/generate.py", "--communities", str(count)]
        options = ["--events", "3000", "--as", "parquet", "--out", str(home)]
        subprocess.run([*generate, *options], cwd=ROOT, check=True)
        settings = home / "district.toml"
        words = settings.read_text("utf-8")
        for short, long in zip(("社区3", "Community 3"), LONG, strict=True):
            words = words.replace(f'"{short}"', f'"{long}"')
        aims = [
            f'\n[[target]]\ncommunity = "{community}"\nmetric = "{metric}"\n'
            f'period = "2024"\nvalue = {12_960 - 2_000 * at}\n'
            for community in re.findall(r'^id = "(c\d+)"', words, re.MULTILINE)
            for at, metric in enumerate(AIMS)
        ]
        settings.write_text(words + "".join(aims), "utf-8")
        run_lingti("build", "--home", home)

    return built_once(f"district-{count}", build)


@pytest.fixture(scope="module", params=[4, 8, 40])
def server(request: pytest.FixtureRequest, serve: Serve, sample_server: str) -> str:
    return sample_server if request.param == 4 else serve(district_of(request.param))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_first_screen_is_whole_however_many_communities_there_are(
    server: str, opened: Open, language: str
) -> None:
    page = opened(f"{server}/?lang={language}", size=SIZES[0])
    for size in SIZES:
        resize(page, size)
        filters = page.locator(":is(.lt-filters, .st-key-lt-filters)")
        assert filters.evaluate(BOTTOM) <= HEAD, size
        for part in (".lt-lead", ".lt-standings", ".lt-to-do"):
            assert page.locator(part).evaluate(BOTTOM) <= size[1], (part, size)
        assert page.locator(".lt-matrix tbody th .lt-place").count() >= 4
        assert overflowing(page) == [], size


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_counts_is_on_the_first_screen_at_200_percent(
    sample_server: str, opened: Open, language: str
) -> None:
    page = opened(f"{sample_server}/?lang={language}", size=TWICE)
    assert page.locator(".lt-lead").evaluate(BOTTOM) <= 0.7 * TWICE[1]
    assert page.locator(".lt-matrix .lt-track").first.evaluate(BOTTOM) <= TWICE[1]
    assert overflowing(page) == []
    page.goto(f"{sample_server}/volunteering?lang={language}")
    drawn(page)
    assert page.locator(".lt-message").evaluate(BOTTOM) <= 0.8 * TWICE[1]
    assert page.locator(".lt-against .lt-value").evaluate(BOTTOM) <= TWICE[1]
    assert overflowing(page) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_comparison_ends_within_two_screens(
    sample_server: str, opened: Open, language: str
) -> None:
    page = opened(f"{sample_server}/volunteering?lang={language}", size=(1366, 768))
    lengths = {}
    for name in ("volunteering", "redemptions", "jobs", "partnerships", "concerns"):
        page.goto(f"{sample_server}/{name}?lang={language}")
        drawn(page)
        lengths[name] = page.locator(".stMainBlockContainer").evaluate("it => it.scrollHeight")
    assert {name: length for name, length in lengths.items() if length > 2 * 768} == {}


def test_every_icon_of_the_frame_is_in_its_font(sample_server: str, opened: Open) -> None:
    page = opened(sample_server, size=(1366, 768))
    icons = "document.querySelectorAll(':is(.lt-menu, .lt-switches, .lt-matrix) i[data-icon]')"
    page.evaluate("document.fonts.ready.then(() => true)")
    # A name that the font does not know stands there as letters, wider than an icon.
    assert page.evaluate(f"{icons}.length") > 25
    assert page.evaluate(
        f"[...{icons}].filter(it => it.clientWidth && it.scrollWidth > it.clientWidth + 1)"
        ".map(it => it.dataset.icon)"
    ) == []  # fmt: skip


def only(page: Page, name: str) -> None:
    page.locator(f".lt-matrix tr[data-place={name}] .lt-only").click()
    drawn(page)


def test_one_community_is_looked_at_by_one_click_and_all_by_another(
    sample_server: str, opened: Open
) -> None:
    page = opened(sample_server)
    only(page, "guqiao")
    assert page.url.endswith("/?in=guqiao")
    page.wait_for_function("document.querySelectorAll('.lt-matrix th .lt-only').length === 1")
    only(page, "guqiao")
    page.wait_for_function("document.querySelectorAll('.lt-matrix th .lt-only').length === 4")
    assert page.url.endswith("/")


def test_folded_communities_stay_open_until_all_are_chosen(serve: Serve, opened: Open) -> None:
    page = opened(serve(district_of(8)))
    choice = page.locator("[data-choice=communities]")
    assert choice.locator("summary").inner_text() == "共8个社区"
    choice.locator("summary").click()
    for name in ("社区1", "社区2"):
        choice.get_by_role("button", name=name, exact=True).click()
        drawn(page)
    assert choice.locator("summary").inner_text() == "8个社区中的6个"
    assert page.url.endswith("in=c0003%2Cc0004%2Cc0005%2Cc0006%2Cc0007%2Cc0008")
    page.keyboard.press("Escape")
    assert choice.locator("details[open]").count() == 0
