"""The pages that answer: compared with what, is it real, which rows, who has not reported."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from exhaustive import part
from page_kit import figures, html, opened, text
from streamlit.testing.v1 import AppTest

from lingti import entries
from lingti.district import journal
from lingti.district.journal import Decision, Note

ROWS = {"metric": "volunteer_hours", "place": "guqiao", "of": "2024-06"}
# Page, address, what it says in Chinese and in English.
PAGES = [
    ("rows", ROWS, "与指标数值一致：656小时", "equals the number: 656 h"),
    ("definitions", {"find": "points_balance"}, "积分余额", "Points outstanding"),
    (
        "reporting",
        {},
        "南风花园和京杭佳苑尚有缺报",
        "Something is missing from Nanfeng and Jinghang",
    ),
    ("findings", {}, "按规则", "By rule"),
    ("targets", {"period": "2024-09"}, "落后于进度：", "Behind: "),
    ("verdicts", {"metric": "placements"}, "变差", "getting worse"),
    ("compared", {"period": "2024-11"}, "比较区间", "Compared: 1 Nov 2024 to 30 Nov 2024"),
    (
        "explore",
        {"by": "category", "grain": "range", "picture": "table"},
        "志愿服务时长",
        "Volunteer",
    ),
    ("decisions", {"period": "2024-12"}, "逾期", "overdue"),
    ("annotations", {}, "母亲节插花活动", "What happened"),
    ("review", {"week": "2024-W52"}, "超期未办结诉求", "Concerns over their limit"),
]


@pytest.fixture
def own_home(sample_home: Path, tmp_path: Path) -> Path:
    """A copy of the sample in which a test may enter something."""
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


@pytest.mark.parametrize(("name", "address", "zh", "en"), PAGES, ids=[page[0] for page in PAGES])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_answers_in_both_languages(
    monkeypatch: pytest.MonkeyPatch,
    sample_home: Path,
    name: str,
    address: dict[str, str],
    zh: str,
    en: str,
    lang: str,
) -> None:
    page = opened(monkeypatch, sample_home, name, lang=lang, **address)
    assert not page.exception
    assert (zh if lang == "zh" else en) in text(page)


@pytest.mark.parametrize(
    "address",
    [
        {},
        {"metric": "nonsense", "place": "guqiao", "of": "2024-06"},
        {"metric": "volunteer_hours", "place": "guqiao", "of": "June"},
        {"metric": "volunteer_hours", "place": "guqiao", "of": "2024-06-01/"},
        {"metric": "volunteer_hours", "place": "guqiao", "of": "2031-01"},
        {"metric": "volunteer_hours", "place": "guqiao", "of": "2024-06", "by": "hours"},
    ],
)
def test_an_address_that_names_no_number_is_told_so_kindly(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, address: dict[str, str]
) -> None:
    page = opened(monkeypatch, sample_home, "rows", **address)
    assert not page.exception
    assert "请从卡片、图形或表格中打开" in text(page)


def test_rows_name_their_file_and_show_no_whole_pseudonym(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    said = text(opened(monkeypatch, sample_home, "rows", **ROWS))
    assert "志愿服务时长登记表（2024年6月至9月）.xlsx" in said
    assert "第1–50行，共311行" in said
    second = text(opened(monkeypatch, sample_home, "rows", **ROWS, leaf="2"))
    assert "第51–100行，共311行" in second


@pytest.mark.parametrize(
    ("grain", "by", "picture"),
    part(
        product(["week", "range"], ["", "category"], ["line", "bar", "multiples", "heat", "table"]),
        8,
    ),
)
def test_whatever_is_explored_every_number_of_it_names_its_rows(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, grain: str, by: str, picture: str
) -> None:
    address = {"grain": grain, "by": by, "picture": picture, "from": "2024-05-01"}
    page = opened(monkeypatch, sample_home, "explore", **address)
    assert not page.exception
    named = [
        one
        for figure in figures(page)
        for trace in figure["data"]
        for one in trace["meta"]["rows"]
        if one
    ]
    links = re.findall(r'class="lt-rows" href="\./rows\?([^"]*)"', html(page))
    assert len(named) + len(links) >= 4
    wanted = {"metric", "place", "of"} | ({"by", "member"} if by else set())
    assert all(wanted <= {name for name, value in one.items() if value} for one in named)
    assert all(wanted <= set(parse_qs(unescape(link))) for link in links)


def test_a_cell_of_the_reporting_table_opens_what_was_sent(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    address = {"sent": "guqiao/service", "month": "2024-06"}
    said = text(opened(monkeypatch, sample_home, "reporting", **address))
    assert "古桥 · 志愿服务（志愿服务时长登记表） · 2024年6月" in said
    assert "应报日期：2024年7月5日" in said
    assert said.count("志愿服务时长登记表（2024年") == 2  # June was sent twice
    assert "示例数据 · 2024年7月" in said


def press(page: AppTest, label: str) -> AppTest:
    (button,) = [one for one in page.button if one.label == label]
    return button.click().run()


def test_a_target_set_on_the_page_counts_at_once_and_has_a_history(
    monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    page = opened(monkeypatch, own_home, "targets", period="2024-09")
    page.selectbox(key="target-place").set_value("binhu")
    page.selectbox(key="target-metric").set_value("concerns_resolved_in_time_share")
    page.number_input(key="target-value").set_value(80)
    press(page, "设定目标")
    (change,) = entries.history(own_home, journal.TARGET)
    assert (change.key, change.value) == ("binhu/concerns_resolved_in_time_share/2024", 0.8)
    page = opened(monkeypatch, own_home, "targets", period="2024-09")
    assert "20项目标中" in text(page)
    page.selectbox(key="target-place").set_value("nanfeng")
    page.selectbox(key="target-metric").set_value("volunteer_hours")
    press(page, "撤销目标")  # one of district.toml
    assert "19项目标中" in text(opened(monkeypatch, own_home, "targets", period="2024-09"))


def test_what_happened_is_pinned_and_taken_back(
    monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    journal.add_note(own_home, Note("guqiao", date(2024, 7, 20), "暴雨停办", ""), "tester")
    page = opened(monkeypatch, own_home, "volunteering", period="2024-09")
    assert "暴雨停办" in text(page)
    page = opened(monkeypatch, own_home, "annotations")
    page.selectbox(key="note-which").set_value(
        next(one.key for one in journal.notes(own_home) if one.text == "暴雨停办")
    )
    press(page, "撤回")
    assert "暴雨停办" not in text(opened(monkeypatch, own_home, "annotations"))


def test_a_decision_is_entered_linked_and_drawn_on_its_chart(
    monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    page = opened(monkeypatch, own_home, "decisions", period="2024-12")
    page.selectbox(key="decision-place").set_value("jinghang")
    page.date_input(key="decision-day").set_value(date(2024, 12, 20))
    page.text_input(key="decision-words").set_value("增加夜间班次")
    page.selectbox(key="decision-metric").set_value("volunteer_hours")
    press(page, "保存")
    (key,) = entries.current(own_home, journal.DECISION)
    (entered,) = [one for one in journal.decisions(own_home, []) if one.key == key]
    assert (entered.community, entered.decision) == ("jinghang", "增加夜间班次")
    shown = text(opened(monkeypatch, own_home, "verdicts", metric="volunteer_hours"))
    assert "决定：增加夜间班次" in shown


def test_limits_are_rebased_only_with_a_reason(
    monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    page = opened(monkeypatch, own_home, "verdicts", metric="volunteer_hours")
    page.radio[0].set_value("rebase")
    page = press(page, "应用")
    assert [error.value for error in page.error] == [
        "请写明变化原因，否则日后无法理解为何重设基线。"
    ]
    assert entries.history(own_home, journal.BASELINE) == []
    page.text_input[0].set_value("新站点启用")
    press(page, "应用")
    assert "新站点启用" in text(opened(monkeypatch, own_home, "verdicts", metric="volunteer_hours"))


def test_a_decision_stands_as_of_a_day() -> None:
    one = Decision("a", date(2024, 6, 1), "", "x", "", date(2024, 6, 10), date(2024, 6, 12))
    days = [date(2024, 6, 1), date(2024, 6, 5), date(2024, 6, 11), date(2024, 6, 12)]
    assert [one.standing(day) for day in days] == ["open", "due_soon", "overdue", "done_late"]
    assert replace(one, done_on=date(2024, 6, 10)).standing(days[-1]) == "done"
