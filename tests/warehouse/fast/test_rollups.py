"""The quick way to compute metrics finds exactly what the plain template finds."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from exhaustive import part
from kit import insert, small_warehouse

from lingti import catalog, warehouse
from lingti.catalog import PERSON, Table
from lingti.warehouse import plain
from lingti.warehouse.fast import rollups
from lingti.warehouse.fast.shared_facts import by_facts

Connection = duckdb.DuckDBPyConnection
METRICS = list(catalog.program().metrics.values())


def differences(con: Connection) -> list[tuple[Any, ...]]:
    """The rows that only one of the two ways finds, at most ten."""
    con.execute("delete from metric_values")
    plain.measure(con, METRICS)
    con.execute("create or replace temp table plain_values as from metric_values")
    con.execute("delete from metric_values")
    rollups.measure_all(con, METRICS)
    return con.execute("""
        (select 'plain', * from (from plain_values except all from metric_values))
        union all
        (select 'quick', * from (from metric_values except all from plain_values))
        order by all limit 10
    """).fetchall()


def test_on_the_sample_every_value_is_the_same(sample_home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(warehouse.current(sample_home).path.read_bytes())
    with duckdb.connect(str(copy)) as con:
        assert differences(con) == []


@pytest.mark.parametrize("seed", part(range(6), 2))
def test_on_random_rows_every_value_is_the_same(seed: int) -> None:
    random = Random(seed)
    tables = catalog.program().tables
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
        begins={"b": random.choice(["2024-01-01", "2024-03-11"]), "c": "2024-02-01"},
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
    if row.get("through") is not None:
        row["through"] = row["day"] + timedelta(days=random.randint(0, 40))
    return row


def test_metrics_that_share_facts_leave_out_none() -> None:
    found = by_facts(METRICS)
    assert sorted(one.name for facts in found for one in facts.metrics) == sorted(
        one.name for one in METRICS
    )
    together = [[one.name for one in facts.metrics] for facts in found]
    # Hours are also known of totals, which leave out persons: these are no facts of the others.
    assert ["volunteer_hours"] in together
    assert ["active_volunteers", "hours_per_volunteer"] in together
    assert len(found) < len(METRICS)


def test_medians_and_stocks_that_end_keep_to_the_plain_template() -> None:
    not_rolled_up = {
        one.name for facts in by_facts(METRICS) if not facts.can_roll_up for one in facts.metrics
    }
    assert {"days_to_resolve", "partners_active", "concerns_open"} <= not_rolled_up
    assert not {"volunteer_hours", "points_balance", "households_visited_share"} & not_rolled_up
