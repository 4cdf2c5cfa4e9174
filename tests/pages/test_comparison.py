"""The comparison pages, run as Streamlit runs them, on the sample district."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from exhaustive import part
from page_kit import (
    PAGES,
    Ask,
    Truth,
    choose,
    chosen,
    figures,
    html,
    in_figure,
    in_html,
    opened,
    options,
    text,
)
from streamlit.testing.v1 import AppTest

from lingti import catalog

VIEWS = [
    {"period": "2024-09"},
    {"period": "2024-Q2", "per": "residents", "lang": "en"},
    {"period": "2024", "per": "households"},
    {"period": "programme", "in": "guqiao"},
    {"period": "2024-Q1", "in": "nanfeng"},
]


@pytest.fixture(scope="module")
def truth(ask: Ask, sample_home: Path) -> Truth:
    return Truth(ask, sample_home)


@pytest.mark.parametrize(
    ("name", "view"),
    part(product(PAGES, VIEWS), 10),
    ids=lambda one: "-".join(one.values()) if isinstance(one, dict) else one,
)
def test_every_number_is_that_of_the_command(
    monkeypatch: pytest.MonkeyPatch,
    sample_home: Path,
    truth: Truth,
    name: str,
    view: dict[str, str],
) -> None:
    page = opened(monkeypatch, sample_home, name, **view)
    assert not page.exception
    per = "residents" if name == "community" else view.get("per", "total")
    shown = in_html(html(page))
    for figure in figures(page):
        shown += in_figure(figure["data"], per)
    assert len(shown) >= 8
    assert truth.differing(shown) == []


@pytest.mark.parametrize("name", part(PAGES, 2))
def test_every_choice_is_kept_in_the_address_and_drawn(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, name: str
) -> None:
    page = opened(monkeypatch, sample_home, name)
    for metric in offered(page, "show"):
        pick(page, "show", metric)
        for dimension in offered(page, "by"):
            pick(page, "by", dimension)


def offered(page: AppTest, name: str) -> list[str]:
    """The ids of what can be chosen; lists know their words only."""
    ids = {metric.title.zh: metric.name for metric in catalog.program().metrics.values()}
    listed = [ids[words] for one in lists(page, name) for words in one.options]
    return (listed or list(options(page, f"pick-{name}")))[:8]


def pick(page: AppTest, name: str, value: str) -> None:
    if found := lists(page, name):
        changed = found[0].value != value
        found[0].set_value(value)
        page.run()
        assert not page.exception
        assert not changed or page.query_params[name] in (value, [value])
        return
    choose(page, f"pick-{name}", value)
    assert chosen(page, f"pick-{name}") == [value]


def lists(page: AppTest, name: str) -> list[Any]:
    return [one for one in page.selectbox if one.key == f"pick-{name}"]


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, name: str
) -> None:
    page = opened(monkeypatch, sample_home, name, lang="en")
    alts = re.findall(r'role="figure"[^>]* aria-label="([^"]*)"', html(page))
    assert alts
    assert all(len(alt) > 40 for alt in alts)


def test_what_is_not_run_is_told_apart_from_zero_and_from_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    redemptions = text(opened(monkeypatch, sample_home, "redemptions", period="2024-06"))
    assert "南风花园和京杭佳苑未开展" in redemptions
    volunteering = opened(monkeypatch, sample_home, "volunteering", period="2024-09")
    assert 'lt-state lt-not_reported">未报送' in html(volunteering)
    assert "lt-partial-mark" in html(volunteering)
    assert "南风花园未报送" in text(volunteering)


def test_a_change_is_told_only_between_whole_periods(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    whole = opened(monkeypatch, sample_home, "volunteering", period="2024-05", lang="en")
    assert "more a day than in Apr" in text(whole)
    part = opened(monkeypatch, sample_home, "volunteering", period="2024-10", lang="en")
    assert "than in Sep" not in text(part)
    assert "Sep: 1,095" in text(part)


def test_a_quarter_in_which_the_programme_began_is_compared_with_nothing(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    second = text(opened(monkeypatch, sample_home, "jobs", period="2024-Q2", lang="en"))
    assert "than in Q1" not in second
    third = text(opened(monkeypatch, sample_home, "jobs", period="2024-Q3", lang="en"))
    assert "less than in Q2" in third


def test_the_sentences_say_what_is_to_be_seen(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    said = {
        "jobs": "residents placed in jobs 17 people (50% less a day than in Nov); certificates",
        "partnerships": "Under agreement with several communities: 东方才子 (Nanfeng and Binhu).",
        "redemptions": "For every 100 points earned",
        "concerns": "are left open",
    }
    for name, words in said.items():
        page = opened(monkeypatch, sample_home, name, lang="en", period="2024-12")
        sentence = html(page).partition('class="lt-sentence">')[2].partition("</p>")[0]
        assert words in sentence


def test_a_community_opens_with_what_it_owes_and_its_last_import(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "community", community="nanfeng")
    says = text(page)
    assert "志愿服务记录 2024年9月 未报送" in " ".join(says.split())
    assert says.index("尚待报送") < says.index("强圈优社") < says.index("最近一次导入")
    everything = opened(monkeypatch, sample_home, "community", community="guqiao")
    assert "应报数据均已报送" in text(everything)


def test_a_community_shows_every_metric_also_those_it_does_not_run(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    says = text(opened(monkeypatch, sample_home, "community", community="binhu"))
    for metric in catalog.program().metrics.values():
        assert metric.title.zh in says


def test_the_briefing_is_prepared_for_the_community_and_period(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "community", community="binhu", period="2024-06")
    page.button(key="go-reports").click().run()
    assert page.query_params["of"] in ("binhu", ["binhu"])
    assert page.query_params["period"] in ("2024-06", ["2024-06"])


def test_a_file_is_handed_out_once_it_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    view = {"period": "2024-06", "lang": "en"}
    sheets = {f"as-{one}": "files" for one in ("time", "places", "parts", "all")}
    page = opened(monkeypatch, sample_home, "volunteering", **view, **sheets)
    assert re.findall(r'class="lt-take" data-file="([^"]*)"', html(page)) == [
        f"volunteering-{table}.{ending}"
        for table in (
            "volunteer_hours-over-time",
            "volunteer_hours-2024-06",
            "volunteer_hours-category",
            "2024-06",
        )
        for ending in ("xlsx", "csv")
    ]
    assert not page.get("download_button")
    page.query_params["take"] = "volunteering-2024-06.csv~7"
    page.run()
    (button,) = page.get("download_button")
    assert (button.proto.label, button.proto.id.endswith("lt-take-7")) == ("Download csv", True)
    assert dict(page.query_params) == {**view, **sheets}
    assert not page.run().get("download_button")


def test_every_picture_can_be_had_as_a_table_of_the_same_numbers(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, truth: Truth
) -> None:
    sheets = ("time", "places", "parts", "flows", "all")
    page = opened(
        monkeypatch,
        sample_home,
        "concerns",
        period="2024-09",
        lang="en",
        **{f"as-{one}": "table" for one in sheets},
    )
    assert html(page).count("<table>") == len(sheets)
    assert not figures(page)
    assert truth.differing(in_html(html(page))) == []
    for words in ("Below the others", "Raised, resolved and left open", "All 15 metrics"):
        assert words.lower() in text(page).lower(), words


def test_what_is_told_of_a_metric_is_its_title(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "jobs", period="2024-12")
    says = " ".join(text(page).split())
    assert "就业安置人次 ：京杭佳苑持续偏低" in says
    # Of the period another number than of those who ordered in it.
    assert "其中结业：4。" in html(page)
    assert "2024年12月当期结业36人次，不论何时点单" in says
    # A grid of equal cells is a sentence.
    assert "6个小区各有6类服务，每类1次，共36次。" in says
    page = opened(monkeypatch, sample_home, "jobs", period="2024-12", show="days_to_dispatch")
    assert "点单到派单天数 ：" in " ".join(text(page).split())


def test_a_topic_says_what_its_change_is_made_of(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(monkeypatch, sample_home, "redemptions", period="2024-11")
    assert "较10月变化+22，其中滨湖 +20和古桥 +2。" in text(page)
