"""What is sent on: what is late, returned, overdue, worsening or revised; nothing of persons."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import run_lingti
from edition_kit import PEOPLE, accepted, bring, edition_home, finalised, step

from lingti import warehouse
from lingti.access.roles import Person
from lingti.district import follow_ups
from lingti.district.follow_ups import About
from lingti.editions.submissions import Remark


def test_the_digest_tells_what_is_late_returned_and_revised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINGTI_TODAY", "2024-03-06")
    home = edition_home(tmp_path / "home")
    for place in ("a", "b"):
        bring(home, place, "2024-01", [2] * 20)
    accepted(home)
    finalised(home)
    step(home, "submit", "b", "2024-02")
    step(home, "return", "b", "2024-02", Remark("为何少一半？"))
    bring(home, "a", "2024-01", [2] * 30)
    warehouse.publish_anew(home)
    bring(home, "a", "2024-02", [1] * 5)
    monkeypatch.setenv("LINGTI_TODAY", "2024-04-09")  # March was due on the 5th
    printed = run_lingti("digest", "--json", "--home", home)
    told = json.loads(printed)
    assert told["as_of"] == "2024-04-09"
    found = {(one["kind"], one["community"], one["metric"], one["period"], one["since"])
             for one in told["items"]}  # fmt: skip
    assert ("late", "a", None, "2024-03", "2024-04-06") in found
    assert {one for one in found if one[0] == "returned"} == {
        ("returned", "b", None, "2024-02", found_day(told))
    }
    (since,) = {one["since"] for one in told["items"] if one["kind"] == "revised"}
    assert date.fromisoformat(since)  # the day of the import, by the clock on the wall
    assert ("revised", "a", "active_volunteers", "2024-01", since) in found
    assert all(text not in printed for person in PEOPLE for text in person)
    assert "为何" not in printed


def found_day(told: dict[str, list[dict[str, str]]]) -> str:
    """The day of the return, which is that of the clock on the wall."""
    (one,) = [one for one in told["items"] if one["kind"] == "returned"]
    assert one["link"] == "/submission?month=2024-02&community=b"
    return one["since"]


def test_what_is_asked_is_told_without_its_text_and_withheld_numbers_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINGTI_TODAY", "2024-03-06")
    home = edition_home(tmp_path / "home")
    for place in ("a", "b"):
        bring(home, place, "2024-01", [2] * 20)
    warehouse.publish_anew(home)
    official = Person("https://id.example", "o", "官", "official")
    day = date(2024, 3, 6)
    for about in (
        About("volunteer_hours", "a", "2024-01"),
        About("volunteer_hours", "a", "2024-02"),  # of two persons
        About("volunteer_hours", "a", "2024-01", "category", "植树"),
        About("volunteer_hours", "a", "2024-01", batch=5, file=1, row=3),
    ):
        follow_ups.ask(home, about, "secretary", "测试甲为何两次？", official, day)
    answered = follow_ups.ask(
        home, About("volunteer_hours", "b", "2024-01"), "secretary", "为何？", official, day
    )
    (one,) = [each for each in follow_ups.follow_ups(home) if each.key == answered]
    follow_ups.take(home, one, "answer", "停电", official, day)
    printed = run_lingti("digest", "--json", "--home", home)
    asked = [each for each in json.loads(printed)["items"] if each["kind"] == "asked"]
    assert [(each["community"], each["metric"], each["period"]) for each in asked] == [
        ("a", "volunteer_hours", "2024-01"),
        ("a", None, None),
        ("a", None, None),
        ("a", None, None),
    ]
    assert {each["since"] for each in asked} == {"2024-03-06"}
    assert all(each["link"].startswith("/follow_up?which=") for each in asked)
    assert "为何" not in printed
    assert "植树" not in printed
