"""Homes of any size for benchmarks: as CSV exports to import, or as accepted batches at once.

Every community has one source, an app's export that feeds service, points and redemptions. The
days are those of three years; a tenth of the residents of a community cause its events.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from lingti import catalog
from lingti.ingest.checking.coverage import Span
from lingti.ingest.checking.pseudonyms import pseudonyms
from lingti.ingest.keeping import batches

COVERS = Span(date(2022, 1, 1), date(2024, 12, 31))
IN_SUBDISTRICT, TOPICS = 20, 4  # communities of a subdistrict; topics in the district
AT_ONCE = 100  # communities whose events are made together
DAYS = (COVERS.last - COVERS.first).days + 1
TABLES = ("service", "points", "redemptions")

_SOURCE = """community = "{community}"
title = {{ zh = "应用导出", en = "App export" }}
replaces = "days"

[[feed]]
table = "service"
when = {{ "记录" = ["服务"] }}
[feed.columns]
day = "日期"
name = "姓名"
phone = "手机号"
activity = "项目"
category = "类别"
hours = "小时"

[[feed]]
table = "points"
when = {{ "记录" = ["积分"] }}
[feed.columns]
day = "日期"
name = "姓名"
phone = "手机号"
kind = {{ constant = "earn" }}
reason = "项目"
points = "积分"

[[feed]]
table = "redemptions"
when = {{ "记录" = ["兑换"] }}
[feed.columns]
day = "日期"
name = "姓名"
phone = "手机号"
item = "项目"
category = "类别"
kind = {{ constant = "goods" }}
quantity = "数量"
points = "积分"
merchant = "商家"
"""
_DISTRICT = """id = "district"
name = {{ zh = "基准区", en = "Benchmark District" }}
starts_on = {first}
note = {{ zh = "基准测试数据，全部虚构。", en = "Benchmark data, all invented." }}
"""
_COMMUNITY = """
[[community]]
id = "{id}"
name = {{ zh = "社区{number}", en = "Community {number}" }}
topic = {{ zh = "领题{topic}", en = "Topic {topic}" }}
subdistrict = {{ zh = "街道{subdistrict}", en = "Subdistrict {subdistrict}" }}
residents = {residents}
households = {households}
population_as_of = {first}
since = {first}
headlines = ["volunteer_hours", "points_earned", "redemptions", "active_volunteers"]

[[expected]]
community = "{id}"
tables = ["service", "points", "redemptions"]
from = {first}
"""
# One row per event; `scatter` gives the same whole number below `n` every time.
_EVENTS = """
create or replace temp table events as
select
    i,
    i // $each as place,
    ['服务', '服务', '服务', '服务', '服务', '积分', '积分', '积分', '兑换', '兑换'][
        1 + scatter(i, 1, 10)
    ] as record,
    $first::date + scatter(i, 2, $days)::integer as day,
    i // $each * 100000 + scatter(i, 3, $people) as person,
    scatter(i, 4, 12) as subject,
    1 + scatter(i, 5, 6) as amount,
