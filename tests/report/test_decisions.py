"""Decisions entered on pages are followed up beside those of the exports."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import docx
import pandas as pd

from lingti.catalog import DISTRICT
from lingti.district import journal
from lingti.district.journal import Decision
from lingti.judging.periods import Period
from lingti.report import Wish, decisions, gather, make

NOVEMBER = Period("month", "2024-11", date(2024, 11, 1), date(2024, 11, 30))
AFTER = date(2025, 1, 6)


def enter(home: Path, words: str, day: date, due: date | None, done: date | None = None) -> None:
    journal.keep_decision(home, Decision("guqiao", day, "Topic", words, "a post", due, done), "me")


def test_what_is_entered_stands_as_it_did_at_the_end_of_the_period(tmp_path: Path) -> None:
    enter(tmp_path, "late", date(2024, 10, 4), date(2024, 11, 20))
    enter(tmp_path, "in time", date(2024, 11, 4), date(2024, 11, 20), date(2024, 11, 20))
    enter(tmp_path, "done late", date(2024, 11, 4), date(2024, 11, 20), date(2024, 11, 21))
    enter(tmp_path, "done later", date(2024, 11, 4), date(2024, 12, 20), date(2024, 12, 2))
    enter(tmp_path, "without a day", date(2024, 11, 4), None)
    enter(tmp_path, "done before", date(2024, 10, 4), None, date(2024, 10, 20))
    enter(tmp_path, "not made yet", date(2024, 12, 1), None)
    found = decisions.entered(tmp_path, NOVEMBER, AFTER)
    assert dict(zip(found["decision"], found["standing"], strict=True)) == {
        "late": "overdue",
        "in time": "done",
        "done late": "done_late",
        "done later": "open",
        "without a day": "open",
    }
    assert found.set_index("decision")["done_on"]["done later"] is None


def test_nothing_is_known_of_days_to_come(tmp_path: Path) -> None:
    enter(tmp_path, "due", date(2024, 11, 4), date(2024, 11, 20))
    (standing,) = decisions.entered(tmp_path, NOVEMBER, date(2024, 11, 12))["standing"]
    assert standing == "open"


def test_both_kinds_are_one_list_with_the_overdue_first(tmp_path: Path) -> None:
    as_of, made = date(2024, 11, 30), date(2024, 11, 1)
    listed = pd.DataFrame(
        [
            ("binhu", made, "", "a", "", None, date(2024, 11, 9), as_of),
            ("binhu", made, "", "late", "", date(2024, 11, 8), date(2024, 11, 9), as_of),
            ("binhu", made, "", "soon", "", date(2024, 12, 2), None, as_of),
            ("binhu", made, "", "b", "", date(2024, 11, 5), None, as_of),
        ],
        columns=["community", "day", "topic", "decision", "owner", "due_on", "done_on", "as_of"],
    )
    imported = decisions.imported(listed)
    enter(tmp_path, "entered", date(2024, 11, 1), date(2024, 11, 3))
    added = decisions.entered(tmp_path, NOVEMBER, AFTER)
    both = decisions.together(imported, added, ["guqiao", "binhu"])
    assert dict(zip(both["decision"], both["standing"], strict=True)) == {
        "entered": "overdue",
        "b": "overdue",
        "soon": "due_soon",
        "late": "done_late",
        "a": "done",
    }
    assert both["decision"].tolist() == ["entered", "b", "soon", "late", "a"]
    alone = decisions.together(imported, added.iloc[:0], ["binhu"])
    assert alone["decision"].tolist() == ["b", "soon", "late", "a"]
    assert decisions.together(imported.iloc[:0], added.iloc[:0], []).empty


def test_a_briefing_follows_up_what_was_entered(sample_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(sample_home, home)
    # A control character, as comes with what is pasted, can stand in no Word file.
    enter(home, "Clear the stairs\x07 of house 12", date(2024, 11, 12), date(2024, 11, 25))
    journal.keep_decision(
        home, Decision(DISTRICT, date(2024, 11, 8), "", "Send the logs", "", None, None), "me"
    )
    found = gather(home, "2024-11")
    briefing = docx.Document(io.BytesIO(make(found, "guqiao", "docx", Wish("en"))))
    text = "\n".join(one.text for one in briefing.paragraphs)
    assert "Also entered here are 1: done: 0; open at its end: 1, overdue." in text
    assert "Clear the stairs of house 12 (in charge: a post) was due by 25 Nov 2024 and is" in text
    rows = [[cell.text for cell in row.cells] for row in briefing.tables[1].rows]
    assert ["Clear the stairs of house 12", "a post", "2024-11-25", "–", "overdue"] in rows
    everybody = docx.Document(io.BytesIO(make(found, None, "docx", Wish("en"))))
    listed = [row.cells[1].text for row in everybody.tables[1].rows]
    assert {"Clear the stairs of house 12", "Send the logs"} <= set(listed)
