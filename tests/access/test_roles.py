"""Roles: who may do what, and that a reader's warehouse holds nothing else."""

from __future__ import annotations

import shutil
from datetime import date
from itertools import product
from pathlib import Path

import duckdb
import pytest
from little_home import little_home

from lingti import catalog, entries, warehouse
from lingti.access import audit, roles
from lingti.access.roles import ACTIONS, Person, ReaderView
from lingti.commands import cli
from lingti.district import change, persons, settings
from lingti.warehouse import ask
from lingti.warehouse.ask import Question
from lingti.warehouse.reader_views import connect

ISSUER = "https://id.example"
SECRETARY = Person(ISSUER, "s1", "甲书记", "secretary", ("guqiao",))


def test_every_role_action_and_community() -> None:
    people = {
        "official": Person(ISSUER, "o", "", "official"),
        "secretary": SECRETARY,
        "subdistrict": Person(ISSUER, "d", "", "subdistrict", ("guqiao",), "许庄街道"),
        "of no community": Person(ISSUER, "e", "", "subdistrict", (), "许庄街道"),
        "viewer": Person(ISSUER, "v", "", "viewer"),
        "nobody": Person(ISSUER, "n", ""),
        "forged": Person(ISSUER, "f", "", "admin", ("guqiao",)),
    }
    allowed = {
        (role, action, place)
        for (role, person), action, place in product(
            people.items(), ACTIONS, (None, "guqiao", "binhu", "district")
        )
        if roles.may(person, action, place)
    }
    everywhere = (None, "guqiao", "binhu", "district")
    assert allowed == {
        *(("official", action, place) for action in ACTIONS for place in everywhere),
        *(("secretary", "see", place) for place in everywhere),
        *(
            ("secretary", action, "guqiao")
            for action in ("rows", "findings", "import", "report", "enter")
        ),
        *(("subdistrict", "see", place) for place in everywhere),
        *(("of no community", "see", place) for place in everywhere),
        *(("subdistrict", action, "guqiao") for action in ("rows", "findings", "report", "accept")),
        *(("viewer", "see", place) for place in everywhere),
    }


def test_a_role_counts_at_once_and_so_does_taking_it_away(tmp_path: Path) -> None:
    assert roles.find(tmp_path, ISSUER, "s1").role == ""
    roles.grant(tmp_path, SECRETARY, "official")
    assert roles.find(tmp_path, ISSUER, "s1") == SECRETARY
    assert roles.find(tmp_path, "https://other.example", "s1").role == ""
    assert roles.revoke(tmp_path, ISSUER, "s1", "official")
    assert roles.find(tmp_path, ISSUER, "s1").role == ""
    assert [line["what"] for line in audit.read(tmp_path)] == ["role", "role"]


def test_a_subdistrict_has_the_communities_that_settings_put_in_it_now(
    sample_home: Path, tmp_path: Path
) -> None:
    home = _settings_of(sample_home, tmp_path)
    roles.grant(home, Person(ISSUER, "d", "许庄", "subdistrict", (), "许庄街道"), "official")

    def own() -> tuple[tuple[str, ...], frozenset[str] | None]:
        person = persons.find(home, ISSUER, "d")
        return person.communities, roles.reader_view(person).exact

    assert own() == (("guqiao", "binhu"), frozenset({"guqiao", "binhu"}))
    change.enter(home, settings.COMMUNITY, "binhu", {"subdistrict": "石桥街道"}, "official")
    assert own() == (("guqiao",), frozenset({"guqiao"}))
    (home / "district.toml").write_text("name = ")
    assert own() == ((), frozenset())


def _settings_of(sample_home: Path, home: Path) -> Path:
    (home / "district.toml").write_bytes((sample_home / "district.toml").read_bytes())
    (home / "sources").mkdir()
    return home


