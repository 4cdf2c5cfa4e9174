"""An official's ten questions, answered by clicking only, each from the home page on.

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
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.conftest import Open, drawn, unfolded

WORDS: dict[str, dict[str, Any]] = {
    "zh": {
        "volunteering": "志愿服务",
        "redemptions": "积分与兑换",
        "jobs": "就业与技能",
        "back": "返回",
        "equals": "与指标数值一致：656小时",
        "definition": "查看口径",
        "counts": "期内服务台账登记的志愿服务小时数之和",
        "real": "变化判断",
        "placements": "就业安置人次",
        "worse": "变差",
        "compared": "同比环比",
        "times": "倍",
        "targets": "目标与进度",
        "nanfeng": "南风花园",
        "missed": "未达到",
        "reporting": "报送情况",
        "message": "京杭佳苑社区：请补报以下数据（截至2025年2月4日）。\n"
        "– 志愿服务（志愿服务导出）：2024年11月（缺11月19日–11月30日），"
        "最早应于2025年1月5日前报送，已逾期30天",
        "sent": "志愿服务导出_2024年11月1日-2024年11月18日.csv",
        "findings": "数据问题",
        "advice": "处理办法",
        "decisions": "决定事项",
        "overdue": "逾期",
        "review": "周会审",
        "agenda": ["逾期未完成", "本周到期", "新出现的信号", "新发现的数据问题", "未报送情况"],
        "june": "2024年6月",
        "importer": "示例数据",
    },
    "en": {
        "volunteering": "Volunteering",
        "redemptions": "Points and redemptions",
        "jobs": "Jobs and skills",
        "back": "Back to",
        "equals": "equals the number: 656 h",
        "definition": "How it is defined",
        "counts": "Sum of the hours in the service log",
        "real": "Changes judged",
        "placements": "Job placements",
        "worse": "getting worse",
        "compared": "Then and now",
        "times": "times",
        "targets": "Targets and pace",
        "nanfeng": "Nanfeng",
        "missed": "missed",
        "reporting": "Reporting",
        "message": "– Volunteer service: Nov 2024 (19 Nov–30 Nov missing)",
        "sent": "志愿服务导出_2024年11月1日-2024年11月18日.csv",
        "findings": "Findings",
        "advice": "What to do",
        "decisions": "Decisions",
        "overdue": "overdue",
        "review": "Weekly review",
        "agenda": ["Overdue", "Due this week", "New signals", "New findings", "Not reported"],
        "june": "Jun 2024",
        "importer": "sample data",
    },
}
Desk = tuple[Page, dict[str, Any]]


@pytest.fixture(scope="module", params=["zh", "en"])
def window(
    request: pytest.FixtureRequest, sample_server: str, opened_once: Open
) -> tuple[Page, str, str]:
    """A window whose locale is that of a reader of the language, its address, and the language."""
    locale = "zh-CN" if request.param == "zh" else "en-GB"
    return opened_once(sample_server, locale=locale), sample_server, request.param


@pytest.fixture
def desk(window: tuple[Page, str, str]) -> Desk:
    """The home page as it opens, and the words of its language."""
    page, address, lang = window
    page.goto(address)
    drawn(page)
    return page, WORDS[lang]


def menu(page: Page, title: str) -> None:
    unfolded(page)
    page.click(f".lt-menu >> text='{title}'")
    page.wait_for_function(
        "title => document.querySelector('.lt-head h1')?.textContent === title", arg=title
    )
    drawn(page)


def press(page: Page, text: str, within: str = ".stMain") -> None:
    page.locator(within).get_by_text(text).first.click()
    drawn(page)


def choose_june(page: Page, june: str) -> None:
    page.select_option("[data-choice=period] select", label=june)
    drawn(page)


def guqiao_hours(page: Page) -> None:
    """The cell of Guqiao in the table of the volunteering page."""
    cell = page.locator("a.lt-rows[href*='metric=volunteer_hours'][href*='place=guqiao']").first
    cell.scroll_into_view_if_needed()
    cell.click()
    page.wait_for_selector(".lt-adds")
    drawn(page)


def test_1_to_3_a_number_its_rows_its_definition_and_back(desk: Desk) -> None:
    page, words = desk
    menu(page, words["volunteering"])
    choose_june(page, words["june"])
    guqiao_hours(page)
    assert words["equals"] in page.inner_text(".lt-adds")
    rows = page.inner_text(".lt-table tbody")
    assert "志愿服务时长登记表（2024年6月至9月）.xlsx" in rows
    assert words["importer"] in rows
    press(page, words["definition"])
    assert words["counts"] in page.inner_text(".lt-glossary")
    page.go_back()
    page.wait_for_selector(".lt-adds")
    drawn(page)
    press(page, words["back"])
    assert words["volunteering"] == page.inner_text(".lt-head h1")
    assert "period=2024-06" in page.url


def test_1_a_part_a_point_and_a_bar_open_their_rows_with_one_click(desk: Desk) -> None:
    page, words = desk
    for title, mark in (
        ("volunteering", ".lt-part a.lt-rows"),
        ("volunteering", ".lt-multiple .scatterlayer .trace:last-child .point"),
        ("redemptions", ".barlayer .point path"),
    ):
        menu(page, words[title])
        page.locator(mark).first.scroll_into_view_if_needed()
        box = page.locator(mark).first.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_selector(".lt-adds", timeout=20_000)
        drawn(page)
        assert "✓" in page.inner_text(".lt-adds")
        press(page, words["back"])


def test_4_is_the_fall_in_placements_real(desk: Desk) -> None:
    page, words = desk
    menu(page, words["real"])
    press(page, words["placements"], ".lt-table")
    verdicts = page.inner_text(".stMain")
    assert words["worse"] in verdicts
    assert page.locator(".js-plotly-plot").count() >= 3


def test_5_is_it_high_for_its_size(desk: Desk) -> None:
    page, words = desk
    menu(page, words["compared"])
    binhu = page.inner_text(".lt-table tbody tr:nth-child(4)")
    assert re.search(rf"\d\.\d\d ?{words['times']}", binhu)


def test_6_will_the_targets_be_met(desk: Desk) -> None:
    page, words = desk
    menu(page, words["targets"])
    rows = page.locator(".lt-table tbody tr").all_inner_texts()
    mine = [row for row in rows if row.startswith(words["nanfeng"])]
    assert len(mine) == 4
    assert any(words["missed"] in row for row in mine)


def test_7_who_has_not_reported_and_what_to_write(desk: Desk) -> None:
    page, words = desk
    menu(page, words["reporting"])
    assert page.locator("td.lt-heat-missing, td.lt-heat-partial").count() == 2
    page.wait_for_selector(".stCode code")
    assert words["message"] in "\n".join(page.locator(".stCode code").all_inner_texts())
    page.locator("td.lt-heat-partial a").click()
    page.wait_for_selector("#lt-behind", state="attached")
    drawn(page)
    assert words["sent"] in page.inner_text(".stMain")


def test_8_which_rows_break_a_rule(desk: Desk) -> None:
    page, words = desk
    menu(page, words["findings"])
    page.locator("[data-testid=stExpander] summary").first.click()
    page.wait_for_timeout(500)
    said = page.locator("[data-testid=stExpander]").first.inner_text()
    assert words["advice"] in said
    assert re.search(r"\.(xlsx|xls|csv)", said)


def test_9_and_10_what_is_overdue_and_what_the_meeting_has_to_settle(desk: Desk) -> None:
    page, words = desk
    menu(page, words["decisions"])
    press(page, words["overdue"], ".st-key-choose-standing")
    assert page.locator(".lt-table tbody tr").count() == 4
    menu(page, words["review"])
    titles = page.locator(".lt-agenda h2").all_inner_texts()
    said = [re.sub(r"[\d\n ,]+", " ", title).strip() for title in titles]
    assert said[:5] == words["agenda"]
