"""The projector, run as Streamlit runs it: which slides, in what order, and published values only.

What the browser does with them is in `tests/browser/test_present.py`.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import Ask
from page_kit import figures, html, in_figure, opened, options, text
from streamlit.testing.v1 import AppTest

from lingti import entries
from lingti.access.roles import Person
from lingti.report import gather, slides
from lingti.ui.window import session

SHORT = "title,metric-redemptions,overview"


@pytest.fixture
def home(tmp_path: Path, sample_home: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


def shown(page: AppTest) -> list[str]:
    """The ids of the slides on the stage, in order."""
    assert not page.exception
    return re.findall(r'data-slide="([^"]*)"', html(page))


def press(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def test_it_shows_the_district_s_deck(monkeypatch: pytest.MonkeyPatch, sample_home: Path) -> None:
    page = opened(monkeypatch, sample_home, "present", period="2024-11")
    ids = shown(page)
    assert ids[:5] == ["title", "changes", "decisions", "concerns", "not-reported"]
    assert ids[ids.index("overview") + 1] == "metric-volunteer_hours"
    assert len(figures(page)) == sum(one.startswith("metric-") for one in ids)
    files = slides(gather(sample_home, "2024-11", published=True), None)
    assert ids == [one.id for one in files]
    assert "志愿服务队队长" not in text(page)  # whose a decision is, readers are not told
    assert "2024年11月" in text(page)


def test_the_link_gives_the_slides_and_their_order(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "present", slides=SHORT)
    assert shown(page) == SHORT.split(",")
    assert f"slides={SHORT}" in page.code[0].value
    page = opened(monkeypatch, sample_home, "present", slides="metric-nonsense,overview,overview")
    assert shown(page) == ["overview"]


def test_slides_are_moved_left_out_and_added(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "present", slides=SHORT)
    assert shown(press(page, "lt-deck-up-2")) == ["title", "overview", "metric-redemptions"]
    assert shown(press(page, "lt-deck-drop-0")) == ["overview", "metric-redemptions"]
    page.selectbox(key="lt-deck-add").select("metric-placements").run()
    assert shown(page) == ["overview", "metric-redemptions", "metric-placements"]
    assert page.query_params["slides"] == "overview,metric-redemptions,metric-placements"


def test_a_deck_is_remembered_for_its_place_until_it_is_taken_back(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    page = opened(monkeypatch, home, "present", slides=SHORT, community="guqiao")
    press(page, "lt-deck-keep")
    assert "slides" not in page.query_params
    assert entries.current(home, "deck") == {"guqiao": {"slides": SHORT.split(",")}}
    assert shown(opened(monkeypatch, home, "present", community="guqiao")) == SHORT.split(",")
    assert shown(opened(monkeypatch, home, "present"))[:2] == ["title", "targets"]
    page = press(opened(monkeypatch, home, "present", community="guqiao"), "lt-deck-usual")
    assert entries.current(home, "deck") == {}
    assert shown(page) != SHORT.split(",")


def test_who_may_only_look_arranges_for_themselves(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    viewer = Person("https://id.example", "v", "看", "viewer")
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: viewer)
    page = opened(monkeypatch, sample_home, "present", slides=SHORT)
    assert shown(press(page, "lt-deck-drop-0")) == SHORT.split(",")[1:]
    assert "lt-deck-keep" not in [one.key for one in page.button]
    assert shown(press(page, "lt-deck-usual"))[:2] == ["title", "targets"]


@pytest.mark.parametrize("place", ["", "jinghang", "guqiao"])
@pytest.mark.parametrize("period", ["2024-11", "2024-Q3", "2024"])
def test_only_published_values_are_shown(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, ask: Ask, place: str, period: str
) -> None:
    slides = "metric-placements,metric-redemptions,metric-active_volunteers"
    page = opened(
        monkeypatch, sample_home, "present", period=period, community=place, slides=slides
    )
    numbers = [one for figure in figures(page) for one in in_figure(figure["data"], "total")]
    published = {
        (metric, row["community"], row["period"]): row["value"]
        for metric in {one.metric for one in numbers}
        for row in ask(metric, "--published")
    } | {
        (metric, row["community"], row["period"]): row["value"]
        for metric in {one.metric for one in numbers}
        for row in ask(metric, "--published", "--grain", "quarter")
    }
    assert numbers
    for one in numbers:
        assert published[one.metric, one.place, one.period] == one.value


def test_no_pseudonym_no_row_and_no_exact_count_is_in_the_page(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "present", period="2024-11", lang="en")
    stage = html(page).partition("lt-s-head")[2]
    assert "rows of" not in text(page)  # how rows add up to a number is for speakers
    assert not re.search(r"\b[0-9a-f]{8,}\b", text(page).partition("How fresh")[2])
    assert "./rows?" not in stage


def test_weeks_are_not_published_and_not_offered(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "present", period="2024-W40")
    offered = [one.words for one in options(page, "grain").values()]
    assert offered == ["月", "季", "年"]
    assert "2024年12月" in text(page)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_theme_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, theme: str, lang: str
) -> None:
    page = opened(monkeypatch, sample_home, "present", theme=theme, lang=lang)
    assert shown(page)
    papers = {"light": "#FFFFFF", "dark": "#182126", "contrast": "#000000"}
    assert f"--s-paper:{papers[theme]};" in html(page)
