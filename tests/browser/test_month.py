"""A whole month in a real browser, from the drop of an export to the second edition."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from edition_kit import TODAY, bring, edition_home, standing
from playwright.sync_api import Page, expect

from browser.conftest import Open, Serve, drawn
from lingti import warehouse
from lingti.editions import keeping
from lingti.ingest.keeping import batches

MONTH = "2024-03"
ADDRESS = f"month={MONTH}&lang=zh&community="
DONE_MS = 300_000  # beside other tests an edition with all its documents takes minutes


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two communities in early April; of March that of the second is there."""
    monkeypatch.setenv("LINGTI_TODAY", TODAY.isoformat())
    made = edition_home(tmp_path / "home")
    bring(made, "b", MONTH, [2] * 30)
    return made


def export(folder: Path, name: str, hours: list[object]) -> Path:
    rows = [f"{MONTH}-10,测试{n},138001390{10 + n},植树,{one}" for n, one in enumerate(hours)]
    path = folder / name
    path.write_text("\n".join(["日期,姓名,电话,活动,时长", *rows]), "utf-8")
    return path


def taken(page: Page, server: str, home: Path, path: Path, *, reason: str = "") -> str:
    """Drops a file of community a, imports it, and returns what the page said of its rows."""
    page.goto(f"{server}/import_data?lang=zh")
    drawn(page)
    before = len(batches.manifests(home))
    page.set_input_files("input[type=file]", str(path))
    page.wait_for_selector(".lt-sums", timeout=DONE_MS)
    drawn(page)
    said = page.inner_text(".lt-sums")
    if reason:
        choose(page, "如果改变已定稿的数字，原因是", reason)
    page.get_by_role("button", name="导入1份表格").click()
    until = time.monotonic() + DONE_MS / 1000
    while len(batches.manifests(home)) == before or warehouse.is_behind(home):
        assert time.monotonic() < until
        page.wait_for_timeout(200)
    drawn(page)
    return said


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label).first.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name=option).first.click()
    drawn(page)


def month_of(page: Page, server: str, place: str) -> None:
    page.goto(f"{server}/submission?{ADDRESS}{place}")
    drawn(page)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    drawn(page)


def remarked(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)
    page.keyboard.press("Tab")


def finalised(page: Page, server: str, edition: str) -> None:
    month_of(page, server, "a")
    press(page, "定稿")
    expect(page.locator(".lt-owed b", has_text=edition).first).to_be_visible(timeout=DONE_MS)


def briefing(page: Page, server: str) -> str:
    page.goto(f"{server}/reports?period={MONTH}&of=a&as=docx&lang=zh")
    drawn(page)
    return page.inner_text(".st-key-lt-sheet")


def test_a_month_from_the_drop_to_its_second_edition(
    serve: Serve, opened: Open, home: Path, tmp_path: Path
) -> None:
    server = serve(home)
    page = opened(f"{server}/import_data?lang=zh")
    wrong = export(tmp_path, "甲志愿服务2024年3月.csv", [2] * 29 + ["很久"])
    assert "1 待修改" in taken(page, server, home, wrong)
    right = export(tmp_path, "甲志愿服务2024年3月更正.csv", [2] * 30)
    assert "0 待修改" in taken(page, server, home, right)

    month_of(page, server, "a")
    expect(page.get_by_text("甲2024年3月报送内容")).to_be_visible()
    remarked(page, "备注", "已核对")
    press(page, "报送2024年3月")
    assert standing(home, "a", MONTH).status == "submitted"

    choose(page, "备注对象", "志愿服务时长")
    remarked(page, "备注", "为何少一半？")
    press(page, "退回")
    assert standing(home, "a", MONTH).status == "open"
    page.goto(f"{server}/community?community=a&period={MONTH}&lang=zh")
    drawn(page)
    expect(page.locator(".lt-to-submit")).to_contain_text("为何少一半？")
    page.locator(".lt-to-submit a").first.click()
    drawn(page)
    expect(page.get_by_text("甲2024年3月报送内容")).to_be_visible()
    remarked(page, "备注", "停电两周")
    press(page, "报送2024年3月")
    expect(page.get_by_text("停电两周")).to_be_visible()
    press(page, "审核通过")
    month_of(page, server, "b")
    press(page, "报送2024年3月")
    press(page, "审核通过")
    assert [standing(home, one, MONTH).status for one in "ab"] == ["accepted", "accepted"]

    assert "未定稿" in briefing(page, server)
    finalised(page, server, f"{MONTH}/1")
    assert f"{MONTH}/1版定稿" in briefing(page, server)
    assert "未定稿" not in briefing(page, server)

    more = export(tmp_path, "甲志愿服务2024年3月补.csv", [2] * 30 + [9] * 10)
    taken(page, server, home, more, reason="更正")
    page.goto(f"{server}/?lang=zh")
    drawn(page)
    expect(page.locator(".lt-changed")).to_contain_text("60 → 150")
    page.goto(f"{server}/community?community=a&period={MONTH}&lang=zh")
    drawn(page)
    page.locator(".lt-revised").first.click()
    drawn(page)
    expect(page.locator("h1")).to_have_text("修订")
    listed = page.inner_text(".stMain")
    assert "更正" in listed
    assert f"{MONTH}/1" in listed
    told = briefing(page, server)
    assert "未定稿" in told
    assert "定稿后的修订" in told

    assert standing(home, "a", MONTH).status == "open"
    month_of(page, server, "a")
    press(page, "报送2024年3月")
    press(page, "审核通过")
    finalised(page, server, f"{MONTH}/2")
    assert [one.name for one in keeping.editions(home)] == [f"{MONTH}/1", f"{MONTH}/2"]
    page.goto(f"{server}/revisions?lang=zh")
    drawn(page)
    expect(page.get_by_text("所有定稿数字都与报送时一致。")).to_be_visible()
    page.goto(f"{server}/revisions?edition={MONTH}/1&lang=zh")
    drawn(page)
    expect(page.locator(".stMain")).to_contain_text("60")
