"""A build that takes over what has not changed comes out, row for row, as a full one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingti import catalog, district, entries, journal, warehouse
from lingti.district import Target
from lingti.ingest import batch as batches
from lingti.ingest.batch import Manifest
from lingti.ingest.coverage import Span
from lingti.warehouse import publish, withhold
from lingti.warehouse.build import Inputs, build, inputs, publish_counts
from lingti.warehouse.carry import Carried
from lingti.warehouse.rollup import measure_all

DISTRICT = """
id = "district"
name = { zh = "区", en = "District" }
starts_on = 2024-01-01
"""
COMMUNITY = """
[[community]]
id = "{id}"
name = {{ zh = "{id}", en = "{id}" }}
since = 2024-01-01
residents = 1000
households = 400
population_as_of = 2023-12-31

[[expected]]
community = "{id}"
tables = ["service", "points", "partnerships", "concerns", "visits"]
from = 2024-01-01
"""
REPLACES = {
    "service": "days",
    "points": "days",
    "partnerships": "all",
    "concerns": "key",
    "visits": "days",
}
METRICS = ("active_volunteers", "volunteer_hours", "partners_active", "concerns_open",
           "days_to_resolve", "households_visited_share", "findings_count", "hours_per_volunteer",
           "estates_served", "reviewed_within_week_share", "points_balance",
           "points_earned", "points_deducted")  # fmt: skip
ALL_METRICS = catalog.metrics()


@pytest.fixture(autouse=True)
def few_metrics(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Seven metrics of every kind and window, so that many builds take little time."""
    few = {name: catalog.metrics()[name] for name in METRICS}
    monkeypatch.setattr(catalog, "metrics", lambda: few)
    return


def new_home(folder: Path) -> Path:
    (folder / "district.toml").write_text(
        DISTRICT + "".join(COMMUNITY.format(id=one) for one in "abc"), "utf-8"
    )
    return folder


def add_random_batch(home: Path, seed: int) -> None:
    """Keeps a batch of random rows of one table, of one or two months; a few people and cases."""
    random = Random(seed)
    table = random.choice(list(REPLACES))
    community = random.choice("abc")
    first = date(random.choice([2024, 2024, 2025]), random.randint(1, 4), 1)
    covers = Span(first, first + timedelta(days=random.choice([27, 58])))
    rows = [stored_row(random, table, covers) for _ in range(random.randint(0, 12))]
    add_batch(home, community, table, covers, rows)


def add_batch(
    home: Path, community: str, table: str, covers: Span, rows: list[dict[str, object]]
) -> None:
    types = catalog.tables()[table].stored_types
    con = duckdb.connect()
    con.execute(f"create table t ({', '.join(f'{name} {kind}' for name, kind in types.items())})")
    for row in rows:
        marks = ", ".join(f"${name}" for name in row)
        con.execute(f"insert into t ({', '.join(row)}) values ({marks})", row)
    made: pa.Table = con.sql("from t").to_arrow_table()
    number = batches.next_number(home)
    with batches.writing(home):
        batches.keep(home, manifest(number, community, table, covers, len(rows)), {table: made}, [])


def stored_row(random: Random, table: str, covers: Span) -> dict[str, object]:
    day = covers.first + timedelta(days=random.randint(0, 40))
    where = {"file": 1, "sheet": 1, "row": random.randint(2, 99)}
    if table in ("service", "points"):
        person = random.randint(1, 5)
        known = {"name_key": f"n{person}"}
        known |= {"phone_key": f"p{random.randint(1, 5)}"} if random.random() < 0.6 else {}
        known |= {"id_key": f"i{person}"} if random.random() < 0.4 else {}
        told = {"hours": random.choice([1, 2.5])} if table == "service" else {
            "kind": random.choice(["earn", "deduct"]), "points": random.randint(1, 9)}  # fmt: skip
        return {"day": day, "source_row": where, **known, **told}
    if table == "partnerships":
        return {"merchant": random.choice("wxyz"), "signed_on": day, "source_row": where}
    if table == "visits":
        return {"day": day, "household": random.choice("pqrs"), "source_row": where}
    resolved = random.choice([None, day + timedelta(days=9)])
    case = f"k{random.randint(1, 9)}"
    return {"day": day, "resolved_on": resolved, "case_key": case, "source_row": where}


def manifest(number: int, community: str, table: str, covers: Span, rows: int) -> Manifest:
    counts = dict.fromkeys(
        ("already_present", "quarantined", "set_aside", "removed", "read", "accepted"), 0
    )
    return Manifest(
        batch=number,
        source=f"{community}_{table}",
        community=community,
        part="",
        replaces=REPLACES[table],
        tables=(table,),
        covers=(covers,),
        imported_at="2025-01-03T09:00:00+08:00",
        imported_by="test",
        files=(batches.ExportFile("a.csv", "0" * 64, 0, ("",)),),
        counts=counts,
        rows={table: rows},
        mapping={},
    )


