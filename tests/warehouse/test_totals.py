"""Totals in the place of single rows: what they tell, what they do not, and never both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from import_kit import csv_file, home_with_sources, service, take

from lingti.district import District
from lingti.warehouse import fast, plain
from lingti.warehouse.inputs import inputs_of

PERSONS = """
community = "east"
title = { zh = "月汇总", en = "Months" }
replaces = "days"
[[feed]]
table = "service"
[feed.columns]
day = { constant = "period" }
through = { constant = "period" }
name = "姓名"
hours = "合计时长"
"""
HEADS = """
community = "east"
title = { zh = "活动汇总", en = "Activities" }
replaces = "days"
[[feed]]
table = "totals"
[feed.columns]
day = "活动日期"
measure = { constant = "hours" }
activity = "活动名称"
value = "总时长"
people = "志愿者人数"
"""
DAYS = service(
    ["2024-05-02", "李明华", "13800000001", "清扫", 2],
    ["2024-05-03", "张丽丽", "13800000002", "清扫", 3],
)
MONTH = csv_file([["姓名", "合计时长"], ["李明华", 40], ["王五一", 30]])
ACTIVITIES = [["活动日期", "活动名称", "总时长", "志愿者人数"]]


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path, {"east_months": PERSONS, "east_heads": HEADS})


def values(home: District, *metrics: str, column: str = "value") -> dict[tuple[str, str], Any]:
    """The totals of `east` by metric and period, with the state where there is no number; the
    plain build and the quick one must tell the same."""
    found = []
    for build in (plain.build, lambda con, inputs: fast.build(con, inputs)):
        with duckdb.connect() as con:
            build(con, inputs_of(home))
            rows = con.execute("select * from metric_values order by all").fetchall()
            told = con.execute(
                f"select metric, period, {column}, state from metric_values"
                " where community = 'east' and dimension is null"
                " and grain in ('month', 'quarter', 'week') order by all"
            ).fetchall()
            found.append((rows, told))
    assert found[0] == found[1]
    return {
        (metric, period): state if value is None else value
        for metric, period, value, state in found[0][1]
        if metric in metrics
    }


def test_a_month_per_person_adds_up_and_weeks_cannot_be_told(home: District) -> None:
    take(home, DAYS)
    take(home, MONTH, "六月.csv", covers="2024-06")
    told = values(home, "volunteer_hours", "active_volunteers")
    assert told["volunteer_hours", "2024-06"] == 70
    assert told["active_volunteers", "2024-06"] == 2
    assert told["volunteer_hours", "2024-Q2"] == 75
    assert told["active_volunteers", "2024-Q2"] == 3
    assert told["volunteer_hours", "2024-W24"] == "not_computable"
    assert told["volunteer_hours", "2024-W18"] == 2 + 3


def test_heads_add_up_and_tell_no_persons(home: District) -> None:
    take(home, DAYS)
    take(
        home, csv_file([*ACTIVITIES, ["2024-06-05", "清扫", 24, 12], ["2024-06-06", "巡逻", 8, 4]])
    )
    told = values(home, "volunteer_hours", "active_volunteers", "hours_per_volunteer")
    assert told["volunteer_hours", "2024-06"] == 32
    assert told["volunteer_hours", "2024-Q2"] == 37
    assert told["volunteer_hours", "2024-W23"] == 32
    for metric in ("active_volunteers", "hours_per_volunteer"):
        assert told[metric, "2024-06"] == told[metric, "2024-Q2"] == "not_computable"
    assert told["active_volunteers", "2024-05"] == 2


@pytest.mark.parametrize(("people", "state"), [(12, "reported"), (3, "withheld"), ("", "withheld")])
def test_totals_of_few_people_or_of_nobody_knows_how_many_are_withheld(
    home: District, people: object, state: str
) -> None:
    take(home, csv_file([*ACTIVITIES, ["2024-06-05", "清扫", 24, people]]), covers="2024-06")
    with duckdb.connect() as con:
        plain.build(con, inputs_of(home))
        found = con.execute(
            "select state from published_values where metric = 'volunteer_hours'"
            " and community = 'east' and period = '2024-06' and dimension is null"
        ).fetchall()
    assert found == [(state,)]


def test_rows_and_totals_of_the_same_days_are_asked_and_never_both(home: District) -> None:
    take(home, DAYS)
    totals = csv_file([*ACTIVITIES, ["2024-05-02", "清扫", 24, 12]])
    document = take(home, totals)
    (asked,) = document["questions"]
    assert (asked["kind"], document["batch"]) == ("rows_and_totals", None)
    assert take(home, totals, answers={asked["id"]: "old"})["refused"]["code"] == "kept_out"
    assert values(home, "volunteer_hours")["volunteer_hours", "2024-05"] == 5
    assert take(home, totals, answers={asked["id"]: "new"})["batch"] == 2
    assert values(home, "volunteer_hours")["volunteer_hours", "2024-05"] == 24


def test_of_a_total_no_part_is_replaced(home: District) -> None:
    take(home, MONTH, "五月.csv", covers="2024-05")
    document = take(home, DAYS, covers="2024-05-01/2024-05-05")
    assert document["refused"]["code"] == "cuts_total"


def test_nobody_serves_more_than_all_hours_of_all_days(home: District) -> None:
    month = csv_file([["姓名", "合计时长"], ["李明华", 721], ["王五一", 720]])
    document = take(home, month, "六月.csv", covers="2024-06")
    assert [one["code"] for one in document["findings"]] == ["hours_over_24"]
    assert (document["accepted"], document["quarantined"]) == (1, 1)
