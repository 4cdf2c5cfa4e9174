"""From drop to undo in a real browser: mapping, findings, corrections, a closed tab, history."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from import_kit import service, workbook
from playwright.sync_api import Page, expect

from browser.conftest import SIZES, Open, Serve, drawn, overflowing, resize
from lingti.ingest.keeping import batches

HEADER = ["序号", "服务日期", "志愿者姓名", "联系电话", "活动名称", "服务类别", "服务时长"]
NEW = ["编号", "志愿者", "手机号码", "参加的活动", "活动日期", "时长（分钟）", "备注"]
PAGE = "/import_data?lang=en"
FOCUSED = """() => {
  const { ariaLabel, textContent } = document.activeElement;
  return document.activeElement === document.body ? "" : (ariaLabel || textContent).trim();
}"""


@pytest.fixture
def home(lean_home: Path, tmp_path: Path) -> Path:
    return shutil.copytree(lean_home, tmp_path / "home")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """An export with three rows to correct, and one of a layout nobody knows."""
    rows = [
        [n, date(2025, 1, 1 + n % 28), f"王伟{'甲乙丙丁'[n % 4]}", f"138{n:08d}", "清扫", "环保", 2]
        for n in range(1, 41)
    ]
    rows[3][6] = rows[4][6] = "很久"
    rows[8][1] = "不详"
    known = [["古桥社区志愿服务时长登记表（2025年1月）"], HEADER, *rows]
    fresh = [
        NEW,
        [1, "李明华", "13800000001", "清扫楼道", date(2025, 2, 1), 90, ""],
        [2, "张丽丽", "13800000002", "清扫楼道", date(2025, 2, 2), 60, ""],
    ]
    visits = [["走访日期", "小区", "楼栋", "房号"], [date(2025, 1, 8), "一期", "1号楼", "101"]]
    duty = [["星期", "值班电话"], ["星期一", "2345678"], ["星期二", "2345679"]]
    mixed = {"志愿服务": known, "走访": visits, "值班": duty}
    made = {"known": ("一月.xlsx", {"1月": known}), "new": ("城南队二月.xlsx", {"Sheet1": fresh})}
    made["mixed"] = ("古桥一月汇总.xlsx", mixed)
    for name, sheets in made.values():
        (tmp_path / name).write_bytes(workbook(sheets))
    return {key: tmp_path / name for key, (name, _sheets) in made.items()}


def drop(page: Page, *paths: Path) -> None:
    page.set_input_files("input[type=file]", list(paths))
    page.wait_for_selector("[class*='st-key-lt-paper'], .lt-warn", timeout=60_000)
    drawn(page)


def batch_numbers(home: Path) -> list[int]:
    return [one.batch for one in batches.manifests(home)]


def test_from_drop_to_undo(
    serve: Serve, opened: Open, home: Path, files: dict[str, Path], tmp_path: Path
) -> None:
    before = batch_numbers(home)
    server = serve(home)
    page = opened(server + PAGE, accept_downloads=True)
    drop(page, files["known"])
    expect(page.locator(".lt-sums")).to_have_text(
        "41 rows read=37 accepted+0 there already+3 to correct+1 no data rows"
    )
    expect(page.locator(".lt-faults li")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_text("Download the rows to correct").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)

    page.get_by_role("button", name="Import 1 file").click()
    page.wait_for_selector("[data-testid='stProgress'], .lt-done", timeout=120_000)
    page.close()  # the work goes on

    page = opened(server + PAGE)
    page.wait_for_selector(".lt-done", timeout=120_000)
    drawn(page)
    number = before[-1] + 1
    assert batch_numbers(home) == [*before, number]
    assert f"batch {number}" in page.inner_text(".lt-done")
    # The corrections, as they are, are recognised: all that was right is there already.
    drop(page, tmp_path / download.value.suggested_filename)
    assert "37 there already" in page.inner_text(".lt-sums")

    page.locator(f".st-key-lt-batch-{number}").get_by_role("button", name="Undo").click()
    page.get_by_role("button", name=f"Undo batch {number}").click()
    page.wait_for_function(
        "document.querySelector('.lt-done')?.textContent.includes('Withdrawn')", timeout=120_000
    )
    assert batch_numbers(home) == before
    drawn(page)
    page.locator(f".st-key-lt-batch-{number}").get_by_role("button", name="Redo").click()
    page.get_by_role("button", name=f"Redo batch {number}").click()
    page.wait_for_function(
        "document.querySelector('.lt-done')?.textContent.includes('Put back')", timeout=120_000
    )
    assert batch_numbers(home) == [*before, number]


def test_a_new_layout_is_mapped_once(
    serve: Serve, opened: Open, home: Path, files: dict[str, Path]
) -> None:
    page = opened(serve(home) + PAGE)
    drop(page, files["new"])
    page.get_by_role("combobox", name="Community", exact=True).first.click()
    page.get_by_role("option", name="Binhu").click()
    page.get_by_role("button", name="Remember and go on").wait_for()
    drawn(page)
    assert "清扫楼道" in page.inner_text(".stMain")
    assert "李明华" not in page.inner_text(".stMain")
    page.get_by_role("button", name="Remember and go on").click()
    page.wait_for_selector(".lt-sums", timeout=60_000)
    assert "2 accepted" in page.inner_text(".lt-sums")
    assert list((home / "entries").glob("*.json"))
    page = opened(page.url.replace("import_data", "data"))
    assert "城南队二月" in page.inner_text(".stMain")


def test_a_workbook_with_lists_of_several_kinds(
    serve: Serve, opened: Open, home: Path, files: dict[str, Path]
) -> None:
    before = batch_numbers(home)
    page = opened(serve(home) + PAGE)
    drop(page, files["mixed"])
    expect(page.locator(".lt-sums")).to_have_count(2)
    left = page.locator("[class*='st-key-lt-paper-left']")
    expect(left).to_contain_text("2 rows in “值班” are taken by nothing.")
    left.get_by_text("Say which column is which", exact=True).click()
    # It is no kind for sure, so that none is chosen before somebody says.
    left.get_by_text("Nothing tells what the rows are.").wait_for()
    expect(left.get_by_role("button", name="Remember and go on")).to_have_count(0)
    left.get_by_role("combobox", name="What the rows are").click()
    page.get_by_role("option").first.click()
    left.get_by_role("button", name="Remember and go on").wait_for()
    page.get_by_role("button", name="Import 1 file").click()
    page.wait_for_selector(".lt-done", timeout=120_000)
    assert len(batch_numbers(home)) == len(before) + 2


def test_rows_that_would_vanish_need_a_yes(
    serve: Serve, opened: Open, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "古桥志愿服务时长登记表（2024年5月）.xlsx"
    row = [1, date(2024, 5, 6), "王伟甲", "13800000001", "清扫", "环保", 2]
    path.write_bytes(workbook({"5月": [HEADER, row]}))
    page = opened(serve(home) + PAGE)
    drop(page, path)
    assert page.get_by_role("button", name=re.compile("^Import 1")).count() == 0
    page.get_by_text(re.compile("^Yes, .* rows are to go")).click()
    page.get_by_role("button", name="Import 1 file").wait_for()


def test_what_cannot_be_read_says_what_to_do(
    serve: Serve, opened: Open, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "空.csv").write_bytes(service())
    page = opened(serve(home) + PAGE)
    drop(page, tmp_path / "坏.xlsx", tmp_path / "空.csv")
    expect(page.locator(".lt-warn")).to_have_count(2)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_fits_in_every_size(
    sample_server: str, opened: Open, files: dict[str, Path], language: str
) -> None:
    page = opened(f"{sample_server}/import_data?lang={language}")
    drop(page, files["mixed"], files["new"])
    for size in SIZES:
        resize(page, size)
        assert overflowing(page) == [], size
    words = page.inner_text("[data-testid=stFileUploader]")
    assert "Browse" not in words
    assert "Drag" not in words


def test_what_is_asked_is_answered_once_and_remembered(
    serve: Serve, opened: Open, home: Path, tmp_path: Path
) -> None:
    """A month with rows marked void and several names in a cell, and the next one alike."""
    months = []
    for month in (1, 2):
        rows = [
            [*HEADER, "备注"],
            [1, date(2025, month, 3), "甲一测、乙二测", None, "清扫", "环保", 2, None],
            [2, date(2025, month, 4), "丙三测", None, "清扫", "环保", 2, "作废"],
        ]
        months.append(tmp_path / f"古桥{month}月.xlsx")
        months[-1].write_bytes(workbook({f"{month}月": rows}))
    page = opened(serve(home) + PAGE)
    drop(page, months[0])
    questions = page.locator("[class*='st-key-lt-asked'] .stRadio")
    expect(questions).to_have_count(2)
    expect(page.get_by_role("button", name="Import 1 file")).to_have_count(0)
    assert "甲一测" not in page.inner_text(".stMain")
    page.get_by_text("No, they do not count").click()
    drawn(page)
    page.get_by_text("A person each, all of them with what the row says").click()
    page.get_by_role("button", name="Import 1 file").click()
    page.wait_for_selector(".lt-done", timeout=120_000)
    assert "1 accepted" in page.inner_text(".lt-done")
    assert len(batches.manifests(home)[-1].answers) == 2

    drop(page, months[1])
    page.get_by_role("button", name="Import 1 file").wait_for(timeout=60_000)
    expect(questions).to_have_count(0)
    assert "1 accepted" in page.inner_text(".lt-sums")


def tab_to(page: Page, words: str, *, most: int = 60) -> int:
    """Presses Tab until what holds the words has the focus; how many stops that took."""
    for stop in range(most + 1):
        if words in page.evaluate(FOCUSED):
            return stop
        page.keyboard.press("Tab")
    raise AssertionError(f"no stop says {words!r}")


def to_page(page: Page, title: str) -> None:
    """Opens a page from the menu by the keyboard, and goes past what all pages begin with."""
    page.evaluate("document.activeElement.blur(); document.body.focus()")
    page.locator(".lt-skip").focus()
    tab_to(page, title)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "title => document.querySelector('.lt-head h1')?.textContent === title", arg=title
    )
    drawn(page)
    page.locator(".lt-skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('.stMain').contains(document.activeElement)")


def test_from_drop_to_briefing_by_the_keyboard_alone(
    serve: Serve, opened: Open, home: Path, files: dict[str, Path]
) -> None:
    before = batch_numbers(home)
    page = opened(f"{serve(home)}/?lang=en", accept_downloads=True)
    assert tab_to(page, "To the content", most=2) <= 2
    page.keyboard.press("Enter")  # nor are there eight stops before the content
    assert page.evaluate("document.querySelector('.stMain').contains(document.activeElement)")

    to_page(page, "Import")
    with page.expect_file_chooser() as chooser:
        tab_to(page, "Choose")
        page.keyboard.press("Enter")
    chooser.value.set_files([files["known"]])
    page.wait_for_selector(".lt-sums", timeout=60_000)
    drawn(page)
    tab_to(page, "Import 1 file")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lt-done", timeout=300_000)
    drawn(page)
    assert batch_numbers(home) == [*before, before[-1] + 1]

    to_page(page, "Reports")
    with page.expect_download() as download:
        tab_to(page, "Download: Briefing (Word)")
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".docx")
