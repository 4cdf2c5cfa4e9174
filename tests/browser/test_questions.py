"""Each question in a real browser: answered on the page, remembered, not asked the next month."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from import_kit import (
    LEDGER,
    MERCHANTS,
    SERVICE,
    SIGNED_IN,
    TICKETS,
    csv_file,
    everything,
    home_with_sources,
    take,
)
from playwright.sync_api import Page, expect

from browser.conftest import Open, Serve, drawn
from lingti import warehouse
from lingti.ingest.keeping import batches

KINDS = {
    *("struck_rows", "hidden_rows", "covers", "days_swapped"),
    *("older_list", "merchant_twin", "day_order"),
}


EACH_FILE = {"hidden_rows", "older_list"}  # asked anew of the next file, by design
PEOPLE = ("张晓伟", "仝卓", "逯红梅", "欧阳明日")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that knows a merchant, and a list of cases up to June."""
    known = home_with_sources(tmp_path_factory.mktemp("asked"))
    take(known, csv_file([MERCHANTS, ["米乐居民服务店", "2024-01-10", ""]]), "名册2024年1月.csv")
    cases = [TICKETS, ["Z9", "2024-01-05", "噪音", "2024-06-01"]]
    take(known, csv_file(cases), "工单2024年6月.csv")
    warehouse.rebuild(known.home)
    return known.home


@pytest.fixture(scope="module")
def address(serve: Serve, home: Path) -> str:
    """The import page of that home."""
    return f"{serve(home)}/import_data?lang=en"


def register(month: int, *, asks: bool) -> bytes:
    """A month of service: a row with a line through it, and where it `asks` besides one that a
    filter hides and one of the month after."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("登记")
        struck = book.add_format({"font_strikeout": True})
        page.write_row(0, 0, SERVICE)
        days = [date(2024, month, day) for day in range(3, 27, 2)]
        if asks:
            days.append(date(2024, month + 1, 1))
        for at, day in enumerate(days, 1):
            row = [day.isoformat(), PEOPLE[at % 3], "", "清扫楼道", 2]
            page.write_row(at, 0, row, struck if at == 2 else None)
        if asks:
            page.autofilter(0, 0, len(days), 4)
            page.set_row(3, None, None, {"hidden": True})
    return out.getvalue()


def files(folder: Path, month: int, *, asks: bool) -> list[Path]:
    """A month's exports of four kinds; those that `ask` once hold what can be told only so."""
    swapped = [
        [f"B{month}{n}", f"2024-0{month}-1{n}", "停车", f"2024-0{month}-0{n}"] for n in "123"
    ]
    old = [["Z9", "2024-02-01", "噪音", "2024-01-05"]] if asks else []
    shops = ["米乐居民服务店", "米乐居民服务点"]
    found = {
        f"登记{month}.xlsx": register(month, asks=asks),
        f"工单2024年{month if asks else 7}月.csv": csv_file([TICKETS, *swapped, *old]),
        f"名册2024年{month}月.csv": csv_file(
            [MERCHANTS, *([shop, "2024-01-10", ""] for shop in shops)]
        ),
        f"台账{month}.csv": csv_file([LEDGER, [f"0{month}/03/2024", PEOPLE[3], "奖励", "5", ""]]),
    }
    for name, data in found.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in found]


def drop(page: Page, paths: list[Path]) -> None:
    page.set_input_files("input[type=file]", list(paths))
    page.wait_for_selector("[class*='st-key-lt-paper']", timeout=60_000)
    drawn(page)


def test_every_question_is_answered_once_and_remembered(
    address: str, opened: Open, home: Path, tmp_path: Path
) -> None:
    page = opened(address)
    first = files(tmp_path, 4, asks=True)
    drop(page, first)
    said = page.inner_text(".stMain")
    assert said.lower().count("asked for each file") == len(EACH_FILE)
    questions = page.locator("[class*='st-key-lt-asked'] .stRadio")
    expect(page.get_by_role("button", name="Import")).to_have_count(0)
    answered: set[str] = set()
    while len(answered) < len(KINDS):  # what days mean is told before what they say of cases
        drawn(page)
        left = [one for one in questions.all() if one.inner_text() not in answered]
        open_ones = [one for one in left if one.locator("input:checked").count() == 0]
        assert open_ones, answered
        answered.add(open_ones[0].inner_text())
        open_ones[0].get_by_text("(usual)").click()
    page.get_by_role("button", name="Import 4 files").click()
    page.wait_for_selector(".lt-done", timeout=300_000)
    kept = [one for manifest in batches.manifests(home) for one in manifest.answers]
    assert {one["kind"] for one in kept} == KINDS
    found = said + page.inner_text(".stMain") + everything(home)
    assert not [name for name in PEOPLE if name in found]

    drop(page, first)  # the same files again are asked nothing
    expect(page.locator(".lt-files", has_text="Everything in it counts already.")).to_have_count(4)
    expect(questions).to_have_count(0)
    page = opened(page.url)
    drop(page, files(tmp_path, 5, asks=False))
    page.get_by_role("button", name="Import 4 files").wait_for(timeout=60_000)
    expect(page.locator("[class*='st-key-lt-asked'] .stRadio")).to_have_count(0)


