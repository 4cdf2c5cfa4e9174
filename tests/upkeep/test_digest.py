"""What is sent on: what is late, returned, overdue, worsening or revised; nothing of persons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import run_lingti
from edition_kit import PEOPLE, accepted, bring, edition_home, finalised, step

from lingti import warehouse
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
    assert ("revised", "a", "active_volunteers", "2024-01", None) in found
    assert all(text not in printed for person in PEOPLE for text in person)
    assert "为何" not in printed


def found_day(told: dict[str, list[dict[str, str]]]) -> str:
    """The day of the return, which is that of the clock on the wall."""
    (one,) = [one for one in told["items"] if one["kind"] == "returned"]
    assert one["link"] == "/submission?month=2024-02&community=b"
    return one["since"]
