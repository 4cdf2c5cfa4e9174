"""A district of one's own, by clicking alone: from the welcome to comparison, briefing, projector.

Six communities of two subdistricts with 25 sheets of their own; no file of the home is edited and
no command typed. What it takes is counted.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import own_district_kit as kit
import pytest
from playwright.sync_api import Page, expect

from browser.conftest import Open, Serve, drawn
from lingti import district
from lingti.ingest.keeping import batches

MOST_CLICKS = 15


class Clerk:
    """Somebody at the page, whose clicks and entries are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0
        self.entries = 0

    def press(self, name: str | re.Pattern[str], *, exact: bool = False) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        self.clicks += 1
        drawn(self.page)

    def write(self, name: str, words: str) -> None:
        field = self.page.get_by_role("textbox", name=name, exact=name == "区名")
        field.fill(words)
        field.press("Control+Enter")
        self.entries += 1
        drawn(self.page)

    def go(self, title: str) -> None:
        self.page.locator(".lt-menu").get_by_text(title, exact=True).click()
        self.clicks += 1
        drawn(self.page)


def test_a_clerk_gets_from_the_welcome_to_the_first_comparison(
    serve: Serve, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINGTI_TODAY", kit.TODAY.isoformat())
    home = tmp_path / "home"
    files = kit.write(tmp_path / "sheets")
    page = opened(f"{serve(home)}/?lang=zh", size=(1366, 768), accept_downloads=True)
    clerk = Clerk(page)

    clerk.press("设置本区")
    clerk.write("区名", kit.NAME)
    clerk.write("工作名称", kit.PROGRAMME)
    clerk.write("社区名单", kit.LIST)
    clerk.press("开始")
    page.wait_for_url("**/import_data?lang=zh")

    page.set_input_files("input[type=file]", list(map(str, files)))
    clerk.clicks += 1
    page.wait_for_selector("[class*='st-key-lt-paper']", timeout=120_000)
    drawn(page)
    clerk.press(re.compile("^全部照下面的对应记住"))
    clerk.press("导入25份表格")
    page.wait_for_selector(".lt-done", timeout=240_000)
    drawn(page)
    assert len(batches.manifests(home)) == 25
    clerk.press(re.compile("^全部列入应报（25 项）"))
    known = district.load(home)
    assert {one.months for one in known.expected} == {1}
    assert not (home / "district.toml").exists()

    clerk.go("总览")
    told = page.inner_text(".stMain")
    assert f"{kit.PROGRAMME}一览" in told
    for place in (*kit.EAST, *kit.WEST):
        assert place in told
    assert told.count("已报齐") == 6

    clerk.go("报告")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载：简报（Word）").click()
    clerk.clicks += 1
    data = Path(download.value.path()).read_bytes()
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    assert f"清河区2026年4月“{kit.PROGRAMME}”工作进展情况报告" in words.replace("\n“", "“")

    clerk.go("投影演示")
    expect(page.locator(".st-key-lt-stage")).to_contain_text(kit.PROGRAMME)
    print(f"{clerk.clicks} clicks, {clerk.entries} fields")
    assert clerk.clicks <= MOST_CLICKS
    assert clerk.entries == 3
