"""A topic with its table, two metrics, a target and a briefing, made by clicking alone."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from half_set_up_kit import named
from import_kit import workbook
from playwright.sync_api import Page, TimeoutError, expect

from browser.conftest import SIZES, Open, Serve, drawn, overflowing, resize, unfolded
from lingti.catalog import own
from lingti.district.typed_lists import Typed

HEAD = ["序号", "就餐日期", "助餐点", "就餐方式", "份数（份）", "备注"]
WAYS = ("堂食", "送餐上门", "堂食")
GROWS = {"望江": 2, "临河": 1}  # portions more each month


def _sheet(community: str) -> bytes:
    """Ten months of 2026, three days in each; October has 3 × 40 + 9 portions in 望江."""
    rows: list[list[object]] = [
        [
            3 * month + at - 2,
            date(2026, month, day),
            "一号点",
            WAYS[at],
            20 + month * GROWS[community] + 3 * at,
            "",
        ]
        for month in range(1, 11)
        for at, day in enumerate((3, 12, 21))
    ]
    return workbook({"助餐": [HEAD, *rows]})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("own") / "home"
    named(home, Typed("望江社区", "", 5200, 1800), Typed("临河社区", "", 4100, 1500))
    return home


def _choose(page: Page, label: str, option: str, nth: int = 0) -> None:
    box = page.get_by_role("combobox", name=label, exact=True).nth(nth)
    wanted = page.get_by_role("option", name=option).first
    for _time in range(4):
        box.click()
        with suppress(TimeoutError):  # a page drawn anew at that moment closes the list
            page.locator("[role=option]").first.wait_for(timeout=8_000)
            page.keyboard.insert_text(option)  # a long list shows only some of its options
            wanted.click(timeout=8_000)
            break
        page.keyboard.press("Escape")
    else:
        wanted.click()
    drawn(page)


def _write(page: Page, label: str, said: str) -> None:
    field = page.get_by_label(label, exact=True).last
    field.fill(said)
    field.press("Tab")
    drawn(page)


def _press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).first.click()
    drawn(page)


def _import_as_own(page: Page, files: list[Path]) -> None:
    page.set_input_files("input[type=file]", files)
    page.get_by_role("button", name="It is something else").click(timeout=60_000)
    page.get_by_text("make a table of our own").first.click(timeout=60_000)
    drawn(page)
    _write(page, "What is one row?", "一份助餐")
    for size in SIZES:
        resize(page, size)
        assert overflowing(page) == []
    _press(page, "Keep this table")
    page.get_by_role("button", name="Import 2 files").click(timeout=60_000)
    page.get_by_text("Expect all 2").click(timeout=60_000)
    drawn(page)


def _make_metrics(page: Page) -> None:
    _press(page, "New metric")
    expect(page.locator(".lt-table")).to_contain_text("129")
    for size in SIZES:
        resize(page, size)
        assert overflowing(page) == []
    _write(page, "Title of the metric", "助餐量")
    _press(page, "Keep this metric")
    _press(page, "New metric")
    _choose(page, "What is counted", "the share of one in another")
    for part in (0, 1):
        _choose(page, "Counted", "a column added up", part)
    _choose(page, "Rows that count", "only some “就餐方式”")
    _choose(page, "就餐方式", "送餐上门")
    page.keyboard.press("Escape")
    _write(page, "Title of the metric", "送餐率")
    expect(page.locator(".lt-table")).to_contain_text("33.3%")
    _press(page, "Keep this metric")
    expect(page.locator(".stMain")).to_contain_text("送餐率 ·")


def test_a_topic_is_made_by_clicking_and_is_then_everywhere(
    serve: Serve, opened: Open, home: Path, tmp_path: Path
) -> None:
    server = serve(home)
    files = [tmp_path / f"{name}社区助餐登记表.xlsx" for name in GROWS]
    for file, name in zip(files, GROWS, strict=True):
        file.write_bytes(_sheet(name))
    _import_as_own(opened(f"{server}/import_data?lang=en"), files)
    assert list(own.tables(home)) == ["own_助餐登记表"]
    _make_metrics(opened(f"{server}/settings?lang=en&part=own"))
    assert list(own.metrics(home)) == ["own_助餐量", "own_送餐率"]

    page = opened(f"{server}/targets?lang=en")
    page.get_by_text("Set or change a target").click()
    drawn(page)
    _choose(page, "Metric", "助餐 · 助餐量")
    _write(page, "Period", "2026-10")
    _write(page, "Target", "200")
    _press(page, "Set target")
    expect(page.locator(".stMain")).to_contain_text("助餐量")

    unfolded(page)
    page.locator(".lt-menu").get_by_role("link", name="助餐").click()
    page.wait_for_url("**/topic?*")
    drawn(page)
    expect(page.locator(".lt-value").first).to_contain_text("228")
    for size in SIZES:
        resize(page, size)
        assert overflowing(page) == []
    page.locator("figcaption .lt-rows").first.click()
    page.wait_for_url("**/rows?*")
    drawn(page)
    expect(page.locator(".lt-adds")).to_contain_text("129")

    page = opened(f"{server}/reports?lang=en&of=望江&text=zh", accept_downloads=True)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download: ").first.click()
    download.value.save_as(tmp_path / "briefing.docx")
    with zipfile.ZipFile(tmp_path / "briefing.docx") as parts:
        briefing = parts.read("word/document.xml").decode()
    assert "助餐量" in briefing
    assert "129" in briefing
    assert not (home / "queries").exists()
