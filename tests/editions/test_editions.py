"""An edition keeps what was reported, exactly, whatever is imported later."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import run_lingti
from edition_kit import PEOPLE, accepted, begin, bring, edition_home, finalised

from lingti import home as homes
from lingti import warehouse
from lingti.access import audit, roles
from lingti.commands import cli
from lingti.editions import held, keeping, reasons, revisions
from lingti.editions.revisions import Revision
from lingti.judging import publication
from lingti.upkeep import backup
from lingti.upkeep.finalising import NotFinalError
from lingti.upkeep.forget import forget
from lingti.warehouse import ask


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose January is final."""
    home = edition_home(tmp_path_factory.mktemp("editions") / "home")
    accepted(home)
    finalised(home)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "home"))


def told(home: Path, *asked: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run_lingti(*asked, "--json", "--home", home))
    return found


def hours(home: Path, *more: str) -> dict[object, object]:
    asked = ("metric", "volunteer_hours", "--period", "2024-01", *more)
    return {row["community"]: row["value"] for row in told(home, *asked)}


def test_an_edition_stays_as_it_was_and_what_differs_is_a_revision(home: Path) -> None:
    bring(home, "a", "2024-01", [1, 2, 3, 4])
    assert hours(home) == {"a": 10, "b": 6, "district": 16}
    assert hours(home, "--edition", "2024-01") == {"a": 6, "b": 6, "district": 12}
    assert hours(home, "--edition", "2024-01/1") == {"a": 6, "b": 6, "district": 12}
    found = [one for one in told(home, "revisions") if one["metric"] == "volunteer_hours"
             and one["dimension"] is None and one["grain"] == "month"]  # fmt: skip
    assert [(one["community"], one["before"], one["after"], one["change"]) for one in found] == [
        ("a", 6, 10, 4),
        ("district", 12, 16, 4),
    ]
    assert all(one["reason"] == "unstated" for one in found)
    assert [cause["batch"] for cause in found[0]["causes"]] == [5]  # type: ignore[attr-defined]
    editions = {row["community"]: row["edition"] for row in
                told(home, "metric", "volunteer_hours", "--period", "2024-01")}  # fmt: skip
    assert editions == {"a": None, "b": "2024-01/1", "district": None}


def test_undo_takes_a_revision_back_and_a_reason_is_told(home: Path) -> None:
    batch = bring(home, "a", "2024-01", [5])
    assert batch is not None
    reasons.note(home, "import", batch, reasons.parse("correction:重抄"), "secretary")
    first = _of(home, "volunteer_hours", "a")
    assert (first.before, first.after, first.reason) == (6, 5, "correction")
    assert (first.causes[0].by, first.causes[0].text) == ("secretary", "重抄")
    run_lingti("undo", batch, "--reason", "other", "--home", home)
    assert revisions.of_home(home) == []
    run_lingti("undo", 1, "--reason", "late:表丢了", "--home", home)
    gone = _of(home, "volunteer_hours", "a")
    assert (gone.before, gone.after, gone.state_after) == (6, None, "not_reported")
    assert (gone.causes[0].act, gone.causes[0].batch, gone.reason) == ("undo", 1, "late")


def _of(home: Path, metric: str, place: str, grain: str = "month") -> Revision:
    return next(
        one
        for one in revisions.of_home(home)
        if one.cell[:3] == (metric, place, grain) and one.cell[4] is None
    )


def test_a_setting_that_changes_a_final_number_is_named(home: Path) -> None:
    begin(home, date(2024, 2, 1))
    causes = {cause for one in revisions.of_home(home) for cause in one.causes}
    assert {(one.kind, one.by) for one in causes} == {("setting", "official")}


def test_it_holds_every_period_that_ends_with_its_month(home: Path) -> None:
    (edition,) = keeping.editions(home)
    assert edition.grains == {
        "2024-01": "month",
        "2024-01-YTD": "year-to-date",
        "programme": "programme",
    }
    data = warehouse.current(home)
    metric = data.catalog.metrics["active_volunteers"]
    for grain, period in (("month", "2024-01"), ("year-to-date", "2024-01-YTD")):
        for by in (None, *metric.dimensions):
            now = ask.values(data, ask.Question(metric, grain=grain, period=period, by=by))
            kept = held.values(home, edition, data, metric, grain=grain, period=period, by=by)
            assert now
            assert kept == [{**row, "edition": "2024-01/1"} for row in now]
    to_date = held.values(home, edition, data, metric, grain="programme")
    assert [row["value"] for row in to_date] == [3, 3, 3]  # up to January; all are five


@pytest.mark.parametrize(
    "asked",
    [
        ("metric", "volunteer_hours", "--edition", "2024-01", "--period", "2024-02"),
        ("metric", "volunteer_hours", "--edition", "2024-02"),
        ("metric", "volunteer_hours", "--edition", "2024-01/2"),
        ("metric", "volunteer_hours", "--edition", "2024-01", "--grain", "week"),
        ("verdict", "volunteer_hours", "--edition", "2024-01", "--period", "2024-Q1"),
        ("rows", "volunteer_hours", "--edition", "2024-01"),
        ("edition", "2024-03"),
        ("revisions", "nothing"),
    ],
)
def test_what_an_edition_does_not_hold_is_wrong_usage(home: Path, asked: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*asked, "--home", str(home)])
    assert ended.value.code == cli.WRONG_USAGE


