"""What people enter counts at once, over what was written before, and can be taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lingti import catalog, warehouse
from lingti.catalog import Change, load
from lingti.district import Target, journal
from lingti.district.journal import Baseline, Decision, Note, Rebase
from lingti.judging import annotations as annotations_module
from lingti.language import Text

KNOWN = catalog.program()
WRITTEN = [Target("a", "volunteer_hours", "2024", 100.0), Target("b", "visits", "2024", 5.0)]


def test_targets_of_the_settings_hold_until_an_entry_changes_or_drops_them(tmp_path: Path) -> None:
    assert journal.targets(tmp_path, WRITTEN, KNOWN) == WRITTEN
    journal.set_target(tmp_path, Target("a", "volunteer_hours", "2024", 120.0), "x")
    journal.drop_target(tmp_path, WRITTEN[1], "x")
    journal.set_target(tmp_path, Target("b", "visits", "2024-06", 3.0), "x")
    assert journal.targets(tmp_path, WRITTEN, KNOWN) == [
        Target("a", "volunteer_hours", "2024", 120.0),
        Target("b", "visits", "2024-06", 3.0),
    ]


def test_a_target_of_a_metric_there_is_no_longer_is_left_out(tmp_path: Path) -> None:
    journal.set_target(tmp_path, Target("a", "given_up", "2024", 1.0), "x")
    assert journal.targets(tmp_path, [], KNOWN) == []


def test_notes_are_kept_in_order_of_time_and_taken_back(tmp_path: Path) -> None:
    late, early = Note("a", date(2024, 6, 2), "rain"), Note("b", date(2024, 6, 1), "fair", "visits")
    for note in (late, early):
        journal.add_note(tmp_path, note, "x")
    found = journal.notes(tmp_path)
    assert [(one.text, one.metric) for one in found] == [("fair", "visits"), ("rain", "")]
    journal.drop_note(tmp_path, found[0], "x")
    assert [one.text for one in journal.notes(tmp_path)] == ["rain"]


def test_decisions_of_exports_and_pages_stand_together_newest_first(tmp_path: Path) -> None:
    exported = Decision("a", date(2024, 6, 1), "t", "old", "post", date(2024, 6, 8))
    journal.link_decision(tmp_path, exported, "visits", "x")
    journal.keep_decision(tmp_path, Decision("b", date(2024, 6, 5), "t", "new", "post"), "x")
    new, old = journal.decisions(tmp_path, [exported])
    assert (new.decision, old.decision, old.metric) == ("new", "old", "visits")
    journal.drop_decision(tmp_path, new, "x")
    journal.link_decision(tmp_path, exported, "", "x")
    assert journal.decisions(tmp_path, [exported]) == [exported]


def test_a_baseline_is_locked_rebased_and_cleared(tmp_path: Path) -> None:
    key = (tmp_path, "a", "visits", "week")
    chosen = Baseline(12, (Rebase("2024-W20", "new team"),))
    journal.set_baseline(*key, chosen, "x")
    assert journal.baselines(tmp_path) == {key[1:]: chosen}
    journal.set_baseline(*key, Baseline(), "x")
    assert journal.baselines(tmp_path) == {}


def test_a_changed_definition_is_read_from_its_header(tmp_path: Path) -> None:
    path = tmp_path / "visits.sql"
    sql = (catalog.QUERIES / "metrics/visits.sql").read_text("utf-8")
    changed = "-- changed: 2 2024-09-01 只计入户走访 | Only visits at home count\n"
    path.write_text(changed + sql.replace("version: 1", "version: 2"), "utf-8")
    assert load.metric(path, KNOWN.tables, KNOWN.facts, KNOWN.checks).changes == (
        Change(2, date(2024, 9, 1), Text("只计入户走访", "Only visits at home count")),
    )


def test_charts_show_what_concerns_their_metric_places_and_days(sample_home: Path) -> None:
    found = annotations_module.on_charts(
        warehouse.current(sample_home),
        catalog.program().metrics["placements"],
        ["jinghang"],
        date(2024, 4, 1),
        date(2024, 8, 31),
    )
    assert [(one.community, one.text) for one in found] == [
        ("jinghang", "物业岗位专场招聘会"),
        ("district", "端午节"),
        ("jinghang", "决定：对接用人单位"),
    ]


def test_what_is_typed_is_masked_as_what_is_imported(tmp_path: Path) -> None:
    words = "联系人：仝小明，电话 138.0013-8000"
    decided = Decision("a", date(2024, 5, 1), words, words, "仝小明", None, None)
    journal.keep_decision(tmp_path, decided, "x")
    (kept,) = journal.decisions(tmp_path, [])
    for text in (kept.topic, kept.decision, kept.owner):
        assert "仝小明" not in text
        assert "138" not in text
