"""Why a number is not the one that somebody has: what would make that, from literal rows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import run_lingti
from edition_kit import _MORE, accepted, finalised
from little_home import little_home

from lingti import catalog, district, warehouse
from lingti.access.roles import EVERYTHING, PUBLISHED, ReaderView
from lingti.catalog import DISTRICT
from lingti.editions import my_number
from lingti.editions.my_number import Candidate, Explained, NoNumberError
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.ingest.keeping import batches
from lingti.judging import publication
from lingti.judging.periods import periods_of
from lingti.warehouse.ask import Question

A, B, C, D, E, F = (f"测试{sign},1380013800{n}" for n, sign in enumerate("甲乙丙丁戊己"))
JANUARY = [f"2024-01-26,{A},植树,5", f"2024-01-10,{B},植树,1"]
FIRST = [f"2024-02-01,{A},植树,2", f"2024-02-10,{A},巡逻,3"]  # another export takes its place
FEBRUARY = [
    *FIRST,
    f"2024-02-10,{B},植树,1",
    f"2024-02-10,{B},植树,1",  # the same again
    f"2024-02-27,{C},巡逻,4",
    f"2024-02-11,{E},植树,很久",  # no hours: waits to be corrected
]
OTHER = [f"2024-02-15,{F},值守,6"]  # under another source
OF_B = [f"2024-02-03,{D},植树,8", f"2024-02-04,{A},植树,1"]
HOURS, PERSONS = 17, 4  # of February in a


def bring(home: Path, place: str, source: str, month: str, rows: Sequence[str]) -> None:
    data = "\n".join(["日期,姓名,电话,活动,时长", *rows]).encode()
    request = Request(place, (("时长.csv", data),), source, month, True)
    (outcome,) = imports.run(district.load(home), request, "secretary")
    assert outcome.refused is None, outcome.refused


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = little_home(tmp_path_factory.mktemp("mine") / "home", "phone")
    with (home / "district.toml").open("a", encoding="utf-8") as settings:
        settings.write(_MORE)
    source = (home / "sources" / "service.toml").read_text("utf-8")
    for name, was, becomes in (
        ("service_b", 'community = "a"', 'community = "b"'),
        ("other", 'community = "a"', 'community = "a"\npart = "物业"'),
    ):
        (home / "sources" / f"{name}.toml").write_text(source.replace(was, becomes), "utf-8")
    bring(home, "a", "service", "2024-01", JANUARY)
    bring(home, "b", "service_b", "2024-01", [f"2024-01-03,{D},植树,8"])
    bring(home, "a", "service", "2024-02", FIRST)
    publication.rebuild(home)
    accepted(home)
    finalised(home)
    bring(home, "a", "service", "2024-02", FEBRUARY)
    bring(home, "a", "other", "2024-02", OTHER)
    bring(home, "b", "service_b", "2024-02", OF_B)
    bring(home, "a", "service", "2024-01", [*JANUARY, f"2024-01-11,{C},植树,2"])
    publication.rebuild(home)
    return home


def asked(
    home: Path,
    mine: str,
    metric: str = "volunteer_hours",
    place: str = "a",
    of: str = "2024-02",
    reader: ReaderView = EVERYTHING,
) -> Explained:
    data = warehouse.current(home, reader)
    (period,) = [one for found in periods_of(data).values() for one in found if one.id == of]
    chosen = data.catalog.metrics[metric]
    question = Question(chosen, place, period.grain, period.id)
    typed = my_number.mine_of(mine, chosen)
    return my_number.explained(data, district.load(home), question, period, typed)


def names(found: Sequence[Candidate]) -> list[tuple[Any, ...]]:
    """Kind, and what of it is named, of candidates."""
    keys = ("how", "by", "part", "other", "column", "edition", "times", "code")
    made = []
    for one in found:
        said = [one.details[key] for key in keys if key in one.details]
        if one.kind == "days":
            said = [f"{one.details['first']:%m-%d}", f"{one.details['last']:%m-%d}"]
        made.append((one.kind, *said))
    return made


@pytest.mark.parametrize(
    ("mine", "named"),
    [
        ("11", ("source", "without", "source", "other")),  # without the property firm's
        ("6", ("source", "without", "source", "service")),
        ("13", ("days", "02-01", "02-25")),  # closed on the 25th
        ("18", ("days", "01-26", "02-25")),
        ("16", ("once", "once", "")),
        ("26", ("with_place", "b")),
        ("9", ("place", "b")),
        ("8", ("period", "before")),
        ("25", ("period", "quarter")),
        ("5", ("export",)),
        ("22", ("with_export",)),
        ("1020", ("unit", 60)),
        ("0.0017万", ("unit", 0)),
    ],
)
def test_what_gives_exactly_the_number_is_named(
    home: Path, mine: str, named: tuple[Any, ...]
) -> None:
    found = asked(home, mine)
    assert found.ours == HOURS
    if named == ("unit", 0):  # written in another unit it is the same
        assert found.is_same
        return
    assert named in names(found.exact)
    assert all(found.mine.is_like(one.value) for one in found.exact)
    assert all(not found.mine.is_like(one.value) for one in found.others)


@pytest.mark.parametrize(
    ("mine", "named"),
    [
        ("6", ("reading", "each", "resident")),
        ("3", ("source", "without", "source", "other")),
    ],
)
def test_persons_counted_once_are_told_from_rows(
    home: Path, mine: str, named: tuple[Any, ...]
) -> None:
    found = asked(home, mine, "active_volunteers")
    assert found.ours == PERSONS
    assert named in names(found.exact)


def test_the_district_counts_a_person_of_two_communities_once(home: Path) -> None:
    found = asked(home, "6", "active_volunteers", DISTRICT)
    assert found.ours == 5
    assert ("parts", "community") in names(found.exact)
    assert ("community", "without", "community", "a") in names(
        asked(home, "9", place=DISTRICT).exact
    )


def test_the_likeliest_comes_first_and_all_lead_to_their_rows(home: Path) -> None:
    found = asked(home, "11")
    assert names(found.exact)[0][0] == "source"
    for one in (*found.exact, *found.others):
        assert {"metric", "place", "of"} <= set(one.rows)
    (day,) = [one for one in asked(home, "13").exact if one.kind == "day"]
    assert day.rows["of"] == "2024-02-27/2024-02-27"
    assert (day.value, day.rows_count) == (13.0, 1)


def test_rows_to_correct_are_open_where_more_is_looked_for(home: Path) -> None:
    assert [(one.kind, one.rows_count) for one in asked(home, "19").open] == [("to_correct", 1)]
    assert asked(home, "11").open == ()


def test_nothing_is_no_other_unit(home: Path) -> None:
    assert "unit" not in {one.kind for one in asked(home, "0").exact}


def test_what_was_reported_is_named(home: Path) -> None:
    found = asked(home, "6", of="2024-01")
    assert found.ours == 8
    assert names(found.exact)[0] == ("reported", "2024-01/1")


def test_an_export_that_was_withdrawn_is_named(home: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(home, tmp_path / "home"))
    newest = max(one.batch for one in batches.manifests(copy) if one.source == "other")
    batches.undo(copy, newest, "secretary")
    publication.rebuild(copy)
    found = asked(copy, str(HOURS))
    assert found.ours == HOURS - 6
    (one,) = [one for one in found.exact if one.kind == "with_export"]
    assert (one.details["manifest"].batch, one.details["withdrawn"]) == (newest, True)


def test_where_nothing_gives_it_the_days_are_there_to_compare(home: Path) -> None:
    found = asked(home, "1234")
    assert found.exact == ()
    assert found.others
    assert [(one.part, one.only) for one in found.parts] == [
        ("2024-02-01", 2.0),
        ("2024-02-10", 5.0),
        ("2024-02-15", 6.0),
        ("2024-02-27", 4.0),
    ]


def test_who_may_not_see_the_rows_is_told_nothing(home: Path) -> None:
    for reader in (PUBLISHED, ReaderView(frozenset({"b"}))):
        found = asked(home, "11", reader=reader)
        assert (found.exact, found.open, found.others, found.parts) == ((), (), (), ())
        assert found.rows_count == 0
        assert found.ours is None  # of few persons


def test_a_secretary_learns_no_number_of_others(home: Path) -> None:
    own = ReaderView(frozenset({"a"}))
    assert ("source", "without", "source", "other") in names(asked(home, "11", reader=own).exact)
    for mine in ("26", "9"):
        found = asked(home, mine, reader=own)
        kinds = {one.kind for one in (*found.exact, *found.others)}
        assert not {"place", "with_place"} & kinds


@pytest.mark.parametrize(
    ("text", "metric", "value", "step"),
    [
        ("711", "volunteer_hours", 711, 1),
        ("1,234.5小时", "volunteer_hours", 1234.5, 0.1),
        ("700个小时", "volunteer_hours", 700, 1),
        ("700 H", "volunteer_hours", 700, 1),
        ("700分钟", "volunteer_hours", None, 0),
        ("1,234.5", "volunteer_hours", 1234.5, 0.1),
        ("1.2万", "volunteer_hours", 12000, 1000),
        ("81.5%", "concerns_satisfied_share", 0.815, 0.001),
        ("81.5", "concerns_satisfied_share", 0.815, 0.001),
        ("0.815", "concerns_satisfied_share", 0.815, 0.001),
        ("三十多", "volunteer_hours", None, 0),
        ("", "volunteer_hours", None, 0),
    ],
)
def test_numbers_are_read_as_people_write_them(
    text: str, metric: str, value: float | None, step: float
) -> None:
    known = catalog.program().metrics[metric]
    if value is None:
        with pytest.raises(NoNumberError):
            my_number.mine_of(text, known)
        return
    mine = my_number.mine_of(text, known)
    assert (mine.value, mine.step) == (pytest.approx(value), pytest.approx(step))


def test_the_command_prints_it(home: Path) -> None:
    asked_for = ("--community", "a", "--period", "2024-02", "--mine", "11", "--json")
    told = json.loads(run_lingti("why", "volunteer_hours", *asked_for, "--home", home))
    assert (told["value"], told["mine"], told["same"]) == (HOURS, 11, False)
    assert told["exact"][0] == {
        "kind": "source",
        "says": "without source Hours",
        "value": 11.0,
        "rows": 1,
        "rows_at": {"metric": "volunteer_hours", "place": "a", "of": "2024-02"},
    }
