"""A topic of a home's own, as pages make it: meals served, by day, place and way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from half_set_up_kit import BY, named
from import_kit import csv_file

from lingti import district
from lingti.catalog import own
from lingti.catalog.own import Amount, OwnColumn, OwnMetric, OwnTable
from lingti.district.typed_lists import Typed
from lingti.ingest import imports
from lingti.ingest.imports import Request

HEAD = ["就餐日期", "助餐点", "就餐方式", "份数"]
MEALS = OwnTable(
    "own_助餐登记",
    "助餐登记",
    "每次助餐一行",
    "养老服务",
    (
        OwnColumn("day", "就餐日期", own.DAY),
        OwnColumn("助餐点", "助餐点", own.PLACE),
        OwnColumn("就餐方式", "就餐方式", own.CATEGORY),
        OwnColumn("份数", "份数", own.NUMBER, "份", required=True),
    ),
)
SERVED = OwnMetric(
    "own_供餐份数",
    "供餐份数",
    "份",
    "期内助餐登记的份数之和。",
    "up",
    "养老服务",
    MEALS.name,
    Amount("sum", "份数"),
    dimensions=("助餐点", "就餐方式"),
    words=("供餐数量",),
)
DELIVERED = OwnMetric(
    "own_送餐率",
    "送餐率",
    "%",
    "期内送餐上门的份数占全部份数的比例。",
    "up",
    "养老服务",
    MEALS.name,
    Amount("sum", "份数", "就餐方式", ("送餐上门",)),
    Amount("sum", "份数"),
    decimals=1,
)
# What three days of March came to.
ROWS = [
    ["2026-03-02", "一号点", "堂食", "30"],
    ["2026-03-02", "二号点", "送餐上门", "10"],
    ["2026-03-09", "一号点", "送餐上门", "10.5份"],
]


def made(home: Path, *metrics: OwnMetric, table: OwnTable = MEALS) -> None:
    """A district of two communities with a table of its own and metrics over it."""
    named(home, Typed("望江社区", "", 1000, 400), Typed("临河社区", "", 2000, 800))
    own.enter_table(home, table, BY)
    for one in metrics:
        own.enter_metric(home, one, BY)


def sent(
    home: Path,
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    head: Sequence[str] = HEAD,
    community: str = "望江",
    covers: str = "2026-03",
) -> dict[str, object]:
    """Imports a sheet of a community; what came of it."""
    data = csv_file([list(head), *map(list, rows)])
    request = Request(community, (("助餐.csv", data),), None, covers)
    (outcome,) = imports.run(district.load(home), request, BY)
    (told,) = outcome.as_json()
    return told
