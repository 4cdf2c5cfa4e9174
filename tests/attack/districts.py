"""Small districts made by chance, of which nearly everything rests on few people."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import duckdb
from kit import small_warehouse

from attack.small import CASES, PERSONS
from lingti import catalog
from lingti.warehouse import fast, withhold

START = date(2024, 1, 1)


def by_chance(chance: random.Random) -> duckdb.DuckDBPyConnection:
    """A district of 2 to 5 communities over half a year, published."""
    places = "abcde"[: chance.randint(2, 5)]
    chosen = chance.choice([["service"], ["points", "redemptions"], ["training"], ["concerns"]])
    rows = {table: [make(chance, places) for _ in range(chance.randint(5, 90))]
            for table, make in MADE.items() if table in chosen}  # fmt: skip
    con = small_warehouse(rows, population=dict.fromkeys(places, (100, 40)))
    known = catalog.program().metrics
    metrics = [known[name] for name in (*PERSONS, *CASES) if set(known[name].tables) <= set(rows)]
    fast.measure_all(con, metrics)
    withhold.publish_values(con, metrics)
    return con


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