@pytest.mark.parametrize("left", [0, 0.3, 0.9])
def test_a_removal_that_cannot_be_read_brings_nobody_back(
    tmp_path: Path, left: float, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Person(ISSUER, "s2", "", "viewer")
    made = little_home(tmp_path / "made")
    roles.grant(made, SECRETARY, "official")
    roles.revoke(made, ISSUER, "s1", "official")
    name = max((made / "entries").iterdir()).name
    roles.grant(made, other, "official")
    home = Path(shutil.copytree(made, tmp_path / "home"))
    text = (home / "entries" / name).read_bytes()
    (home / "entries" / name).write_bytes(text[: int(len(text) * left)])
    assert roles.find(home, ISSUER, "s1").role == ""
    assert roles.barred_by(home, ISSUER, "s1") == (name,)
    assert roles.find(home, ISSUER, "s2") == other  # given later, so it is known to stand
    with pytest.raises(SystemExit, match="0"):
        cli.main(["role", "list", "--home", str(home)])
    assert f"s1 is kept out, as entries/{name} cannot be read" in capsys.readouterr().err
    assert roles.barred_by(made, ISSUER, "s1") == ()


def test_what_else_cannot_be_read_takes_no_role_away(tmp_path: Path) -> None:
    roles.grant(tmp_path, SECRETARY, "official")
    entries.add(tmp_path, "target", "a", 1, "official")
    max((tmp_path / "entries").iterdir()).write_bytes(b"")
    (tmp_path / "entries" / "notes.json").write_text("shopping")
    assert entries.damaged(tmp_path) != ()
    assert roles.find(tmp_path, ISSUER, "s1") == SECRETARY


@pytest.mark.parametrize(
    "person",
    [
        Person(ISSUER, "x", "", "king"),
        Person(ISSUER, "", "", "viewer"),
        Person(ISSUER, "x", "", "secretary"),
        Person(ISSUER, "x", "", "viewer", ("guqiao",)),
        Person("two words", "x", "", "viewer"),
        Person(ISSUER, "x", "", "subdistrict"),
        Person(ISSUER, "x", "", "subdistrict", ("guqiao",), "许庄街道"),
        Person(ISSUER, "x", "", "viewer", (), "许庄街道"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused(tmp_path: Path, person: Person) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        roles.grant(tmp_path, person, "official")


def test_roles_are_given_and_listed_on_the_command_line(
    sample_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _settings_of(sample_home, tmp_path)

    def run(*arguments: str) -> int:
        with pytest.raises(SystemExit) as ended:
            cli.main([*arguments, "--home", str(tmp_path)])
        assert isinstance(ended.value.code, int)
        return ended.value.code

    give = ("role", "set", ISSUER, "s1", "--role", "secretary", "--community")
    assert run(*give, "guqiao") == 0
    assert run(*give, "nowhere") == 2
    assert run("role", "set", ISSUER, "s1", "--role", "secretary") == 2
    assert run("role", "list") == 0
    assert f"{ISSUER}\ts1\t\tsecretary\tguqiao" in capsys.readouterr().out
    of = ("role", "set", ISSUER, "d", "--role", "subdistrict")
    assert run(*of, "--subdistrict", "许庄街道") == 0
    assert run(*of, "--subdistrict", "许庄") == 2
    assert run(*of) == 2
    assert run("role", "list") == 0
    assert f"{ISSUER}\td\t\tsubdistrict\t\t许庄街道" in capsys.readouterr().out
    assert run("role", "remove", ISSUER, "s1") == 0
    assert run("role", "remove", ISSUER, "s1") == 1


FACTS = [name for name in catalog.program().tables if name not in ("partnerships", "goods")]


@pytest.mark.parametrize("exact", [frozenset(), frozenset({"guqiao"})])
def test_a_readers_warehouse_has_no_rows_of_others(
    sample_home: Path, exact: frozenset[str]
) -> None:
    seen = warehouse.current(sample_home, ReaderView(exact))
    for table in [*FACTS, "findings", "dropouts", "lone_names"]:
        found = seen.rows(f"select distinct community from {table}")
        assert {row["community"] for row in found} <= exact, table
    files = seen.rows("select distinct community from files join batches using (batch)")
    assert {row["community"] for row in files} == exact
    for told in ("imported_by is not null", "accepted > 0", "read_rows is not null"):
        known = seen.rows(f"select distinct community from batches where {told}")
        assert {row["community"] for row in known} == exact, told


def test_what_nobody_has_decided_on_is_shown_to_nobody_else(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "new.duckdb")) as con:
        con.execute("create table a_new_table as select 'guqiao' as community")
        con.execute("create table periods as select 'month' as grain")
    seen = connect(tmp_path / "new.duckdb", frozenset({"guqiao"}), catalog.program().tables)
    assert seen.execute("from a_new_table").fetchall() == []
    assert seen.execute("from periods").fetchall() == [("month",)]


def test_of_others_values_are_those_published_and_of_ones_own_exact(sample_home: Path) -> None:
    whole = warehouse.current(sample_home)
    seen = warehouse.current(sample_home, ReaderView(frozenset({"guqiao"})))
    order = "order by all nulls first"
    for table in ("metric_values", "published_values"):
        own = "where community = 'guqiao'"
        assert seen.rows(f"from {table} {own} {order}") == whole.rows(
            f"from metric_values {own} {order}"
        )
        others = "where community <> 'guqiao'"
        assert seen.rows(f"from {table} {others} {order}") == whole.rows(
            f"from published_values {others} {order}"
        )


def test_what_is_computed_from_facts_is_withheld_where_they_are_not_seen(sample_home: Path) -> None:
    seen = warehouse.current(sample_home, ReaderView(frozenset({"guqiao"})))
    hours = catalog.program().metrics["volunteer_hours"]
    span = (date(2024, 6, 1), date(2024, 6, 10))
    for found in (
        ask.values(seen, Question(hours, span=span)),
        ask.over_spans(seen, hours, [span]).values(),
    ):
        known = {row["community"]: (row["value"] is None, row["state"]) for row in found}
        assert known["guqiao"] == (False, "reported")
        assert {known[one] for one in known if one != "guqiao"} == {(True, "withheld")}


def test_what_a_session_sees_is_in_the_key_of_every_cache(sample_home: Path) -> None:
    views = [ReaderView(), ReaderView(frozenset()), ReaderView(frozenset({"guqiao"}))]
    versions = [warehouse.current(sample_home, one).version for one in views]
    assert len(set(versions)) == 3
