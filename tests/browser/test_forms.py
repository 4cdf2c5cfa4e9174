"""A form in a real browser: dropped, confirmed, taken back filled, and again next month."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from forms import form_kit
from playwright.sync_api import Page, expect

from browser.conftest import SIZES, Open, Serve, drawn, overflowing, resize

EXAMPLE = Path(__file__).parents[1] / "forms" / "examples" / "h01_communities.xlsx"
JUNE, JULY = (f"2024&#24180;{month}&#26376;".encode() for month in (6, 7))


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample_home, tmp_path / "home")


@pytest.fixture
def of_july(tmp_path: Path) -> Path:
    """The same form of the month after."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, data in form_kit.parts(EXAMPLE.read_bytes()).items():
            new.writestr(name, data.replace(JUNE, JULY))
    path = tmp_path / "july.xlsx"
    path.write_bytes(out.getvalue())
    return path


def drop(page: Page, path: Path) -> None:
    page.set_input_files("input[type=file]", [path])
    page.get_by_text("Download the filled form").wait_for(timeout=60_000)
    drawn(page)


def taken(page: Page, words: str, path: Path) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=words).click()
    download.value.save_as(path)
    return path.read_bytes()


def test_a_form_is_confirmed_taken_and_known_next_month(
    serve: Serve, opened: Open, home: Path, of_july: Path, tmp_path: Path
) -> None:
    server = serve(home)
    page = opened(f"{server}/forms?lang=en", accept_downloads=True)
    drop(page, EXAMPLE)
    said = page.locator(".lt-sentence").first
    expect(said).to_have_text("13 cells are filled, 2 wait for a yes, 5 stay blank.")
    for _cell in range(2):
        page.get_by_text("The district's own", exact=True).first.click()
        drawn(page)
    expect(said).to_have_text("15 cells are filled, 0 wait for a yes, 5 stay blank.")
    for size in SIZES:
        resize(page, size)
        assert overflowing(page) == []
    filled = form_kit.contents(taken(page, "Download the filled form", tmp_path / "a.xlsx"), "xlsx")
    sources = form_kit.contents(taken(page, "Download its sources", tmp_path / "b.xlsx"), "xlsx")
    assert filled["Sheet1!C7"] == 218
    assert "Sheet1!F3" not in filled
    assert f"{server}/rows?metric=active_volunteers" in str(sources["Numbers!O2"])

    page = opened(f"{server}/forms?lang=en", accept_downloads=True)
    expect(page.locator(".lt-table")).to_contain_text("各社区志愿服务情况统计表")
    drop(page, of_july)
    expect(page.locator(".lt-section").first).to_contain_text("known from before")
    expect(page.locator(".lt-sentence").first).to_have_text(
        "15 cells are filled, 0 wait for a yes, 5 stay blank."
    )
    july = form_kit.contents(taken(page, "Download the filled form", tmp_path / "c.xlsx"), "xlsx")
    assert july["Sheet1!C7"] != filled["Sheet1!C7"]
