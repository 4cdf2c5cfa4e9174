"""Layouts of other systems on the import page: what is open is asked there, and then they count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from exhaustive import part
from import_kit import home_with_sources
from playwright.sync_api import Page, expect

from browser.conftest import Open, Serve, drawn
from lingti.ingest.keeping import batches

INGEST = Path(__file__).parents[1] / "ingest"
# What a person answers where it is not what is usual, by what is asked.
ANSWERS = {"Each row holds counts": "Counts: take them"}
MEANT = {"1": "earned", "2": "deducted", "3": "Redeemed", "4": "initial"}  # of l14
# A file, and how many rows count in the end.
ROWS = {"l05": 10, "l14": 14, "n16": 8, "n17": 60}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return home_with_sources(tmp_path_factory.mktemp("layouts")).home


@pytest.fixture(scope="module")
def address(serve: Serve, home: Path) -> str:
    return f"{serve(home)}/import_data?lang=en"


def _answer_all(page: Page) -> None:
    """Answers every question that is open, until none is."""
    for _ in range(20):
        drawn(page)
        asked = page.locator("[class*='st-key-lt-asked'] .stRadio").all()
        left = [one for one in asked if one.locator("input:checked").count() == 0]
        if not left:
            return
        question = left[0].inner_text()
        says = next((said for of, said in ANSWERS.items() if of in question), "(usual)")
        if word := re.search("What does “(.)” in", question):
            says = MEANT[word[1]]
        left[0].locator("label", has_text=re.compile(re.escape(says), re.IGNORECASE)).last.click()
        page.wait_for_timeout(200)
    raise AssertionError(page.inner_text(".stMain"))


def _name(number: str) -> Path:
    folder = "layouts" if number.startswith("l") else "sheets"
    (path,) = (INGEST / folder).glob(f"{number}_*")
    return path


@pytest.mark.parametrize("number", part(ROWS, 1))
def test_a_layout_is_said_asked_and_taken(
    opened: Open, address: str, home: Path, tmp_path: Path, number: str
) -> None:
    path = _name(number)
    # Of one community, the days of one list of service would replace those of the other.
    place = "东街" if number == "n16" else "西街"
    (tmp_path / f"{place}{path.name}").write_bytes(path.read_bytes())
    page = opened(address)
    page.set_input_files("input[type=file]", [tmp_path / f"{place}{path.name}"])
    page.wait_for_selector("[class*='st-key-lt-paper']", timeout=60_000)
    remember = page.get_by_role("button", name="Remember and go on")
    other = page.get_by_role("button", name="It is something else")  # than the topic offered
    # The heading of a file comes before what is asked of it.
    page.locator("[class*='st-key-lt-asked'] .stRadio").or_(remember).or_(other).first.wait_for()
    if other.is_visible():
        other.click()
        other.wait_for(state="detached")
    _answer_all(page)
    expect(remember).to_be_enabled(timeout=60_000)
    remember.click()
    page.wait_for_selector(".lt-sums", timeout=60_000)
    _answer_all(page)
    before = len(batches.manifests(home))
    page.get_by_role("button", name="Import 1 file").click()
    for _ in range(200):  # what the page says may be of the import before
        page.wait_for_timeout(300)
        if len(kept := batches.manifests(home)) > before:
            break
    assert len(kept) == before + 1
    assert kept[-1].counts["accepted"] == ROWS[number]
    assert not re.search("[甲乙丙丁][一二三四]测", page.inner_text(".stMain"))
