"""Small districts made by chance, of which nearly everything rests on few people."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import duckdb
from kit import small_warehouse

from attack.small import CASES, PERSONS
from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.warehouse import fast, withhold

START = date(2024, 1, 1)
Rows = dict[str, list[dict[str, Any]]]


def by_chance(chance: random.Random) -> duckdb.DuckDBPyConnection:
    """A district of 2 to 5 communities over half a year, published."""
    places = "abcde"[: chance.randint(2, 5)]
    con, metrics = _measured(places, rows_by_chance(chance, places))
    withhold.publish_values(con, metrics)
    return con


def areas_by_chance(
    chance: random.Random,
) -> tuple[duckdb.DuckDBPyConnection, list[duckdb.DuckDBPyConnection]]:
    """A published district of two or three areas of 2 to 5 communities, and each area by itself.

    An area is told what is published of its communities, and what all of them come to wherever
    the district's number is.
    """
    sizes = [chance.randint(2, 5) for _area in range(chance.randint(2, 3))]
    places = "abcdefghijklmno"[: sum(sizes)]
    rows = rows_by_chance(chance, places, len(sizes))
    con, metrics = _measured(places, rows)
    parts = [places[sum(sizes[:at]) :][:size] for at, size in enumerate(sizes)]
    for number, part in enumerate(parts, 1):
        con.executemany("insert into areas values (?, ?)", [(place, number) for place in part])
    withhold.publish_values(con, metrics)
    published = con.sql("from published_values").to_arrow_table()
    alone = []
    for part in parts:
        theirs = {
            table: [row for row in found if row["community"] in part]
            for table, found in rows.items()
        }
        area, _metrics = _measured(part, theirs)
        area.register("published", published)
        told = (
            "(select metric, grain, period, dimension, member, state from published"
            f" where community = '{DISTRICT}')"
        )
        area.execute(f"""
            insert into published_values by name
            select published.* from published semi join communities using (community)
            union all by name
            select own.* exclude (is_told, people) replace (
                case when is_told then own.value end as value,
                case when is_told then own.numerator end as numerator,
                case when is_told then own.denominator end as denominator,
                case when is_told then own.state else 'withheld' end as state
            )
            from (
                select metric_values.*, told.state <> 'withheld' as is_told
                from metric_values join {told} as told
                    on metric_values.metric = told.metric
                    and metric_values.grain = told.grain
                    and metric_values.period = told.period
                    and metric_values.dimension is not distinct from told.dimension
                    and metric_values.member is not distinct from told.member
                where community = '{DISTRICT}'
            ) as own
        """)
        area.unregister("published")
        alone.append(area)
    return con, alone


def rows_by_chance(chance: random.Random, places: str, times: int = 1) -> Rows:
    """So many times 5 to 90 rows of each table of one topic."""
    chosen = chance.choice([["service"], ["points", "redemptions"], ["training"], ["concerns"]])
    return {
        table: [make(chance, places) for _row in range(times * chance.randint(5, 90))]
        for table, make in MADE.items()
        if table in chosen
    }


def _measured(places: str, rows: Rows) -> tuple[duckdb.DuckDBPyConnection, list[Metric]]:
    con = small_warehouse(rows, population=dict.fromkeys(places, (100, 40)))
    known = catalog.program().metrics
    metrics = [known[name] for name in (*PERSONS, *CASES) if set(known[name].tables) <= set(rows)]
    fast.measure_all(con, metrics)
    return con, metrics


def _at(chance: random.Random, places: str) -> dict[str, Any]:
    day = START + timedelta(days=chance.randint(0, 170))
    place = chance.choice(places)
    return {"community": place, "day": str(day), "resident": f"{place}{chance.randint(1, 9)}"}


def _later(chance: random.Random, day: str, most: int) -> str | None:
    if chance.random() < 0.3:
        return None
    return str(date.fromisoformat(day) + timedelta(days=chance.randint(0, most)))


def _service(chance: random.Random, places: str) -> dict[str, Any]:
    made = {"hours": chance.randint(1, 3), "category": chance.choice("xyz")}
    return _at(chance, places) | made | {"activity": chance.choice("pq")}


def _points(chance: random.Random, places: str) -> dict[str, Any]:
    kind = chance.choice(["initial", "earn", "deduct"])
    points = -3 if kind == "deduct" else chance.randint(1, 9)
    return _at(chance, places) | {"kind": kind, "reason": "r", "points": points}


def _redemptions(chance: random.Random, places: str) -> dict[str, Any]:
    made = {"item": chance.choice("ij"), "category": "k", "kind": "goods", "quantity": 1}
    return _at(chance, places) | made | {"points": chance.randint(1, 9), "merchant": "m"}


def _training(chance: random.Random, places: str) -> dict[str, Any]:
    made = _at(chance, places) | {"course": chance.choice("uv")}
    completed = _later(chance, made["day"], 30)
    return made | {
        "dispatched_on": made["day"],
        "completed_on": completed,
        "certificate": completed is not None and chance.random() < 0.7,
    }


def _concerns(chance: random.Random, places: str) -> dict[str, Any]:
    made = _at(chance, places)
    del made["resident"]
    return made | {
        "category": chance.choice(["家庭", "停车"]),
        "channel": chance.choice("wx"),
        "resolved_on": _later(chance, made["day"], 30),
    }


MADE = {
    "service": _service,
    "points": _points,
    "redemptions": _redemptions,
    "training": _training,
    "concerns": _concerns,
}