def test_verdicts_are_as_they_were(home: Path) -> None:
    asked = ("verdict", "volunteer_hours", "--period", "2024-01", "--community", "a")
    (before,) = told(home, *asked)
    bring(home, "a", "2024-01", [20, 20, 20])
    (kept,) = told(home, *asked, "--edition", "2024-01")
    assert kept == before
    assert told(home, *asked)[0]["edition"] is None


def test_nothing_is_finalised_twice_unless_something_changed(home: Path) -> None:
    with pytest.raises(NotFinalError, match="2024-01/1"):
        finalised(home)
    begin(home, date(2024, 2, 1))
    assert finalised(home).name == "2024-01/2"
    assert revisions.of_home(home) == []
    (first, second) = keeping.editions(home)
    assert revisions.of_edition(home, first) != []
    assert (first.number, second.number) == (1, 2)


def test_a_community_is_left_out_with_a_reason_only(home: Path) -> None:
    accepted(home, "2024-02", ["a"])
    with pytest.raises(NotFinalError):
        finalised(home, "2024-02")
    edition = finalised(home, "2024-02", without={"b": "电脑坏了，问13800138000"})
    assert (sorted(edition.communities), edition.without) == (["a"], {"b": "电脑坏了，问***"})
    data = warehouse.current(home)
    metric = data.catalog.metrics["volunteer_hours"]
    found = held.values(home, edition, data, metric)
    assert [row["community"] for row in found] == ["a", "district"]


def test_damage_is_told_and_backups_hold_editions(home: Path, tmp_path: Path) -> None:
    backup.make(home, tmp_path / "one.zip")
    backup.restore(tmp_path / "one.zip", tmp_path / "again")
    assert keeping.editions(tmp_path / "again") == keeping.editions(home)
    assert backup.verify(tmp_path / "again") == []
    values = home / "editions" / "2024-01" / "1" / "values.parquet"
    values.write_bytes(values.read_bytes() + b"x")
    (home / "editions" / "2024-01" / "1" / "more").touch()
    assert backup.verify(home) == [
        "editions/2024-01/1: values.parquet was changed",
        "editions/2024-01/1: more does not belong here",
    ]


def test_no_row_name_or_key_is_in_an_edition(home: Path) -> None:
    keys = {
        str(value)
        for row in warehouse.current(home).rows("select name_key, phone_key from identities")
        for value in row.values()
        if value
    }
    assert keys
    for path in (home / "editions").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for one in (*keys, *(text for person in PEOPLE for text in person)):
                assert one.encode() not in data


def test_a_deletion_leaves_the_edition_and_is_no_revision(home: Path) -> None:
    forget(home, name=PEOPLE[0][0], phone=PEOPLE[0][1], by="official")
    assert hours(home) == {"a": 5, "b": 5, "district": 10}
    assert hours(home, "--edition", "2024-01") == {"a": 6, "b": 6, "district": 12}
    assert revisions.of_home(home) == []
    (act,) = [one for one in audit.read(home) if one["what"] == "forget" and "editions" in one]
    cells = {tuple(one[:4]): one[6:] for one in act["editions"]["2024-01/1"] if one[4] is None}
    assert cells["volunteer_hours", "a", "month", "2024-01"] == [6, 5]
    bring(home, "a", "2024-01", [1, 1, 1, 1])
    assert _of(home, "volunteer_hours", "a").after == 4


def test_readers_are_told_no_difference_that_few_make(home: Path) -> None:
    """Twenty were finalised, and published; then thirty, then twenty-four, four more than then."""
    bring(home, "a", "2024-02", [2] * 20)
    bring(home, "b", "2024-02", [2] * 20)
    accepted(home, "2024-02")
    edition = finalised(home, "2024-02")
    shown = []
    for people in (20, 30, 24):
        bring(home, "a", "2024-02", [2] * people)
        warehouse.publish_anew(home)
        told = warehouse.current(home, roles.PUBLISHED)
        cell: held.Cell = ("active_volunteers", "a", "month", "2024-02", None, None)
        was, now = held.was(home, edition, told)[cell], held.now(told, [edition])[cell]
        revised = {one.cell for one in revisions.of_edition(home, edition, told)}
        handed_out = held.may_have_documents(home, edition, told)
        shown.append((was["value"], now["value"], cell in revised, handed_out))
    assert shown == [(20, 20, False, True), (20, 30, True, True), (None, 24, False, False)]


def test_a_home_of_an_older_format_keeps_its_editions(home: Path) -> None:
    kept = keeping.editions(home)
    before = {path: path.read_bytes() for path in (home / "editions").rglob("*") if path.is_file()}
    (home / "home.json").unlink()  # as the first release left it
    homes.migrate(home)
    shutil.rmtree(home / "warehouse")
    publication.rebuild(home)
    assert homes.version(home) == homes.FORMAT
    assert keeping.editions(home) == kept
    assert {path: path.read_bytes() for path in before} == before
    assert backup.verify(home) == []
    assert revisions.of_home(home) == []
    assert hours(home, "--edition", "2024-01") == {"a": 6, "b": 6, "district": 12}