from range($begin, $end) as events(i)
"""
_COLUMNS = {
    "record": "record",
    "day": "day",
    "name": "'测' || person",
    "phone": "'0000' || lpad((person % 100000000)::varchar, 8, '0')",
    "subject": "'项目' || subject",
    "category": "case when subject % 4 > 0 then '类别' || subject % 4 end",
    "hours": "amount / 2",
    "points": "amount * 5",
    "quantity": "case when record = '兑换' then 1 + amount % 2 end",
    "merchant": "case when record = '兑换' and subject > 8 then '商家' || subject end",
}
_HEADER = ("记录", "日期", "姓名", "手机号", "项目", "类别", "小时", "积分", "数量", "商家")


def write(folder: Path, communities: int, events: int, form: str) -> None:
    """Writes a home with that many communities and events; `form` is `exports` or `parquet`."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty")
    names = [f"c{number:04d}" for number in range(1, communities + 1)]
    _write_settings(folder, names)
    if form == "parquet":
        pseudonyms(folder)  # the home's key, so that real exports can be imported on top
    con = _scattering()
    each = max(1, events // communities)
    for begin in range(0, communities, AT_ONCE):
        chosen = names[begin : begin + AT_ONCE]
        numbers = {
            "first": COVERS.first,
            "days": DAYS,
            "each": each,
            "people": max(20, each // 40),
            "begin": begin * each,
            "end": (begin + len(chosen)) * each,
        }
        con.execute(_EVENTS, numbers)
        if form == "parquet":
            _keep_batches(con, folder, begin, chosen)
        else:
            _write_exports(con, folder / "exports", begin, chosen)


def write_month(path: Path, first: date, events: int) -> None:
    """Writes an export of that many events of one community, in the month of the first day."""
    con = _scattering()
    numbers = {"first": first, "days": 28, "each": events, "people": 40, "begin": 0, "end": events}
    con.execute(_EVENTS, numbers)
    _write_export(con, path, 0)


def _write_settings(folder: Path, names: list[str]) -> None:
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    settings = [_DISTRICT.format(first=COVERS.first)]
    for number, name in enumerate(names, start=1):
        residents = 4000 + number * 37 % 9000
        settings.append(
            _COMMUNITY.format(
                id=name,
                number=number,
                topic=1 + number % TOPICS,
                subdistrict=1 + (number - 1) // IN_SUBDISTRICT,
                residents=residents,
                households=residents // 3,
                first=COVERS.first,
            )
        )
        source = _SOURCE.format(community=name)
        (folder / "sources" / f"{name}_app.toml").write_text(source, "utf-8")
    (folder / "district.toml").write_text("".join(settings), "utf-8")


def _write_exports(
    con: duckdb.DuckDBPyConnection, folder: Path, begin: int, names: list[str]
) -> None:
    for place, name in enumerate(names, start=begin):
        (folder / name).mkdir(parents=True)
        _write_export(con, folder / name / "应用导出2022-01-01至2024-12-31.csv", place)


def _write_export(con: duckdb.DuckDBPyConnection, path: Path, place: int) -> None:
    columns = ", ".join(_COLUMNS.values())
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(_HEADER)
        sql = f"select {columns} from events where place = $place order by day, i"
        lines.writerows(con.execute(sql, {"place": place}).fetchall())


def _scattering() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute(
        "create macro scatter(i, salt, n) as"
        " (i * 2654435761 + salt * 91003051486857) % 4294967291 // 7 % n"
    )
    return con


def _keep_batches(con: duckdb.DuckDBPyConnection, home: Path, begin: int, names: list[str]) -> None:
    """One batch per community: each table is made for all of them at once, then cut."""
    made = {table: con.sql(_stored_sql(table)).to_arrow_table() for table in TABLES}
    cuts = {table: _starts(made[table]["place"].to_pylist()) for table in TABLES}
    for place, name in enumerate(names, start=begin):
        tables = {}
        for table, rows in made.items():
            start, size = cuts[table].get(place, (0, 0))
            tables[table] = rows.drop_columns(["place"]).slice(start, size)
        _keep_batch(home, place + 1, name, tables)


def _starts(places: list[int]) -> dict[int, tuple[int, int]]:
    """Place → where its rows start and how many they are, of rows sorted by place."""
    starts = {}
    start = 0
    for place, size in Counter(places).items():
        starts[place] = (start, size)
        start += size
    return starts


def _keep_batch(home: Path, number: int, name: str, tables: dict[str, pa.Table]) -> None:
    rows = {table: len(found) for table, found in tables.items()}
    total = sum(rows.values())
    counts = {"read": total, "accepted": total}
    manifest = batches.Manifest(
        batch=number,
        source=f"{name}_app",
        community=name,
        part="",
        replaces="days",
        tables=TABLES,
        covers=(COVERS,),
        imported_at="2025-01-03T09:00:00+08:00",
        imported_by="benchmark",
        files=(batches.ExportFile("应用导出.csv", "0" * 64, 0, ("",)),),
        counts=counts
        | dict.fromkeys(("already_present", "quarantined", "set_aside", "removed"), 0),
        rows=rows,
        mapping={"title": ["应用导出", "App export"], "feeds": []},
    )
    batches.keep(home, manifest, tables, [])


def _stored_sql(table: str) -> str:
    """The rows of one canonical table as a batch keeps them, in the batch's columns and types."""
    record, ours = {
        "service": ("服务", {"activity": _COLUMNS["subject"]}),
        "points": ("积分", {"kind": "'earn'", "reason": _COLUMNS["subject"]}),
        "redemptions": ("兑换", {"kind": "'goods'", "item": _COLUMNS["subject"]}),
    }[table]
    number = "1 + row_number() over (partition by place order by day, i)"
    made = {
        **_COLUMNS,
        **ours,
        "name_key": "substr(md5('name' || person), 1, 24)",
        "phone_key": "substr(md5('phone' || person), 1, 24)",
        "source_row": f"{{'file': 1, 'sheet': 1, 'row': {number}}}",
    }
    types = catalog.program().tables[table].stored_types
    chosen = ", ".join(
        f"({made.get(name, 'null')})::{kind} as {name}" for name, kind in types.items()
    )
    return f"select {chosen}, place from events where record = '{record}' order by place, day, i"
