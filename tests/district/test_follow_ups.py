"""Questions on numbers: who may ask, answer and close them, and what stays of each step."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lingti import entries
from lingti.access.roles import Person
from lingti.catalog import DISTRICT
from lingti.district import follow_ups
from lingti.district.follow_ups import About, FollowUp, NotAllowedError

ISSUER = "https://id.example"
OFFICIAL = Person(ISSUER, "o", "官", "official")
SECRETARY = Person(ISSUER, "s", "书记", "secretary", ("a",))
OTHER = Person(ISSUER, "t", "别的书记", "secretary", ("b",))
STREET = Person(ISSUER, "j", "街道", "subdistrict", ("a",), "许庄街道")
VIEWER = Person(ISSUER, "v", "看", "viewer")
LOCAL = Person("local", "", "me", "official")
HOURS = About("volunteer_hours", "a", "2024-06")
DAY, NEXT = date(2024, 7, 3), date(2024, 7, 9)


def ask(home: Path, person: Person = OFFICIAL, about: About = HOURS, to: str = "secretary") -> str:
    return follow_ups.ask(home, about, to, "为何比上月少一半？", person, DAY)


def only(home: Path) -> FollowUp:
    (one,) = follow_ups.follow_ups(home)
    return one


def test_a_question_is_asked_answered_closed_and_asked_again(tmp_path: Path) -> None:
    ask(tmp_path)
    assert (only(tmp_path).status, only(tmp_path).text) == ("open", "为何比上月少一半？")
    follow_ups.take(tmp_path, only(tmp_path), "answer", "停电一周", SECRETARY, NEXT)
    assert (only(tmp_path).status, only(tmp_path).since) == ("answered", NEXT)
    follow_ups.take(tmp_path, only(tmp_path), "close", "", OFFICIAL, NEXT)
    assert only(tmp_path).status == "closed"
    follow_ups.take(tmp_path, only(tmp_path), "reopen", "哪一周？", OFFICIAL, NEXT)
    assert [(one.act, one.text, one.by, one.on) for one in only(tmp_path).steps] == [
        ("ask", "为何比上月少一半？", OFFICIAL.account, DAY),
        ("answer", "停电一周", SECRETARY.account, NEXT),
        ("close", "", OFFICIAL.account, NEXT),
        ("reopen", "哪一周？", OFFICIAL.account, NEXT),
    ]
    assert only(tmp_path).at_end_of(DAY) == FollowUp(
        only(tmp_path).key, HOURS, "secretary", only(tmp_path).steps[:1]
    )


def test_who_took_the_last_step_takes_it_back_and_the_entries_stay(tmp_path: Path) -> None:
    ask(tmp_path)
    follow_ups.take(tmp_path, only(tmp_path), "answer", "停电", SECRETARY, NEXT)
    with pytest.raises(NotAllowedError):
        follow_ups.take(tmp_path, only(tmp_path), "take_back", "", OFFICIAL, NEXT)
    follow_ups.take(tmp_path, only(tmp_path), "take_back", "", SECRETARY, NEXT)
    assert only(tmp_path).status == "open"
    follow_ups.take(tmp_path, only(tmp_path), "take_back", "", OFFICIAL, NEXT)
    assert follow_ups.follow_ups(tmp_path) == []
    assert len(entries.history(tmp_path, follow_ups.KIND)) == 4


@pytest.mark.parametrize(
    ("person", "about", "to", "may"),
    [
        (OFFICIAL, HOURS, "secretary", True),
        (OFFICIAL, About("volunteer_hours", DISTRICT, "2024-06"), "official", True),
        (OFFICIAL, About("volunteer_hours", DISTRICT, "2024-06"), "secretary", False),
        (OFFICIAL, HOURS, "viewer", False),
        (SECRETARY, HOURS, "official", True),
        (SECRETARY, About("volunteer_hours", "b", "2024-06"), "official", False),
        (SECRETARY, About("volunteer_hours", DISTRICT, "2024-06"), "official", False),
        (OFFICIAL, HOURS, "subdistrict", True),
        (STREET, HOURS, "secretary", True),
        (STREET, About("volunteer_hours", "b", "2024-06"), "secretary", False),
        (OTHER, HOURS, "secretary", False),
        (VIEWER, HOURS, "secretary", False),
        (LOCAL, HOURS, "secretary", True),
    ],
)
def test_who_may_ask_whom(tmp_path: Path, person: Person, about: About, to: str, may: bool) -> None:
    if may:
        ask(tmp_path, person, about, to)
        return
    with pytest.raises(NotAllowedError):
        ask(tmp_path, person, about, to)
    assert follow_ups.follow_ups(tmp_path) == []


def test_each_role_is_offered_its_steps_and_others_see_nothing(tmp_path: Path) -> None:
    ask(tmp_path)
    one = only(tmp_path)
    assert follow_ups.acts(OFFICIAL, one) == ["answer", "close", "take_back"]
    assert follow_ups.acts(SECRETARY, one) == ["answer"]
    assert follow_ups.acts(LOCAL, one) == ["answer", "close"]
    for person in (OTHER, VIEWER):
        assert follow_ups.acts(person, one) == []
        assert follow_ups.seen_by(person, [one]) == []
    assert follow_ups.seen_by(SECRETARY, [one]) == [one]


def test_who_asks_officials_cannot_answer_for_them(tmp_path: Path) -> None:
    ask(tmp_path, SECRETARY, to="official")
    assert follow_ups.acts(SECRETARY, only(tmp_path)) == ["close", "take_back"]


def test_names_and_numbers_of_persons_are_masked_in_what_is_typed(tmp_path: Path) -> None:
    text = "联系人：王建国 13800138000，为何两次？"
    key = follow_ups.ask(tmp_path, HOURS, "secretary", text, OFFICIAL, DAY)
    follow_ups.take(tmp_path, only(tmp_path), "answer", "问13900139000", SECRETARY, NEXT)
    kept = " ".join(path.read_text("utf-8") for path in (tmp_path / "entries").iterdir())
    assert key in kept
    assert all(secret not in kept for secret in ("王建国", "13800138000", "13900139000"))
    assert "为何两次？" in kept


def test_an_empty_question_or_answer_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError):
        follow_ups.ask(tmp_path, HOURS, "secretary", "  ", OFFICIAL, DAY)
    ask(tmp_path)
    with pytest.raises(NotAllowedError):
        follow_ups.take(tmp_path, only(tmp_path), "answer", " ", SECRETARY, NEXT)


def test_the_second_of_two_at_once_is_told(tmp_path: Path) -> None:
    ask(tmp_path)
    seen = only(tmp_path)
    follow_ups.take(tmp_path, seen, "close", "", OFFICIAL, NEXT)
    with pytest.raises(NotAllowedError):
        follow_ups.take(tmp_path, seen, "answer", "停电", SECRETARY, NEXT)


def test_a_subdistrict_answers_what_it_is_asked_of_its_communities(tmp_path: Path) -> None:
    ask(tmp_path, to="subdistrict")
    assert follow_ups.acts(STREET, only(tmp_path)) == ["answer"]
    assert follow_ups.acts(SECRETARY, only(tmp_path)) == []
    assert follow_ups.seen_by(STREET, follow_ups.follow_ups(tmp_path)) != []


def test_an_answer_whose_question_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    ask(tmp_path)
    follow_ups.take(tmp_path, only(tmp_path), "answer", "停电", SECRETARY, NEXT)
    first = min((tmp_path / "entries").iterdir())
    first.unlink()
    first.with_name("n000000001-follow_up-0123456789abcdef.json").write_text("{", "utf-8")
    assert follow_ups.follow_ups(tmp_path) == []
