"""An official's ten questions, answered by clicking only, on a fresh page each time.

1. How many volunteer hours did Guqiao give in June 2024, and is the figure right?
2. Which rows of which file is that made of, and who imported them?
3. What exactly does "volunteer hours" count?
4. Is the fall in Jinghang's placements real, or only ordinary variation?
5. Is Binhu's number high for its size, beside the district?
6. Will Nanfeng meet its targets, and what does it still take?
7. Who has not reported, and what do I write to them?
8. Which rows break a rule, and what is to be done about them?
9. Which decisions are overdue, and whose are they?
10. What does this week's meeting have to settle?
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.conftest import Open, Serve, drawn

WORDS: dict[str, dict[str, Any]] = {
    "zh": {
        "volunteering": "志愿服务",
        "back": "返回",
        "equals": "与指标数值一致：656小时",
        "definition": "查看口径",
        "counts": "期内服务台账登记的志愿服务小时数之和",
        "real": "变化真实吗",
        "placements": "就业安置人次",
        "worse": "需要关注",
        "compared": "和什么比",
        "times": "倍",
        "targets": "目标与进度",
        "nanfeng": "南风花园",
        "missed": "未达到",
        "reporting": "报送情况",
        "message": "京杭佳苑社区，请补报：\n– 志愿服务导出：2024年11月（缺11月19日–11月30日）",
        "findings": "校验问题",
        "advice": "处理办法",
        "decisions": "决定事项",
        "overdue": "逾期",
        "review": "周会审",
        "agenda": ["逾期未完成", "本周到期", "新出现的信号", "新发现的数据问题", "未报送情况"],
        "june": "2024年6月",
    },
    "en": {
        "volunteering": "Volunteering",
        "back": "Back to",
        "equals": "equals the number: 656 h",
        "definition": "How it is defined",
        "counts": "Sum of the hours in the service log",
        "real": "Is it real?",
        "placements": "Job placements",
        "worse": "Needs attention",
        "compared": "Compared with what",
        "times": "times",
        "targets": "Targets and pace",
        "nanfeng": "Nanfeng",
        "missed": "missed",
        "reporting": "Reporting",
        "message": "– Volunteer service: Nov 2024 (19 Nov–30 Nov missing)",
        "findings": "Findings",
        "advice": "What to do",
        "decisions": "Decisions",
        "overdue": "overdue",
        "review": "Weekly review",
        "agenda": ["Overdue", "Due this week", "New signals", "New findings", "Not reported"],
        "june": "Jun 2024",
    },
}
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture(scope="module")
def server(serve: Serve, sample_home: Path) -> str:
    return serve(sample_home)


def start(opened: Open, server: str, lang: str) -> tuple[Page, dict[str, Any]]:
    """The home page in a language, chosen by the browser's locale as an official's would."""
    page = opened(server, locale="zh-CN" if lang == "zh" else "en-GB")
    return page, WORDS[lang]


def menu(page: Page, title: str) -> None:
    page.click(f".st-key-lt-menu >> text='{title}'")
    page.wait_for_function(
        "title => document.querySelector('.lt-head h1')?.textContent === title", arg=title
    )
    drawn(page)


def press(page: Page, text: str, within: str = ".stMain") -> None:
    page.locator(within).get_by_text(text).first.click()
    drawn(page)


def choose_june(page: Page, june: str) -> None:
    page.click(".st-key-period-month input")
    page.click(f"[role=option] >> text={june}")
    drawn(page)


def guqiao_hours(page: Page) -> None:
    """The cell of Guqiao in the table of the volunteering page."""
    cell = page.locator("a.lt-rows[href*='metric=volunteer_hours'][href*='place=guqiao']").first
    cell.scroll_into_view_if_needed()
    cell.click()
    page.wait_for_selector(".lt-adds")
    drawn(page)


@LANGUAGES
def test_1_to_3_a_number_its_rows_its_definition_and_back(
    server: str, opened: Open, lang: str
) -> None:
    page, words = start(opened, server, lang)
    menu(page, words["volunteering"])
    choose_june(page, words["june"])
    guqiao_hours(page)
    assert words["equals"] in page.inner_text(".lt-adds")
    rows = page.inner_text(".lt-table tbody")
    assert "志愿服务时长登记表（2024年6月至9月）.xlsx" in rows
    assert "sample" in rows
    press(page, words["definition"])
    assert words["counts"] in page.inner_text(".lt-glossary")
    page.go_back()
    page.wait_for_selector(".lt-adds")
    drawn(page)
    press(page, words["back"])
    assert words["volunteering"] == page.inner_text(".lt-head h1")
    assert "period=2024-06" in page.url


@LANGUAGES
def test_1_a_bar_and_a_point_open_their_rows_with_one_click(
    server: str, opened: Open, lang: str
) -> None:
    page, words = start(opened, server, lang)
    menu(page, words["volunteering"])
    for mark in (".barlayer .point path", ".scatterlayer .trace:first-child .point"):
        box = page.locator(mark).first.bounding_box()
        assert box is not None
        page.locator(mark).first.scroll_into_view_if_needed()
        box = page.locator(mark).first.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_selector(".lt-adds", timeout=20_000)
        drawn(page)
        assert "✓" in page.inner_text(".lt-adds")
        press(page, words["back"])


@LANGUAGES
def test_4_is_the_fall_in_placements_real(server: str, opened: Open, lang: str) -> None:
    page, words = start(opened, server, lang)
    menu(page, words["real"])
    press(page, words["placements"], ".lt-table")
    verdicts = page.inner_text(".stMain")
    assert words["worse"] in verdicts
    assert page.locator(".js-plotly-plot").count() >= 3


@LANGUAGES
def test_5_is_it_high_for_its_size(server: str, opened: Open, lang: str) -> None:
    page, words = start(opened, server, lang)
    menu(page, words["compared"])
    binhu = page.inner_text(".lt-table tbody tr:nth-child(4)")
    assert re.search(rf"\d\.\d\d ?{words['times']}", binhu)


@LANGUAGES
def test_6_will_the_targets_be_met(server: str, opened: Open, lang: str) -> None:
    page, words = start(opened, server, lang)
    menu(page, words["targets"])
    rows = page.locator(".lt-table tbody tr").all_inner_texts()
    mine = [row for row in rows if row.startswith(words["nanfeng"])]
    assert len(mine) == 4
    assert any(words["missed"] in row for row in mine)


@LANGUAGES
def test_7_who_has_not_reported_and_what_to_write(server: str, opened: Open, lang: str) -> None:
    page, words = start(opened, server, lang)
    menu(page, words["reporting"])
    assert page.locator("td.lt-heat-missing, td.lt-heat-partial").count() == 2
    assert words["message"] in "\n".join(page.locator(".stCode code").all_inner_texts())


@LANGUAGES
def test_8_which_rows_break_a_rule(server: str, opened: Open, lang: str) -> None:
    page, words = start(opened, server, lang)
    menu(page, words["findings"])
    page.locator("[data-testid=stExpander] summary").first.click()
    page.wait_for_timeout(500)
    said = page.locator("[data-testid=stExpander]").first.inner_text()
    assert words["advice"] in said
    assert re.search(r"\.(xlsx|xls|csv)", said)


@LANGUAGES
def test_9_and_10_what_is_overdue_and_what_the_meeting_has_to_settle(
    server: str, opened: Open, lang: str
) -> None:
    page, words = start(opened, server, lang)
    menu(page, words["decisions"])
    press(page, words["overdue"], ".st-key-choose-standing")
    assert page.locator(".lt-table tbody tr").count() == 4
    menu(page, words["review"])
    titles = page.locator(".lt-agenda h2").all_inner_texts()
    said = [re.sub(r"[\d\n ,]+", " ", title).strip() for title in titles]
    assert said[:5] == words["agenda"]