def test_answers_that_leave_nothing_to_import_are_kept_all_the_same(
    address: str, opened: Open, tmp_path: Path
) -> None:
    header = [*SERVICE, "备注"]
    for month in (4, 5):
        row = [f"2024-0{month}-03", "居民1", "", "清扫楼道", 2, "作废"]
        (tmp_path / f"作废{month}.csv").write_bytes(csv_file([header, row]))
    page = opened(address)
    drop(page, [tmp_path / "作废4.csv"])
    page.get_by_text("No, they do not count (usual)").click()
    page.get_by_role("button", name="Remember the answers").click()
    drawn(page)
    expect(page.get_by_role("button", name="Remember the answers")).to_have_count(0)
    page = opened(page.url)
    drop(page, [tmp_path / "作废5.csv"])
    expect(page.locator(".lt-warn", has_text="Not one row could be accepted.")).to_have_count(1)
    expect(page.locator("[class*='st-key-lt-asked']")).to_have_count(0)


MARKED_KINDS = {"unticked", "merged_cells", "signed_twice", "short_year"}
UNDATED_KINDS = {"month", "year"}  # asked of each file


def sign_in_sheets(folder: Path, month: int, *, undated: bool) -> list[Path]:
    """A month's sign-in sheets, each with something that can be read in two ways."""
    head = ["日期", "姓名", "签到"]
    day = f"2024-0{month}"
    sheets = {
        "甲": [head, *([f"{day}-03", PEOPLE[at], "" if at == 1 else "√"] for at in range(4))],
        "乙": [head, *([f"{day}-05", PEOPLE[at], "√"] for at in range(4))],
        "丙": [head[:2], *([f"{day}-07 {hour}:50", PEOPLE[0]] for hour in ("08", "11"))],
        "丁": [head[:2], *([f"24.{month}.{at}", PEOPLE[at - 9]] for at in (9, 10, 25 - 13))],
    }
    if undated:
        sheets["戊"] = [head[:2], *([f"{at}日", PEOPLE[at - 15]] for at in (15, 16))]
        sheets["己"] = [head[:2], *([f"{month}月{at}日", PEOPLE[at - 19]] for at in (19, 20))]
    for name, rows in sheets.items():
        with xlsxwriter.Workbook(folder / f"{name}{month}.xlsx") as book:
            page = book.add_worksheet("签到")
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
            if name == "乙":
                page.merge_range(1, 2, 3, 2, "√")
    return [folder / f"{name}{month}.xlsx" for name in sheets]


def test_what_sign_in_sheets_leave_open_is_answered_once_and_remembered(
    serve: Serve, opened: Open, tmp_path: Path
) -> None:
    home = home_with_sources(tmp_path / "home", {"east_signed": SIGNED_IN.format(hours=2)}).home
    page = opened(f"{serve(home)}/import_data?lang=en")
    paths = sign_in_sheets(tmp_path, 4, undated=True)
    drop(page, paths)
    asked = page.locator("[class*='st-key-lt-asked']")
    for _round in range(20):
        drawn(page)
        radios = [
            one
            for one in asked.locator(".stRadio").all()
            if one.locator("input:checked").count() == 0
        ]
        months = asked.locator(".stSelectbox")
        if radios:
            radios[0].get_by_text("(usual)").click()
        elif months.count() and months.locator("input").input_value() != "2024-04":
            months.locator("input").fill("2024-04")
            page.get_by_role("option", name="2024-04").first.click()
        else:
            break
    page.get_by_role("button", name=f"Import {len(paths)} files").click()
    page.wait_for_selector(".lt-done", timeout=300_000)
    kept = [one for manifest in batches.manifests(home) for one in manifest.answers]
    assert {one["kind"] for one in kept} == MARKED_KINDS | UNDATED_KINDS
    assert not [name for name in PEOPLE if name in page.inner_text(".stMain") + everything(home)]

    page = opened(page.url)
    later = sign_in_sheets(tmp_path, 5, undated=False)
    drop(page, later)
    page.get_by_role("button", name=f"Import {len(later)} files").wait_for(timeout=60_000)
    expect(asked.locator(".stRadio, .stSelectbox")).to_have_count(0)
