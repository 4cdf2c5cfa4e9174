"""The quick way to compute metrics finds exactly what the plain template finds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from kit import insert, small_warehouse

from lingti import catalog, warehouse
from lingti.catalog import PERSON, Metric, Table
from lingti.warehouse.fast import rollups
from lingti.warehouse.fast.shared_facts import families
from lingti.warehouse.template import COLUMNS, measure_sql

Connection = duckdb.DuckDBPyConnection
METRICS = list(catalog.metrics().values())


def plainly(con: Connection, metrics: Iterable[Metric]) -> None:
    """Computes `metric_values` one metric at a time by the template that defines them."""
    con.execute("create or replace temp view weeks as from periods where grain = 'week'")
    con.execute("create or replace temp view others as from periods where grain <> 'week'")
    for metric in metrics:
        for periods, dimensions in (("weeks", ()), ("others", metric.dimensions)):
            sql = measure_sql(metric, periods=periods, dimensions=dimensions)
            con.execute(f"insert into metric_values ({COLUMNS}) {sql}")


def differences(con: Connection) -> list[tuple[Any, ...]]:
    """The rows that only one of the two ways finds, at most ten."""
    con.execute("delete from metric_values")
    plainly(con, METRICS)
    con.execute("create or replace temp table plain as from metric_values")
    con.execute("delete from metric_values")
    rollups.measure_all(con, METRICS)
    return con.execute("""
        (select 'plain', * from (from plain except all from metric_values))
        union all
        (select 'quick', * from (from metric_values except all from plain))
        order by all limit 10
    """).fetchall()


def test_on_the_sample_every_value_is_the_same(sample_home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(warehouse.current(sample_home).path.read_bytes())
    with duckdb.connect(str(copy)) as con:
        assert differences(con) == []


@pytest.mark.parametrize("seed", range(6))
def test_on_random_rows_every_value_is_the_same(seed: int) -> None:
    random = Random(seed)
    tables = catalog.tables()
    rows = {
        name: [random_row(random, table) for _ in range(random.randint(0, 60))]
        for name, table in tables.items()
    }
    covered = {
        (community, name): random.choice([[], [("2024-01-10", "2024-04-20")], None])
        for community in "abc"
        for name in tables
    }
    con = small_warehouse(
        {},
        population={"a": (1000, 400), "b": (1000, 400), "c": (0, 0)},
        expected={"a": list(tables), "b": random.sample(list(tables), 7), "c": ["service"]},
        covered={key: spans for key, spans in covered.items() if spans is not None},
        starts_on=random.choice(["2024-01-01", "2024-01-17", "2023-02-28"]),
        last_day=random.choice(["2024-06-30", "2024-05-09"]),
    )
    for name, found in rows.items():
        for row in found:
            insert(con, name, [row])
    assert differences(con) == []


def random_row(random: Random, table: Table) -> dict[str, Any]:
    """A row whose cells are few different ones, often empty, on days in and around the year."""
    row: dict[str, Any] = {"community": random.choice("aaabbc")}
    for column in table.columns:
        if column.name == PERSON:
            row[column.name] = f"r{random.randint(1, 9)}"
        elif random.random() < 0.2 and not column.required:
            row[column.name] = None
        elif column.allowed:
            row[column.name] = random.choice(column.allowed)
        elif column.type == "date":
            row[column.name] = date(2023, 11, 1) + timedelta(days=random.randint(0, 330))
        elif column.type == "boolean":
            row[column.name] = random.random() < 0.5
        elif column.type == "varchar":
            row[column.name] = random.choice(["x", "y", " ", "z"])
        else:
            low, high = column.low or 0, min(column.high or 20, 20)
            row[column.name] = round(random.uniform(low, high)) if high > low else high
    return row


def test_families_share_rows_and_leave_out_none() -> None:
    found = families(METRICS)
    assert sorted(one.name for family in found for one in family.metrics) == sorted(
        one.name for one in METRICS
    )
    (volunteering,) = (
        [one.name for one in family.metrics]
        for family in found
        if "volunteer_hours" in [one.name for one in family.metrics]
    )
    assert volunteering == ["active_volunteers", "hours_per_volunteer", "volunteer_hours"]
    assert len(found) < len(METRICS)


def test_medians_and_stocks_that_end_keep_to_the_plain_template() -> None:
    plain = {
        one.name for family in families(METRICS) if not family.can_roll_up for one in family.metrics
    }
    assert {"days_to_resolve", "partners_active", "concerns_open"} <= plain
    assert not {"volunteer_hours", "points_balance", "households_visited_share"} & plain