def differences(home: Path) -> list[str]:
    """The tables of the published warehouse that are not as a full build makes them."""
    path = warehouse.current(home).path
    with duckdb.connect() as con:
        build(con, inputs(district.load(home)))
        con.execute(f"attach '{path}' as carried (read_only)")
        names = con.execute(
            "select table_name from duckdb_tables() where database_name = 'carried'"
        ).fetchall()
        return [
            name
            for (name,) in names
            if con.execute(
                f"(from main.{name} except all from carried.{name}) union all"
                f" (from carried.{name} except all from main.{name})"
            ).fetchall()
        ]


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "add", "add", "undo", "redo", "alias"]), st.integers(0, 999)),
    min_size=2,
    max_size=5,
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_after_any_steps_it_is_as_if_built_anew(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = new_home(Path(folder))
        add_random_batch(home, 0)
        warehouse.rebuild(home)
        for action, seed in steps:
            take(home, action, seed)
            warehouse.rebuild(home)
            assert differences(home) == [], (action, seed)
        publish._opened.clear()


def take(home: Path, action: str, seed: int) -> None:
    """One step: a new batch, one withdrawn or put back, or an alias of a merchant."""
    here = batches.manifests(home, withdrawn=action == "redo")
    if action == "add":
        add_random_batch(home, seed)
    elif action == "alias":
        entries.add(home, "merchant_alias", "wxyz"[seed % 4], "wxyz"[seed // 4 % 4], "test")
    elif here:
        move = batches.undo if action == "undo" else batches.redo
        move(home, here[seed % len(here)].batch)


def test_one_community_can_show_who_is_who_in_another(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    january = Span(date(2024, 1, 1), date(2024, 1, 31))
    row = {
        "day": date(2024, 1, 9),
        "hours": 1,
        "source_row": {"file": 1, "sheet": 1, "row": 2},
        "name_key": "n",
    }
    two = [{**row, "phone_key": "p"}, {**row, "id_key": "i"}]
    add_batch(home, "a", "service", january, two)
    warehouse.rebuild(home)
    assert volunteers(home, "a") == 2
    add_batch(home, "b", "service", january, [{**row, "phone_key": "p", "id_key": "i"}])
    warehouse.rebuild(home)
    assert volunteers(home, "a") == 1
    assert differences(home) == []


def volunteers(home: Path, community: str) -> float:
    (found,) = warehouse.current(home).rows(
        "select value from metric_values where metric = 'active_volunteers'"
        " and grain = 'month' and period = '2024-01' and dimension is null"
        " and community = $community",
        community=community,
    )
    return float(found["value"])


def test_a_damaged_warehouse_is_built_anew(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    add_random_batch(home, 1)
    warehouse.rebuild(home).write_bytes(b"no database")
    warehouse.rebuild(home)
    assert differences(home) == []


def test_only_what_changed_is_computed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home(tmp_path)
    for seed in range(12):
        add_random_batch(home, seed)
    warehouse.rebuild(home)
    measured: list[str] = []

    def note(_con: object, metrics: list[catalog.Metric], **_asked: object) -> None:
        measured.extend(one.name for one in metrics)

    monkeypatch.setattr("lingti.warehouse.build.measure_all", note)
    monkeypatch.setattr("lingti.warehouse.amend.measure_all", note)
    warehouse.rebuild(home)
    assert measured == []
    entries.add(home, "merchant_alias", "w", "x", "test")
    warehouse.rebuild(home)
    assert set(measured) == {"partners_active"}
    measured.clear()
    warehouse.rebuild(home, full=True)
    assert sorted(measured) == sorted(METRICS)


def test_of_a_changed_month_only_its_periods_and_its_community_are_computed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home(tmp_path)
    half_year = Span(date(2024, 1, 1), date(2024, 6, 30))
    rows = [stored_row(Random(seed), "service", half_year) for seed in range(20)]
    for community in "abc":
        add_batch(home, community, "service", half_year, rows)
    warehouse.rebuild(home)
    asked: list[tuple[object, list[str]]] = []

    def note(
        con: duckdb.DuckDBPyConnection,
        metrics: list[catalog.Metric],
        periods: str = "periods",
        places: list[str] | None = None,
    ) -> None:
        if places is not None:
            places = list(places)
            found = con.execute(f"select period from {periods} where grain <> 'week'").fetchall()
            asked.append((places, sorted(period for (period,) in found)))
        measure_all(con, metrics, periods=periods, places=places)

    monkeypatch.setattr("lingti.warehouse.amend.measure_all", note)
    april = Span(date(2024, 4, 1), date(2024, 4, 30))
    one = {"file": 1, "sheet": 1, "row": 2}
    add_batch(home, "b", "service", april, [
        {"day": date(2024, 4, 9), "hours": 3, "source_row": one, "name_key": "n1"}])  # fmt: skip
    warehouse.rebuild(home)
    periods = ["2024", "2024-04", "2024-Q2", "programme"]
    assert asked == [(["b"], periods), ([], periods)]  # as it is now, and as it was
    assert differences(home) == []


def test_what_is_withheld_follows_the_metrics_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home(tmp_path)
    for seed in range(12):
        add_random_batch(home, seed)
    for names in (
        ["active_volunteers", "hours_per_volunteer", "volunteer_hours"],
        ["volunteer_hours"],
        ["volunteer_hours", "active_volunteers"],
    ):
        few = {name: ALL_METRICS[name] for name in names}
        monkeypatch.setattr(catalog, "metrics", lambda few=few: few)
        warehouse.rebuild(home)
        assert differences(home) == []


def test_where_nothing_changed_the_published_warehouse_stays(tmp_path: Path) -> None:
    home = new_home(tmp_path)
    add_random_batch(home, 1)
    first = warehouse.rebuild(home)
    assert warehouse.rebuild(home) == first
    journal.set_target(home, Target("a", "volunteer_hours", "2024", 9.0), "test")
    second = warehouse.rebuild(home)
    assert second != first
    assert warehouse.current(home).rows("select target from targets") == [{"target": 9.0}]
    settings = home / "district.toml"
    settings.write_text(settings.read_text("utf-8").replace("1000", "1001"), "utf-8")
    assert warehouse.rebuild(home) != second
    assert differences(home) == []


def with_volunteers(home: Path, community: str, month: int, people: int, year: int = 2024) -> None:
    """A month of service in which so many people took part, each once."""
    first = date(year, month, 1)
    rows: list[dict[str, object]] = [
        {
            "day": first + timedelta(days=person),
            "hours": 1,
            "source_row": {"file": 1, "sheet": 1, "row": person + 2},
            "name_key": f"{community}{person}",
        }
        for person in range(people)
    ]
    add_batch(home, community, "service", Span(first, first + timedelta(days=27)), rows)


def withheld_months(home: Path) -> list[tuple[str, str]]:
    return [
        (row["community"], row["period"])
        for row in warehouse.current(home).rows(
            "select community, period from published_values where metric = 'active_volunteers'"
            " and grain = 'month' and dimension is null and state = 'withheld' order by all"
        )
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (3, 9),  # a small cell goes
        (9, 3),  # one comes
        (3, 2),  # it stays small
        (9, 8),  # there is none
    ],
)
def test_a_changed_month_withholds_as_if_built_anew(
    tmp_path: Path, before: int, after: int
) -> None:
    home = new_home(tmp_path)
    for month in (1, 2, 5):
        for community in "abc":
            with_volunteers(home, community, month, before if (community, month) == ("b", 2) else 9)
    warehouse.rebuild(home)
    with_volunteers(home, "b", 2, after)
    warehouse.rebuild(home)
    assert differences(home) == []
    assert bool(withheld_months(home)) == (after < 5)


@pytest.mark.parametrize("year", [2024, 2025])
@pytest.mark.parametrize("people", [2, 9])
def test_a_new_month_is_published_as_if_built_anew_and_so_when_it_is_withdrawn(
    tmp_path: Path, year: int, people: int
) -> None:
    home = new_home(tmp_path)
    for month in (1, 2):
        for community in "abc":
            with_volunteers(home, community, month, 3 if (community, month) == ("a", 1) else 9)
    warehouse.rebuild(home)
    with_volunteers(home, "b", 7, people, year)
    warehouse.rebuild(home)
    assert differences(home) == []
    assert (("b", f"{year}-07") in withheld_months(home)) == (people < 5)
    batches.undo(home, batches.manifests(home)[-1].batch)
    warehouse.rebuild(home)
    assert differences(home) == []


def test_only_the_year_of_a_changed_month_is_withheld_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home(tmp_path)
    for year in (2024, 2025):
        for community in "abc":
            with_volunteers(home, community, 2, 3 if community == "a" else 9, year)
    warehouse.rebuild(home)
    asked: list[list[str]] = []
    find = withhold._find_secret

    def note(con: duckdb.DuckDBPyConnection, stocks: list[Any], years: list[str]) -> None:
        asked.append(years)
        find(con, stocks, years)

    monkeypatch.setattr(withhold, "_find_secret", note)
    with_volunteers(home, "b", 2, 2, 2025)
    warehouse.rebuild(home)
    assert {year for years in asked for year in years} == {"2025"}
    assert differences(home) == []


def test_of_a_large_home_exact_values_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home(tmp_path)
    for community in "abc":
        with_volunteers(home, community, 2, 9)
    first = warehouse.rebuild(home)
    monkeypatch.setattr(publish, "STAGED_BYTES", 0)
    between: list[tuple[str, bool, list[float], list[float]]] = []

    def look(con: duckdb.DuckDBPyConnection, carried: Carried, made_of: Inputs) -> None:
        here = warehouse.current(home)
        month = "where metric = 'active_volunteers' and community = 'b' and period = '2024-02'"
        exact, published = (
            [row["value"] for row in here.rows(f"select value from {table} {month} limit 1")]
            for table in ("metric_values", "published_values")
        )
        between.append((here.version, here.is_being_checked, exact, published))
        publish_counts(con, carried, made_of)

    monkeypatch.setattr(publish, "publish_counts", look)
    with_volunteers(home, "b", 2, 8)
    last = warehouse.rebuild(home)
    assert (first.stem, last.stem) == ("000001", "000003")
    assert between == [("000002", True, [8.0], [9.0])]
    assert not warehouse.current(home).is_being_checked
    assert differences(home) == []


def test_what_an_interrupted_build_has_not_published_is_published_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home(tmp_path)
    for community in "abc":
        with_volunteers(home, community, 2, 9)
    warehouse.rebuild(home)
    monkeypatch.setattr(publish, "STAGED_BYTES", 0)

    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    with_volunteers(home, "b", 2, 8)
    with monkeypatch.context() as interrupted:
        interrupted.setattr(publish, "publish_counts", stop)
        with pytest.raises(KeyboardInterrupt):
            warehouse.rebuild(home)
    assert warehouse.current(home).is_being_checked
    warehouse.rebuild(home)
    assert not warehouse.current(home).is_being_checked
    assert differences(home) == []


def with_points(home: Path, community: str, month: int, people: int, year: int = 2024) -> None:
    """A month in which so many people were granted points, each once."""
    first = date(year, month, 1)
    rows: list[dict[str, object]] = [
        {
            "day": first + timedelta(days=person),
            "kind": "earn",
            "points": 5,
            "source_row": {"file": 1, "sheet": 1, "row": person + 2},
            "name_key": f"{community}{person}",
        }
        for person in range(people)
    ]
    add_batch(home, community, "points", Span(first, first + timedelta(days=27)), rows)


@pytest.mark.parametrize(
    ("before", "after", "years"),
    [
        (9, 8, {"2025"}),  # few moved the stock nowhere
        (3, 2, {"2025"}),  # nor elsewhere than before
        (9, 3, {"2024", "2025"}),  # now they did, so no level of any year is published
        (3, 9, {"2024", "2025"}),
        (3, 0, {"2024", "2025"}),
    ],
)
def test_years_of_a_stock_stay_where_few_moved_it_as_before(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: int,
    after: int,
    years: set[str],
) -> None:
    few = {name: ALL_METRICS[name] for name in ("points_balance", "points_earned")}
    monkeypatch.setattr(catalog, "metrics", lambda: few)
    home = new_home(tmp_path)
    for year in (2024, 2025):
        for community in "abc":
            with_points(home, community, 2, before if (community, year) == ("b", 2025) else 9, year)
    warehouse.rebuild(home)
    asked: set[str] = set()
    find = withhold._find_secret

    def note(con: duckdb.DuckDBPyConnection, stocks: list[Any], years: list[str]) -> None:
        asked.update(years)
        find(con, stocks, years)

    monkeypatch.setattr(withhold, "_find_secret", note)
    with_points(home, "b", 2, after, 2025)
    warehouse.rebuild(home)
    assert asked == years
    assert differences(home) == []
    batches.undo(home, batches.manifests(home)[-1].batch)
    warehouse.rebuild(home)
    assert differences(home) == []


def test_a_month_that_goes_takes_what_few_moved_in_it_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {name: ALL_METRICS[name] for name in ("points_balance", "points_earned")}
    monkeypatch.setattr(catalog, "metrics", lambda: few)
    home = new_home(tmp_path)
    for community in "abc":
        with_points(home, community, 2, 9)
    warehouse.rebuild(home)
    with_points(home, "b", 1, 2, 2025)
    warehouse.rebuild(home)
    assert differences(home) == []
    batches.undo(home, batches.manifests(home)[-1].batch)
    warehouse.rebuild(home)
    assert differences(home) == []
