"""A home of three communities that grows batch by batch, and what the plain build makes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import duckdb
import pyarrow as pa
import pytest

from lingti import catalog, district, warehouse
from lingti.ingest.checking.coverage import Span
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import Manifest
from lingti.warehouse import plain
from lingti.warehouse.inputs import inputs_of

DISTRICT = """
id = "district"
name = { zh = "区", en = "District" }
starts_on = 2024-01-01
"""
COMMUNITY = """
[[community]]
id = "{id}"
name = {{ zh = "{id}", en = "{id}" }}
since = {since}
residents = 1000
households = 400
population_as_of = 2023-12-31
"""
EXPECTED = """
[[expected]]
community = "{id}"
tables = ["service", "points", "partnerships", "concerns", "visits"]
from = {since}
"""
# The last of the communities begins later, so that some of its rows lie before its start.
SINCE = {"a": date(2024, 1, 1), "b": date(2024, 1, 1), "c": date(2024, 3, 1)}
REPLACES = {
    "service": "days",
    "points": "days",
    "partnerships": "all",
    "concerns": "key",
    "visits": "days",
    "totals": "days",
}
METRICS = ("active_volunteers", "volunteer_hours", "partners_active", "concerns_open",
           "days_to_resolve", "households_visited_share", "findings_count", "hours_per_volunteer",
           "estates_served", "reviewed_within_week_share", "points_balance",
           "points_earned", "points_deducted")  # fmt: skip
PROGRAM = catalog.program()


def know_only(monkeypatch: pytest.MonkeyPatch, names: Iterable[str]) -> None:
    """Lets the program have these metrics alone."""
    few = {name: PROGRAM.metrics[name] for name in names}
    known = replace(PROGRAM, metrics=few, fingerprint=repr(sorted(few)))
    monkeypatch.setattr(catalog, "program", lambda: known)


def new_home(folder: Path, expecting: str = "abc") -> Path:
    """A home of three communities; from those of `expecting` every table is expected."""
    blocks = [COMMUNITY.format(id=one, since=day) for one, day in SINCE.items()]
    blocks += [EXPECTED.format(id=one, since=SINCE[one]) for one in expecting]
    (folder / "district.toml").write_text(DISTRICT + "".join(blocks), "utf-8")
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
    types = catalog.program().tables[table].stored_types
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
        told: dict[str, object] = {"hours": random.choice([1, 2.5])} if table == "service" else {
            "kind": random.choice(["earn", "deduct"]), "points": random.randint(1, 9)}  # fmt: skip
        if table == "service" and random.random() < 0.2:
            told |= {"through": day + timedelta(days=random.choice([3, 27]))}
        return {"day": day, "source_row": where, **known, **told}
    if table == "totals":
        through = random.choice([None, day + timedelta(days=6)])
        counted = {"measure": random.choice(["hours", "visits"]), "value": random.randint(1, 9)}
        people = random.choice([None, 3, 12])
        return {"day": day, "through": through, "people": people, "source_row": where, **counted}
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
        tables=("totals", "service", "visits") if table == "totals" else (table,),
        covers=(covers,),
        imported_at="2025-01-03T09:00:00+08:00",
        imported_by="test",
        files=(batches.ExportFile("a.csv", "0" * 64, 0, ("",)),),
        counts=counts,
        rows={table: rows},
        mapping=mapping_of(number, table),
    )


def mapping_of(number: int, table: str) -> dict[str, object]:
    """Every third batch of concerns comes from a sheet without the day of review."""
    lacks = table == "concerns" and number % 3 == 0
    columns = {"day": "提出日期", "resolved_on": "办结日期"}
    return {"feeds": [{"table": table, "columns": columns}]} if lacks else {}


def differences(home: Path) -> list[str]:
    """The tables of the published warehouse that are not as the plain build makes them."""
    path = warehouse.current(home).path
    with duckdb.connect() as con:
        plain.build(con, inputs_of(district.load(home)))
        con.execute(f"attach '{path}' as published (read_only)")
        names = con.execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'published' and table_name <> 'made_of'"
        ).fetchall()
        return [
            name
            for (name,) in names
            if con.execute(
                f"(from main.{name} except all from published.{name}) union all"
                f" (from published.{name} except all from main.{name})"
            ).fetchall()
        ]


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
