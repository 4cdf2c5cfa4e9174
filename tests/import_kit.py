"""A tiny district and tiny exports, for tests of importing."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import xlsxwriter

from lingti import catalog, district, warehouse
from lingti.district import District
from lingti.ingest import imports
from lingti.ingest.imports import Outcome, Request
from lingti.warehouse import description, plain
from lingti.warehouse.inputs import inputs_of

Rows = Sequence[Sequence[Any]]
SERVICE = ["服务日期", "姓名", "电话", "活动", "时长"]
TICKETS = ["工单号", "受理日期", "类别", "办结日期"]
MERCHANTS = ["商家", "签约日期", "终止日期"]
LEDGER = ["日期", "姓名", "类型", "积分", "物品"]

# Who signed in on which day; each row has the same hours.
SIGNED_IN = """
community = "east"
title = {{ zh = "签到表", en = "Signed in" }}
replaces = "days"
[[feed]]
table = "service"
[feed.columns]
day = "日期"
name = "姓名"
hours = {{ constant = "{hours}" }}
"""

_COMMUNITY = """
[[community]]
id = "{id}"
name = {{ zh = "{zh}社区", en = "{en}" }}
short = {{ zh = "{zh}", en = "{en}" }}
residents = 1000
households = 400
population_as_of = 2023-12-31
since = 2024-01-01
"""
_DISTRICT = """
name = { zh = "区", en = "District" }
starts_on = 2024-01-01
[[expected]]
community = "east"
tables = ["service", "concerns", "partnerships", "points", "redemptions"]
from = 2024-01-01
"""
_SOURCES = {
    "east_service": """
community = "east"
title = { zh = "志愿服务", en = "Service" }
replaces = "days"
[[feed]]
table = "service"
[feed.columns]
day = "服务日期"
name = "姓名"
phone = "电话"
activity = "活动"
hours = "时长"
""",
    "east_tickets": """
community = "east"
title = { zh = "工单", en = "Tickets" }
replaces = "key"
key = "工单号"
[[feed]]
table = "concerns"
[feed.columns]
day = "受理日期"
category = "类别"
resolved_on = "办结日期"
""",
    "east_merchants": """
community = "east"
title = { zh = "商家名册", en = "Merchants" }
replaces = "all"
[[feed]]
table = "partnerships"
[feed.columns]
merchant = "商家"
signed_on = "签约日期"
ended_on = "终止日期"
""",
    "east_ledger": """
community = "east"
title = { zh = "积分台账", en = "Ledger" }
replaces = "days"
[[feed]]
table = "points"
unless = { "类型" = ["兑换"] }
[feed.columns]
day = "日期"
name = "姓名"
kind = { column = "类型", values = { "奖励" = "earn" } }
points = "积分"
[[feed]]
table = "redemptions"
when = { "类型" = ["兑换"] }
[feed.columns]
day = "日期"
name = "姓名"
item = "物品"
kind = { constant = "goods" }
quantity = { constant = "1" }
points = { column = "积分", sign = "abs" }
""",
}


def home_with_sources(home: Path, extra: Mapping[str, str] | None = None) -> District:
    """A home with two communities; `east` has four sources. `extra` adds others by id."""
    (home / "sources").mkdir(parents=True, exist_ok=True)
    communities = [("east", "东街", "East"), ("west", "西街", "West")]
    text = _DISTRICT + "".join(_COMMUNITY.format(id=i, zh=zh, en=en) for i, zh, en in communities)
    (home / "district.toml").write_text(text, "utf-8")
    for name, source in {**_SOURCES, **(extra or {})}.items():
        (home / "sources" / f"{name}.toml").write_text(source, "utf-8")
    (home / "keys").mkdir(exist_ok=True)
    (home / "keys" / "pseudonyms.key").write_bytes(b"the same in every test".ljust(32, b"\0"))
    return district.load(home)


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """An xlsx with a sheet per entry; dates are written as dates."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, day)
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return out.getvalue()


def csv_file(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    """A CSV as spreadsheets write it."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def service(*rows: Sequence[Any]) -> bytes:
    """A CSV of volunteer service: day, name, phone, activity, hours per row."""
    return csv_file([SERVICE, *rows])


def plan_of(home: District, data: bytes, name: str = "导出.csv", **said: Any) -> Outcome:
    """The dry run of one file of `east`."""
    (outcome,) = imports.dry_run(home, Request("east", ((name, data),), **said))
    return outcome


def bring_in(home: District, *files: tuple[str, bytes], **said: Any) -> list[dict[str, Any]]:
    """Imports files of `east`; the documents the command line would print."""
    outcomes = imports.run(home, Request("east", files, **said), "secretary")
    return [document for one in outcomes for document in one.as_json()]


def take(home: District, data: bytes, name: str = "导出.csv", **said: Any) -> dict[str, Any]:
    """Imports one file of `east`; its document."""
    (document,) = bring_in(home, (name, data), **said)
    return document


def counts(document: Mapping[str, Any]) -> tuple[int, int, int, int]:
    """accepted, already present, quarantined, set aside; with the outdated, what was read."""
    found = tuple(
        document[name] for name in ("accepted", "already_present", "quarantined", "set_aside")
    )
    assert sum(found) + document["outdated"] == document["read"]
    return found


def metric_values(home: District) -> list[tuple[Any, ...]]:
    """Every number, after a rebuild."""
    warehouse.rebuild(home.home)
    rows = warehouse.current(home.home).rows("from metric_values order by all")
    return [tuple(row.values()) for row in rows]


def everything(home: Path) -> str:
    """All that lies in a home, as text: files as they are, rows of batches and warehouses."""
    parts = []
    files = [one for one in home.rglob("*") if one.is_file() and "sources" not in str(one)]
    with TemporaryDirectory() as folder:
        for path in sorted(files):
            parts += [str(path), path.read_bytes().decode("utf-8", "ignore")]
            if path.suffix == ".parquet":
                rows = duckdb.execute(f"from {catalog.parquet_sql([str(path)])}").fetchall()
                parts += map(str, rows)
            elif path.suffix == ".duckdb":  # others may have it open in their own way
                with duckdb.connect(shutil.copy(path, folder), read_only=True) as con:
                    for (name,) in con.execute("select table_name from duckdb_tables()").fetchall():
                        parts += map(str, con.execute(f'from "{name}"').fetchall())
    return "\n".join(parts)


def stored(home: District, table: str, columns: str) -> list[tuple[Any, ...]]:
    """The rows of a canonical table that count."""
    with duckdb.connect() as con:
        inputs = inputs_of(home)
        plain.create_tables(con, catalog.program())
        description.fill_batches(con, home, inputs.manifests)
        plain.load_rows(con, inputs)
        return con.execute(f"select {columns} from {table} order by all").fetchall()
