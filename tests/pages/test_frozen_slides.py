"""The projector shows the slides of an edition as they were, whatever is imported meanwhile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from edition_kit import TODAY, accepted, bring, edition_home, finalised
from page_kit import figures, html, opened, text
from streamlit.testing.v1 import AppTest
from templates import copied

from lingti import entries, warehouse
from lingti.access.roles import Person
from lingti.report import gather, slides
from lingti.report.slides import kept_slides
from lingti.ui.window import session

ASKED = {"period": "2024-02", "edition": "2024-02/1"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """February is final, of thirty persons in each community; then it was corrected."""
    monkeypatch.setenv("LINGTI_TODAY", TODAY.isoformat())
    return copied(tmp_path / "home", _of_a_final_february)


def _of_a_final_february(home: Path) -> None:
    edition_home(home)
    for place in "ab":
        bring(home, place, "2024-02", [2] * 30)
    accepted(home, "2024-02")
    remembered = {"slides": ["title", "metric-active_volunteers", "metric-volunteer_hours"]}
    entries.add(home, "deck", "district", remembered, "official")
    finalised(home, "2024-02", formats=("html",))


def stage(page: AppTest) -> tuple[list[str], str, list[dict[str, object]]]:
    assert not page.exception, [one.value for one in page.exception]
    on_stage = html(page).partition("lt-s-head")[2]
    return re.findall(r'data-slide="([^"]*)"', html(page)), on_stage, figures(page)


def test_slides_of_an_edition_stay_and_those_of_now_go_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = stage(opened(monkeypatch, home, "present", **ASKED))
    assert before[0] == ["title", "metric-active_volunteers", "metric-volunteer_hours"]
    assert "2024-02/1版定稿" in before[1]
    live = stage(opened(monkeypatch, home, "present", period="2024-02"))
    assert [one["data"] for one in live[2]] == [one["data"] for one in before[2]]

    bring(home, "a", "2024-02", [2] * 50)
    warehouse.publish_anew(home)
    page = opened(monkeypatch, home, "present", **ASKED)
    assert stage(page) == before
    assert "edition=2024-02%2F1" in page.code[0].value
    now = stage(opened(monkeypatch, home, "present", period="2024-02"))
    assert now[2] != before[2]
    assert "未定稿" in now[1]
    short = opened(monkeypatch, home, "present", **ASKED, slides="metric-volunteer_hours")
    assert stage(short)[0] == ["metric-volunteer_hours"]


def test_it_is_said_where_an_edition_has_no_such_slides(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(monkeypatch, home, "present", period="2024-02", edition="2024-02/7")
    assert not page.exception
    assert [one.value for one in page.warning] == [
        "2024-02/7版没有这一期的幻灯片，以下为当前数据。"
    ]
    assert not opened(monkeypatch, home, "present", **ASKED).warning


def test_where_few_made_a_difference_since_nothing_of_it_is_shown(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for people in (50, 33):
        bring(home, "a", "2024-02", [2] * people)
        warehouse.publish_anew(home)
    viewer = Person("https://id.example", "v", "看", "viewer")
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: viewer)
    page = opened(monkeypatch, home, "present", **ASKED)
    assert not page.exception
    assert not figures(page)
    assert "1到4人" in text(page) or "1至4人" in text(page)


def test_what_is_kept_of_slides_is_all_that_they_say(sample_home: Path) -> None:
    material = gather(sample_home, "2024-06", published=True)
    made = slides(material, None)
    again = kept_slides.unpacked(kept_slides.packed(made), material.catalog.metrics)
    assert [one.id for one in again] == [one.id for one in made]
    for one, kept in zip(made, again, strict=True):
        assert (kept.title, kept.under, kept.source) == (one.title, one.under, one.source)
        assert kept.grid == one.grid
        cells = [cell for row in (one.grid.rows if one.grid else ()) for cell in row]
        same = [cell for row in (kept.grid.rows if kept.grid else ()) for cell in row]
        assert [vars_of(cell) for cell in same] == [vars_of(cell) for cell in cells]
        assert (kept.picture is None) == (one.picture is None)
        if one.picture is not None and kept.picture is not None:
            drawn, shown = one.picture.frame, kept.picture.frame
            assert list(shown) == list(drawn)
            for column in drawn:
                assert (
                    shown[column].astype(object).where(shown[column].notna(), None).tolist()
                    == drawn[column].astype(object).where(drawn[column].notna(), None).tolist()
                )


def vars_of(cell: str) -> tuple[object, ...]:
    return (
        type(cell),
        str(cell),
        *(getattr(cell, name) for name in getattr(cell, "__slots__", ())),
    )
