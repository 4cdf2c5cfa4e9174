"""Homes of a district that is half set up, as they come about on the way to a whole one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from import_kit import csv_file

from lingti import district, entries
from lingti.district import change, settings
from lingti.district.typed_lists import Typed
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.judging import publication
from lingti.upkeep import setting_up

BY = "clerk"
_SOURCES = {
    "service": ({"day": "日期", "name": "姓名", "activity": "活动", "hours": "时长"}, "服务"),
    "points": (
        {
            "day": "日期",
            "name": "姓名",
            "kind": {"column": "类型", "values": {"奖励": "earn", "扣减": "deduct"}},
            "points": "积分",
        },
        "积分",
    ),
}


def no_home(home: Path) -> None:
    """A folder that does not exist."""


def empty(home: Path) -> None:
    """What `lingti init` leaves."""
    setting_up.init(home, BY)


def named(home: Path, *communities: Typed) -> None:
    """A district with communities and nothing else."""
    setting_up.begin(home, BY)
    change.district(home, {"name": "清河区", "programme": "幸福来敲门"}, BY)
    change.add_communities(home, communities, (), date(2026, 1, 1), BY)


def one_community(home: Path) -> None:
    named(home, Typed("望江社区", "城东街道", 5200, 1800, date(2025, 12, 31), "暖心食堂"))


def no_population(home: Path) -> None:
    named(home, Typed("望江社区"), Typed("临河社区"))
    sent(home, "望江", "service", hours((3, 1), (3, 9), (4, 2), (5, 20)), "2026-03-01/2026-05-31")


def no_expectation(home: Path) -> None:
    named(home, Typed("望江社区", "", 5200, 1800), Typed("临河社区", "", 4100, 1500))
    sent(home, "望江", "service", hours((1, 5), (2, 9), (3, 1), (4, 2)), "2026-01-01/2026-04-30")
    sent(home, "临河", "service", hours((3, 5), (3, 9)), "2026-03")


def one_month(home: Path) -> None:
    named(home, Typed("望江社区", "", 5200, 1800))
    sent(home, "望江", "service", hours((3, 1), (3, 9)), "2026-03")


def only_negative_balances(home: Path) -> None:
    named(home, Typed("望江社区", "", 5200, 1800))
    rows = [
        ["日期", "姓名", "类型", "积分"],
        *(["2026-03-04", f"王{n}", "扣减", "-5"] for n in "甲乙丙"),
    ]
    sent(home, "望江", "points", rows, "2026-03")


def forty_communities(home: Path) -> None:
    named(home, *(Typed(f"第{n}社区", f"第{n % 3}街道", 3000 + n, 900) for n in range(1, 41)))
    sent(home, "第7", "service", hours((3, 1), (3, 9)), "2026-03")


def added_a_minute_ago(home: Path) -> None:
    no_expectation(home)
    publication.rebuild(home)
    known = district.load(home).communities
    change.add_communities(home, [Typed("新桥社区", "", 900)], known, date(2026, 11, 1), BY)


def wrong_entry(home: Path) -> None:
    one_month(home)
    entries.add(home, settings.PREFIX + "population", "望江/2026-05-01", {"residents": "多"}, BY)


def wrong_file(home: Path) -> None:
    home.mkdir()
    (home / "district.toml").write_text("name = “清河区”\n", "utf-8")


STATES: dict[str, Callable[[Path], None]] = {
    one.__name__: one
    for one in (
        *(no_home, empty, one_community, no_population, no_expectation, one_month),
        *(only_negative_balances, forty_communities, added_a_minute_ago),
        *(wrong_entry, wrong_file),
    )
}


def hours(*days: tuple[int, int]) -> list[list[str]]:
    """A sheet of service: an hour of each of three persons on each (month, day) of 2026."""
    rows = [
        [f"2026-{month:02d}-{day:02d}", f"王{name}", "植树", "1"]
        for month, day in days
        for name in "甲乙丙"
    ]
    return [["日期", "姓名", "活动", "时长"], *rows]


def sent(home: Path, community: str, table: str, rows: Sequence[Sequence[str]], covers: str) -> int:
    """A sheet of a community, whose columns were decided on the import page; its batch."""
    columns, title = _SOURCES[table]
    source_id = f"{community}_{table}"
    value = {
        "community": community,
        "title": {"zh": title, "en": table},
        "replaces": "days",
        "feed": [{"table": table, "columns": columns}],
    }
    entries.add(home, "source", source_id, value, BY)
    request = Request(community, ((f"{title}.csv", csv_file(rows)),), source_id, covers)
    (outcome,) = imports.run(district.load(home), request, BY)
    batch = outcome.plan.batch if outcome.plan else None
    assert batch is not None, outcome.as_json()
    return batch
