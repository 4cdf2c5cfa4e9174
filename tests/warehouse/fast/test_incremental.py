"""A build that takes over what has not changed comes out, row for row, as a full one."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest
from exhaustive import count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from incremental_kit import (
    METRICS,
    add_batch,
    add_random_batch,
    differences,
    know_only,
    new_home,
    stored_row,
)

from lingti import catalog, entries, warehouse
from lingti.district import Target, change, journal
from lingti.ingest.checking.coverage import Span
from lingti.ingest.keeping import batches
from lingti.warehouse import publish
from lingti.warehouse.fast import incremental
from lingti.warehouse.fast.rollups import measure_all


@pytest.fixture(autouse=True)
def few_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven metrics of every kind and window, so that many builds take little time."""
    know_only(monkeypatch, METRICS)


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "add", "add", "undo", "redo", "alias"]), st.integers(0, 999)),
    min_size=2,
    max_size=5,
)


@settings(max_examples=count(10, 3), deadline=None, suppress_health_check=list(HealthCheck))
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


SET = ("add", "add", "undo", "population", "expect", "until")


@settings(max_examples=count(6, 2), deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.sampled_from(SET), st.integers(0, 999)), min_size=2, max_size=5))
def test_the_same_where_nothing_was_expected_and_settings_change(
    steps: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = new_home(Path(folder), expecting="a")
        add_random_batch(home, 0)
        warehouse.rebuild(home)
        for action, seed in steps:
            set_or_take(home, action, seed)
            warehouse.rebuild(home)
            assert differences(home) == [], (action, seed)
        publish._opened.clear()


def set_or_take(home: Path, action: str, seed: int) -> None:
    """One step, or a change of a setting: of a population, an expectation, a last day."""
    community, first = "abc"[seed % 3], date(2024, 1 + seed % 5, 1)
    if action == "population":
        change.population(home, community, first, {"residents": 900 + seed}, "test")
    elif action == "expect":
        change.expectation(home, community, "service", first, "month", "test")
    elif action == "until":
        change.enter(home, "community", community, {"until": str(first)}, "test")
    else:
        take(home, action, seed)


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

    monkeypatch.setattr("lingti.warehouse.fast.building.measure_all", note)
    monkeypatch.setattr("lingti.warehouse.fast.changed_values.measure_all", note)
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
    for row in rows:  # sums of several days would be measured of all rows
        row.pop("through", None)
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

    monkeypatch.setattr("lingti.warehouse.fast.changed_values.measure_all", note)
    april = Span(date(2024, 4, 1), date(2024, 4, 30))
    one = {"file": 1, "sheet": 1, "row": 2}
    add_batch(home, "b", "service", april, [
        {"day": date(2024, 4, 9), "hours": 3, "source_row": one, "name_key": "n1"}])  # fmt: skip
    warehouse.rebuild(home)
    periods = ["2024", "2024-04", "2024-Q2", "programme"]
    assert asked == [(["b"], periods), ([], periods)]  # as it is now, and as it was
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


@pytest.mark.parametrize("room", ["warehouse", "judging"])
def test_what_a_new_version_makes_otherwise_is_built_anew(room: str) -> None:
    files = (catalog.QUERIES.parent / "lingti" / room).rglob("*")
    there = {path for path in files if path.suffix in (".py", ".csv")}
    assert there - {*incremental.code_files()} == set()
