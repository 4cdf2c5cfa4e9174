"""What a change is made of, of literal rows: by community, member, flows, people."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import run_lingti
from kit import small_warehouse

from lingti import catalog
from lingti.judging import periods
from lingti.judging.changes import changes
from lingti.judging.changes.change_words import change_sentence
from lingti.judging.changes.changes import Explained
from lingti.warehouse import Warehouse, fast, withhold

Parts = dict[str, dict[str, Any]]


def explained(
    rows: dict[str, list[dict[str, Any]]],
    name: str,
    place: str = "district",
    *,
    published: bool = False,
    **more: Any,
) -> Explained:
    """From April to May 2024."""
    con = small_warehouse(rows, **more)
    metric = catalog.program().metrics[name]
    fast.measure_all(con, [metric])
    withhold.publish_values(con, [metric])
    data = Warehouse(Path("/none/warehouse/1.duckdb"), con)
    months = {one.id: one for one in periods.periods_of(data)["month"]}
    april, may = months["2024-04"], months["2024-05"]
    return changes.explained(data, metric, place, april, may, published=published)


def parts(told: Explained) -> Parts:
    found: Parts = {}
    for by, split in told.splits:
        if split.parts:
            assert sum((part.change for part in split.parts), Decimal(0)) == told.change
        found[by] = {part.name or part.kind: part.change for part in split.parts}
    return found


def cannot(told: Explained) -> dict[str, str]:
    return {by: split.cannot for by, split in told.splits if split.cannot}


def hours(community: str, month: int, hours: float, *residents: str, category: str = "x") -> Any:
    return [
        {"community": community, "day": f"2024-{month:02}-10", "resident": one, "hours": hours}
        | {"category": category, "activity": "y"}
        for one in residents
    ]


SERVICE = [
    *hours("a", 4, 0.1, "p", "q", "r"),
    *hours("b", 4, 2, "s", category="z"),
    *hours("a", 5, 0.7, "p", "q"),
    *hours("b", 5, 2.5, "s", "p", category="z"),
]


def test_hours_by_community_by_member_and_by_people() -> None:
    told = explained({"service": SERVICE}, "volunteer_hours")
    assert told.change == Decimal("4.1")  # from 2.3 to 6.4
    found = parts(told)
    assert found["community"] == {"a": Decimal("1.1"), "b": 3}
    assert found["category"] == {"x": Decimal("1.1"), "z": 3}
    # From 4 people with 0.575 each to 3 with 2.133 each.
    of_people = found["people"]["people"]
    assert float(of_people) == pytest.approx(-(2.3 / 4 + 6.4 / 3) / 2, abs=1e-6)
    assert parts(explained({"service": SERVICE}, "volunteer_hours", "a")).keys() == {
        *("category", "activity", "people")
    }


def test_persons_of_two_communities_are_a_part_of_the_district() -> None:
    told = explained({"service": SERVICE}, "active_volunteers")
    assert parts(told)["community"] == {"a": -1, "b": 1, "shared": -1}
    assert cannot(told) == {"category": "distinct", "activity": "distinct"}


def test_a_community_that_did_not_report_is_a_part_of_its_own() -> None:
    covered = {("b", "service"): [("2024-04-01", "2024-04-30")]}
    told = explained({"service": SERVICE}, "volunteer_hours", covered=covered)
    assert told.state == "partial"
    (split,) = [split for by, split in told.splits if by == "community"]
    assert {(part.kind, part.name, part.change) for part in split.parts} == {
        ("community", "a", Decimal("1.1")),
        ("left", "b", Decimal(-2)),
    }
    alone = explained({"service": SERVICE}, "volunteer_hours", "b", covered=covered)
    assert (alone.change, alone.splits, alone.state) == (None, (), "not_reported")


def test_a_stock_is_split_by_what_came_and_went() -> None:
    def concern(day: str, resolved: str | None) -> dict[str, Any]:
        return {"day": day, "resolved_on": resolved, "category": "x", "channel": "y"}

    rows = [
        concern("2024-03-02", None),
        concern("2024-04-02", "2024-05-03"),
        concern("2024-05-02", "2024-05-20"),  # came and went within the month
        concern("2024-05-02", None),
        concern("2024-05-09", None),
    ]
    told = explained({"concerns": rows}, "concerns_open", "a")
    assert told.change == 1
    assert parts(told)["flows"] == {"came_in": 3, "went_out": -2}


def test_a_balance_is_split_by_what_was_earned_and_spent() -> None:
    def entry(day: str, kind: str, points: int) -> dict[str, Any]:
        return {"day": day, "resident": "p", "kind": kind, "reason": "x", "points": points}

    spent = {"day": "2024-05-07", "resident": "p", "item": "i", "kind": "goods"}
    rows = {
        "points": [
            entry("2024-04-01", "initial", 50),
            entry("2024-05-01", "earn", 30),
            entry("2024-05-02", "deduct", -5),
            entry("2024-05-31", "settle", 99),
        ],
        "redemptions": [spent | {"quantity": 1, "points": 20}],
    }
    assert parts(explained(rows, "points_balance"))["flows"] == {"came_in": 30, "went_out": -25}


def test_merchants_that_come_and_go_are_counted_once() -> None:
    def agreement(community: str, merchant: str, signed: str, ended: str | None) -> dict[str, Any]:
        return {"community": community, "merchant": merchant, "signed_on": signed} | {
            "ended_on": ended
        }

    rows = [
        agreement("a", "m", "2024-04-01", "2024-05-10"),
        agreement("b", "m", "2024-05-05", None),
        agreement("a", "n", "2024-04-01", "2024-05-15"),
        agreement("a", "o", "2024-05-20", None),
        agreement("a", "p", "2024-05-21", None),
    ]
    told = explained({"partnerships": rows}, "partners_active")
    assert told.change == 1
    assert parts(told)["flows"] == {"came_in": 2, "went_out": -1}
    assert parts(explained({"partnerships": rows}, "partners_active", "a"))["flows"] == {
        "came_in": 2,
        "went_out": -2,
    }


def test_medians_and_shares_cannot_be_split() -> None:
    rows = [
        {"day": f"2024-{month:02}-02", "resolved_on": f"2024-{month:02}-09", "category": "x"}
        for month in (4, 5, 5)
    ]
    days = explained({"concerns": rows}, "days_to_resolve", "a")
    assert days.change == 0
    assert parts(days) == {"category": {}, "channel": {}}
    assert set(cannot(days).values()) == {"median"}
    share = explained({"concerns": rows}, "concerns_resolved_in_time_share", "a")
    assert set(cannot(share).values()) == {"share"}


def test_of_published_values_never_exactly_one_part_is_withheld() -> None:
    many = [f"r{number}" for number in range(40)]
    rows = [
        row
        for month, few in ((4, 2), (5, 3))
        for row in (
            *hours("a", month, 1, *many[: 20 + month]),
            *hours("a", month, 2, *many[: 20 + month], category="v"),
            *hours("a", month, 1, *many[:few], category="z"),
            *hours("a", month, 1, *many[:few], category="w"),
        )
    ]
    told = explained({"service": rows}, "volunteer_hours", "a", published=True)
    for _by, split in told.splits:
        hidden = [part for part in split.parts if part.kind == "withheld"]
        assert len(hidden) <= 1
    assert told.change == 5
    assert cannot(told) == {"category": "withheld"}
    balance = explained({"partnerships": []}, "partners_active", published=True)
    assert cannot(balance)["flows"] == "withheld"


def test_one_sentence_names_the_parts_as_shown() -> None:
    rows = [*SERVICE, *hours("b", 5, 4, "t")]
    told = explained({"service": rows}, "volunteer_hours")
    assert change_sentence(told, str.upper) == "较4月变化+8，其中B +7和A +1。"
    alone = explained({"service": rows}, "volunteer_hours", "b")
    assert change_sentence(alone, str.upper) == "较4月变化+7，其中人数因素 +5和人均因素 +2。"
    partly = explained(
        {"service": rows},
        "volunteer_hours",
        covered={("b", "service"): [("2024-04-01", "2024-04-30")]},
    )
    assert change_sentence(partly, str.upper) == ""


def test_what_cannot_be_split_is_said_to_be() -> None:
    def concerns(month: int, *days: int) -> list[dict[str, Any]]:
        raised = {"community": "a", "category": "x", "day": f"2024-{month:02}-05"}
        return [{**raised, "resolved_on": f"2024-{month:02}-{5 + one:02}"} for one in days]

    rows = {"concerns": [*concerns(4, 1, 3, 5), *concerns(5, 2, 9, 9)]}
    sped = explained(rows, "days_to_resolve", "a")
    assert sped.change
    assert change_sentence(sped, str.upper) == "中位数、平均数的变化不能拆分。"
    assert change_sentence(sped, str.upper, tell_unsplit=False) == ""
    both = {"service": [*hours("a", 4, 1, "t"), *hours("a", 5, 2, "t", "u")]}
    ratio = explained(both, "hours_per_volunteer", "a")
    assert ratio.change == 1
    assert change_sentence(ratio, str.upper) == "比率的变化不能拆分。"
    persons = explained(both, "active_volunteers", "a")
    assert change_sentence(persons, str.upper) == "按人去重计数，其变化不能按类别拆分。"
    same = {"service": [*hours("a", 4, 1, "t"), *hours("a", 5, 1, "t")]}
    assert change_sentence(explained(same, "hours_per_volunteer", "a"), str.upper) == ""


def test_the_command_prints_parts_that_add_up(sample_home: Path) -> None:
    asked = ("why", "volunteer_hours", "--period", "2024-12", "--json", "--home", sample_home)
    told = json.loads(run_lingti(*asked), parse_float=Decimal)
    sums: dict[str, Decimal] = {}
    for part in told["parts"]:
        sums[part["by"]] = sums.get(part["by"], Decimal(0)) + part["part"]
    assert set(sums) == {"community", "category", "activity", "people"}
    assert set(sums.values()) == {told["change"]}
    assert told["from_period"] == "2024-11"
    longer = ("--from-period", "2024-09", "--community", "guqiao")
    assert json.loads(run_lingti(*asked, *longer))["from_period"] == "2024-09"
