"""A number is asked about, answered and closed on pages, and others learn nothing of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from edition_kit import TODAY, edition_home
from page_kit import html, seen_by, text
from streamlit.testing.v1 import AppTest

from lingti.access.roles import Person
from lingti.district import follow_ups

ISSUER = "https://id.example"
SECRETARY = Person(ISSUER, "s", "书记", "secretary", ("a",))
OTHER = Person(ISSUER, "t", "别的书记", "secretary", ("b",))
OFFICIAL = Person(ISSUER, "o", "官", "official")
VIEWER = Person(ISSUER, "v", "看", "viewer")
NUMBER = {"metric": "volunteer_hours", "place": "a", "of": "2024-02"}
QUESTION, ANSWER = "为何比上月少一半？", "停电一周"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once; tests that ask copy it."""
    return edition_home(tmp_path_factory.mktemp("follow-up") / "home")


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "home"))


@pytest.fixture(scope="module")
def asked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a question that is answered; tests only read it."""
    home = Path(shutil.copytree(built, tmp_path_factory.mktemp("asked") / "home"))
    about = follow_ups.About("volunteer_hours", "a", "2024-02")
    follow_ups.ask(home, about, "secretary", QUESTION, OFFICIAL, TODAY)
    (question,) = follow_ups.follow_ups(home)
    follow_ups.take(home, question, "answer", ANSWER, SECRETARY, TODAY)
    return home


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTI_TODAY", TODAY.isoformat())


def press(page: AppTest, label: str) -> AppTest:
    (button,) = [one for one in page.button if one.label == label]
    button.click()
    page.run()
    assert not page.exception, [one.value for one in page.exception]
    return page


def key(home: Path) -> str:
    (one,) = follow_ups.follow_ups(home)
    return one.key


def test_a_number_is_asked_about_from_its_rows_answered_and_closed(
    monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    rows = seen_by(monkeypatch, home, OFFICIAL, "rows", **NUMBER)
    assert "./follow_up?metric=volunteer_hours&amp;place=a&amp;of=2024-02&amp;batch=" in html(rows)
    page = seen_by(monkeypatch, home, OFFICIAL, "follow_up", **NUMBER)
    assert "现为： 4小时" in " ".join(text(page).split())
    assert page.selectbox(key="follow-up-to").options == ["社区书记", "区级管理人员"]
    page.text_input(key="follow-up-text").input(QUESTION)
    press(page, "提问")
    assert QUESTION in text(page)

    community = seen_by(monkeypatch, home, SECRETARY, "community", community="a", period="2024-02")
    assert f"待答复：{QUESTION}" in text(community)
    page = seen_by(monkeypatch, home, SECRETARY, "follow_up", which=key(home))
    page.text_input(key="follow-up-answer").input(ANSWER)
    press(page, "答复")
    community = seen_by(monkeypatch, home, SECRETARY, "community", community="a", period="2024-02")
    assert QUESTION not in text(community)

    review = seen_by(monkeypatch, home, OFFICIAL, "review")
    assert "数据追问" in text(review)
    assert QUESTION in text(review)
    assert ANSWER in text(review)
    before = seen_by(monkeypatch, home, OFFICIAL, "review", week="2024-W05")
    assert QUESTION not in text(before)  # it was not asked then
    page = seen_by(monkeypatch, home, OFFICIAL, "follow_up", which=key(home))
    assert ANSWER in text(page)
    press(page, "关闭")
    (one,) = follow_ups.follow_ups(home)
    assert [step.act for step in one.steps] == ["ask", "answer", "close"]


@pytest.mark.parametrize("person", [VIEWER, OTHER], ids=lambda one: one.name)
@pytest.mark.parametrize("name", ["follow_up", "review", "community", "rows", "findings"])
def test_others_are_told_nothing_and_may_ask_nothing(
    monkeypatch: pytest.MonkeyPatch, asked: Path, person: Person, name: str
) -> None:
    at = {**NUMBER, "which": key(asked), "community": "a"}
    page = seen_by(monkeypatch, asked, person, name, **at)
    told = html(page)
    assert QUESTION not in told
    assert ANSWER not in told
    assert "batch=" not in told
    assert not [one for one in page.text_input if str(one.key).startswith("follow-up")]
    if name == "follow_up":
        assert "4小时" not in told


def test_a_row_is_asked_about_where_it_stands(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    row = {"batch": "2", "file": "1", "sheet": "", "row": "3"}
    page = seen_by(monkeypatch, home, SECRETARY, "follow_up", **NUMBER, **row)
    assert "时长.csv · 第3行" in text(page)
    page.selectbox(key="follow-up-to").select("official")
    page.text_input(key="follow-up-text").input("这一行算几月？")
    press(page, "提问")
    newest = follow_ups.follow_ups(home)[0]
    assert (newest.about.batch, newest.about.row, newest.to) == (2, 3, "official")


def test_a_row_of_another_community_is_none(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    row = {"batch": "4", "file": "1", "row": "3"}
    page = seen_by(monkeypatch, home, SECRETARY, "follow_up", **NUMBER, **row)
    assert "第3行" not in text(page).partition("对这个数的追问")[0]


def test_an_address_that_names_no_number_shows_the_list(
    monkeypatch: pytest.MonkeyPatch, asked: Path
) -> None:
    for at in ({}, {"metric": "none", "of": "2024-02"}, {"metric": "volunteer_hours", "of": "x"}):
        page = seen_by(monkeypatch, asked, OFFICIAL, "follow_up", **at)
        assert not page.get("form_submit_button")
        assert QUESTION in text(page)
