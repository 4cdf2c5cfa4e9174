"""What is published of a copy that was brought up to date is what a full build publishes."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import duckdb
import pytest
from exhaustive import part
from incremental_kit import (
    METRICS,
    add_random_batch,
    differences,
    know_only,
    new_home,
    with_points,
    with_volunteers,
)

from lingti import warehouse
from lingti.district import areas
from lingti.ingest.keeping import batches
from lingti.warehouse import withhold
from lingti.warehouse.fast import building
from lingti.warehouse.fast.building import publish_counts
from lingti.warehouse.fast.incremental import Changes
from lingti.warehouse.inputs import Inputs


@pytest.fixture(autouse=True)
def few_metrics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven metrics of every kind and window, so that many builds take little time."""
    know_only(monkeypatch, METRICS)


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
        know_only(monkeypatch, names)
        warehouse.rebuild(home)
        assert differences(home) == []


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
    part(
        [
            (3, 9),  # a small cell goes
            (9, 3),  # one comes
            (3, 2),  # it stays small
            (9, 8),  # there is none
        ],
        2,
    ),
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


@pytest.mark.parametrize(("year", "people"), part(product([2024, 2025], [2, 9]), 2))
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


def years_asked(con: duckdb.DuckDBPyConnection) -> list[str]:
    years = con.execute("select distinct left(period, 4) from linked_values").fetchall()
    return [year for (year,) in years]


def test_only_the_year_of_a_changed_month_is_withheld_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home(tmp_path)
    for year in (2024, 2025):
        for community in "abc":
            with_volunteers(home, community, 2, 3 if community == "a" else 9, year)
    warehouse.rebuild(home)
    asked: list[list[str]] = []
    find = withhold.find_withheld_rows

    def note(con: duckdb.DuckDBPyConnection, area: int) -> None:
        asked.append(years_asked(con))
        find(con, area)

    monkeypatch.setattr(withhold, "find_withheld_rows", note)
    with_volunteers(home, "b", 2, 2, 2025)
    warehouse.rebuild(home)
    assert {year for years in asked for year in years} == {"2025"}
    assert differences(home) == []


def test_areas_that_change_are_protected_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home(tmp_path)
    for community in "abc":
        with_volunteers(home, community, 2, 3 if community == "a" else 9, 2024)
    warehouse.rebuild(home)
    month = "2024-02"
    assert withheld_months(home) == [("a", month), ("b", month), ("district", month)]
    monkeypatch.setattr(areas, "COMMUNITIES", 1)
    with_volunteers(home, "b", 3, 9, 2024)
    warehouse.rebuild(home)
    assert withheld_months(home) == [("a", month), ("district", month)]
    assert differences(home) == []


def test_of_a_large_home_exact_values_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = new_home(tmp_path)
    for community in "abc":
        with_volunteers(home, community, 2, 9)
    first = warehouse.rebuild(home)
    monkeypatch.setattr(building, "STAGED_BYTES", 0)
    between: list[tuple[str, bool, list[float], list[float]]] = []

    def look(con: duckdb.DuckDBPyConnection, changes: Changes, inputs: Inputs) -> None:
        here = warehouse.current(home)
        month = "where metric = 'active_volunteers' and community = 'b' and period = '2024-02'"
        exact, published = (
            [row["value"] for row in here.rows(f"select value from {table} {month} limit 1")]
            for table in ("metric_values", "published_values")
        )
        between.append((here.version, here.is_being_checked, exact, published))
        publish_counts(con, changes, inputs)

    monkeypatch.setattr(building, "publish_counts", look)
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
    monkeypatch.setattr(building, "STAGED_BYTES", 0)

    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    with_volunteers(home, "b", 2, 8)
    with monkeypatch.context() as interrupted:
        interrupted.setattr(building, "publish_counts", stop)
        with pytest.raises(KeyboardInterrupt):
            warehouse.rebuild(home)
    assert warehouse.current(home).is_being_checked
    warehouse.rebuild(home)
    assert not warehouse.current(home).is_being_checked
    assert differences(home) == []


@pytest.mark.parametrize(
    ("before", "after"),
    part(
        [
            (9, 8),  # few moved the stock nowhere
            (3, 2),  # nor elsewhere than before
            (9, 3),  # now they did, so no level of any year is published
            (3, 9),
            (3, 0),
        ],
        2,
    ),
)
def test_all_years_of_a_stock_are_worked_out_as_one_level_takes_the_others(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: int,
    after: int,
) -> None:
    know_only(monkeypatch, ("points_balance", "points_earned"))
    home = new_home(tmp_path)
    for year in (2024, 2025):
        for community in "abc":
            with_points(home, community, 2, before if (community, year) == ("b", 2025) else 9, year)
    warehouse.rebuild(home)
    asked: set[str] = set()
    find = withhold.find_withheld_rows

    def note(con: duckdb.DuckDBPyConnection, area: int) -> None:
        asked.update(years_asked(con))
        find(con, area)

    monkeypatch.setattr(withhold, "find_withheld_rows", note)
    with_points(home, "b", 2, after, 2025)
    warehouse.rebuild(home)
    assert asked == {"2024", "2025"}
    assert differences(home) == []
    batches.undo(home, batches.manifests(home)[-1].batch)
    warehouse.rebuild(home)
    assert differences(home) == []


def test_a_month_that_goes_takes_what_few_moved_in_it_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_only(monkeypatch, ("points_balance", "points_earned"))
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
