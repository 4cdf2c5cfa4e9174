"""A number is doubted and asked about by clicking: not my number, a question, its answer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.conftest import SIZES, Open, Serve, drawn, overflowing, resize
from lingti.district import follow_ups

QUESTION, ANSWER = "为何比上月少一半？", "台账漏记了一周，已补报"


@pytest.fixture(scope="module")
def home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("asked") / "home"))


def typed(page: Page, label: str, text: str, button: str) -> None:
    """Types into a field and presses the button below it."""
    page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name=button, exact=True).click()
    drawn(page)


def whole(page: Page) -> None:
    """Nothing is cut off, in a window of any size."""
    for size in SIZES:
        resize(page, size)
        assert overflowing(page) == [], size
    resize(page, (1366, 768))


def test_a_number_is_doubted_asked_about_answered_and_closed(
    home: Path, serve: Serve, opened: Open
) -> None:
    address = serve(home)
    page = opened(f"{address}/community?community=guqiao&period=2024-12", size=(1366, 768))
    page.get_by_text("和您台账上的数不一样？看差在哪里").click()
    drawn(page)
    expect(page.locator(".lt-head h1")).to_have_text("为什么和我的数不一样")
    page.get_by_label("您手上的数").fill("1.2千")
    page.get_by_label("您手上的数").press("Enter")
    drawn(page)
    expect(page.get_by_text("试过的算法都得不出您的数。")).to_be_visible()

    page.goto(f"{address}/rows?metric=active_volunteers&place=guqiao&of=2024-12")
    drawn(page)
    page.get_by_role("link", name="和我的数不一样？").click()
    drawn(page)
    field = page.get_by_label("您手上的数（人）")
    field.fill("346")
    field.press("Enter")
    drawn(page)
    row = page.locator("tr", has_text="每行都算，“志愿者”不去重")
    expect(row).to_contain_text("346人")
    whole(page)
    row.get_by_role("link", name="看明细").click()
    drawn(page)
    expect(page.locator(".lt-adds")).to_contain_text("346")

    page.get_by_role("link", name="就此提问").first.click()
    drawn(page)
    typed(page, "问题", QUESTION, "提问")
    expect(page.locator("h2", has_text=QUESTION)).to_be_visible()
    whole(page)
    (one,) = follow_ups.follow_ups(home)
    assert (one.about.metric, one.about.place, one.about.of) == (
        "active_volunteers",
        "guqiao",
        "2024-12",
    )

    page.goto(f"{address}/community?community=guqiao&period=2024-12")
    drawn(page)
    page.get_by_role("link", name=f"待答复：{QUESTION} →").click()
    drawn(page)
    typed(page, "答复或备注", ANSWER, "答复")
    page.goto(f"{address}/review")
    drawn(page)
    line = page.locator("tr", has_text=QUESTION)
    expect(line).to_contain_text(ANSWER)
    line.get_by_role("link", name=QUESTION).click()
    drawn(page)
    page.get_by_role("button", name="关闭", exact=True).click()
    drawn(page)
    assert [step.act for step in follow_ups.follow_ups(home)[0].steps] == ["ask", "answer", "close"]
