"""Whose smallness protects is declared: persons always, cases and attendance where it tells."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from subprocess import PIPE, Popen
from typing import Any

import duckdb
import pytest
from attack.breaches import breaches
from attack.districts import areas_by_chance, by_chance
from exhaustive import part
from kit import small_warehouse

from lingti import catalog
from lingti.warehouse import areas_apart, fast, withhold

ORDINARY = [("category", "停车秩序")]
TOTAL = "dimension is null"


Rows = dict[str, list[dict[str, Any]]]


def told(
    rows: Rows, *names: str, ordinary: Sequence[tuple[str, str]] = ()
) -> duckdb.DuckDBPyConnection:
    """A district of three communities of which some metrics are published."""
    con = small_warehouse(rows, population=dict.fromkeys("abc", (1000, 400)), last_day="2024-01-31")
    for member in ordinary:
        con.execute("insert into ordinary_members values (?, ?)", list(member))
    metrics = [catalog.program().metrics[name] for name in names]
    fast.measure_all(con, metrics)
    withhold.publish_values(con, metrics)
    return con


def state(con: duckdb.DuckDBPyConnection, where: str) -> Any:
    """The value of the one cell of January that is meant; withheld also where it is not named."""
    found = con.execute(
        f"select value, state from published_values where grain = 'month' and {where}"
    ).fetchall()
    return found[0][0] if found and found[0][1] != "withheld" else "withheld"


def concern(community: str, category: str, number: int) -> dict[str, Any]:
    place = {"file": 1, "sheet": 1, "row": number}
    made = {"community": community, "day": "2024-01-10", "category": category, "channel": "窗口"}
    return {**made, "source_row": place}


def concerns(**counts: int) -> list[dict[str, Any]]:
    """As many concerns of every community, but of `a` so many as is said of each category."""
    other = [concern(place, name, n) for place in "bc" for name in counts for n in range(40)]
    return [concern("a", name, n) for name, count in counts.items() for n in range(count)] + other


def test_few_people_served_by_a_post_are_withheld() -> None:
    rows = [
        {"community": place, "day": "2024-01-10", "post": post, "estate": "东区", "service": "理发"}
        | {"served": served, "hours": 2}
        for place in "abc"
        for post, served in (("甲", 3), ("乙", 30))
    ]
    con = told({"public_posts": rows}, "people_served")
    assert state(con, "community = 'a' and member = '甲'") == "withheld"
    assert state(con, "community = 'a' and dimension is null") == 33
    assert breaches(con) == []


def test_few_at_an_activity_are_withheld() -> None:
    rows = [
        {"community": place, "day": "2024-01-10", "title": title, "category": "健康服务"}
        | {"attendance": 4 if (place, title) == ("a", "义诊") else 30}
        for place in "abc"
        for title in ("义诊", "讲座", "体检")
    ]
    con = told({"activities": rows}, "activity_attendance", "attendance_per_activity")
    assert state(
        con, "metric = 'activity_attendance' and community = 'a' and member = '义诊'"
    ) == "withheld"  # fmt: skip
    assert breaches(con) == []


def test_two_complaints_about_parking_tell_of_nobody_and_one_family_dispute_does() -> None:
    rows = {"concerns": concerns(停车秩序=2, 家庭纠纷=30)}
    con = told(rows, "concerns_raised", ordinary=ORDINARY)
    assert state(con, "community = 'a' and member = '停车秩序'") == 2
    rows = {"concerns": concerns(停车秩序=30, 家庭纠纷=1)}
    con = told(rows, "concerns_raised", ordinary=ORDINARY)
    assert state(con, "community = 'a' and member = '家庭纠纷'") == "withheld"
    assert state(con, "community = 'a' and member = '停车秩序'") == "withheld"
    assert breaches(con, ORDINARY) == []


def test_a_category_that_nobody_decided_on_is_sensitive() -> None:
    con = told({"concerns": concerns(停车秩序=2, 噪音=30)}, "concerns_raised")
    assert state(con, "community = 'a' and member = '停车秩序'") == "withheld"


def test_the_few_that_a_share_leaves_over_are_few() -> None:
    placed = [
        {"community": place, "day": "2024-01-10", "resident": f"{place}{one}", "course": "面点"}
        | {"completed_on": None if (place, one) < ("a", 3) else "2024-01-20", "certificate": False}
        for place in "abc"
        for one in range(30)
    ]
    names = ("training_completed_share", "training_ordered")
    con = told({"training": placed}, *names)
    assert state(con, f"metric = '{names[0]}' and community = 'a' and {TOTAL}") == "withheld"
    assert state(con, f"metric = '{names[1]}' and community = 'a' and {TOTAL}") == 30
    assert breaches(con) == []


def test_who_completed_a_course_without_a_certificate_is_a_small_number_too() -> None:
    completed = [
        {"community": place, "day": "2024-01-05", "resident": f"{place}{one}", "course": "面点"}
        | {"completed_on": "2024-01-20", "certificate": (place, one) >= ("a", 2)}
        for place in "abc"
        for one in range(30)
    ]
    con = told({"training": completed}, "training_completed", "certificates")
    assert state(con, f"metric = 'certificates' and community = 'a' and {TOTAL}") == "withheld"
    assert state(con, f"metric = 'training_completed' and community = 'a' and {TOTAL}") == 30
    assert breaches(con) == []


def test_how_many_findings_there_are_is_told_to_owners_only() -> None:
    con = told({"service": []}, "findings_count", "decisions_made")
    found = con.execute(
        "select metric, bool_and(state = 'withheld') from published_values group by 1 order by 1"
    ).fetchall()
    assert found == [("decisions_made", False), ("findings_count", True)]


def test_a_withheld_number_that_is_published_on_purpose_is_found() -> None:
    served = [
        {"community": place, "day": "2024-01-10", "resident": f"{place}{one}", "hours": 2}
        | {"category": "x", "activity": "y"}
        for place in "abc"
        for one in range(2 if place == "a" else 30)
    ]
    con = told({"service": served}, "active_volunteers", "volunteer_hours")
    assert breaches(con) == []
    con.execute("""
        update published_values set state = 'reported', value = 2
        where metric = 'active_volunteers' and community = 'a' and grain = 'month'
            and dimension is null
    """)
    assert {cell.tells for _reader, cell in breaches(con)} >= {"active_volunteers.value"}


@pytest.mark.parametrize("seed", [1, 2, 5, 6, 87])
def test_no_small_number_follows_in_districts_made_by_chance(seed: int) -> None:
    assert breaches(by_chance(random.Random(seed))) == []


@pytest.mark.parametrize("seed", part(range(40), 2))
def test_no_small_number_follows_where_each_area_is_protected_for_itself(seed: int) -> None:
    """Also where it is known what the communities of each area come to."""
    province, areas = areas_by_chance(random.Random(seed))
    assert breaches(province) == []
    for area in areas:
        assert breaches(area) == []


def test_the_district_keeps_back_what_an_area_of_few_communities_would_tell() -> None:
    """Of two communities each knows the other by what both come to."""
    rows = [
        {"community": place, "day": "2024-01-10", "resident": f"{place}{number}", "hours": 1}
        | {"category": "x", "activity": "y"}
        for place, people in zip("abcde", (3, 9, 9, 9, 9), strict=True)
        for number in range(people)
    ]
    con = small_warehouse(
        {"service": rows}, population=dict.fromkeys("abcde", (1000, 400)), last_day="2024-01-31"
    )
    metrics = [catalog.program().metrics["volunteer_hours"]]
    fast.measure_all(con, metrics)
    shown = {}
    for name, areas in {"two and three": "11222", "three and two": "11122", "one": "11111"}.items():
        con.execute("delete from areas")
        con.executemany(
            "insert into areas values (?, ?)", [*zip("abcde", map(int, areas), strict=True)]
        )
        withhold.publish_values(con, metrics)
        shown[name] = "".join(
            "-" if state == "withheld" else f"{value:.0f} "
            for value, state in con.execute(
                "select value, state from published_values"
                " where grain = 'month' and dimension is null"
                " order by community = 'district', community"
            ).fetchall()
        )
    assert shown == {"two and three": "--9 9 9 -", "three and two": "---9 9 39 ", "one": "-----39 "}


def test_where_processes_end_the_build_fails_and_waits_for_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    con, areas = areas_by_chance(random.Random(0))
    assert len(areas) > 2  # more than there are processes
    con.execute("set threads = 2")
    ended = [sys.executable, "-c", "pass"]
    monkeypatch.setattr(areas_apart, "ROWS", 1)
    monkeypatch.setattr(areas_apart, "_start", lambda _spill: Popen(ended, stdin=PIPE, stdout=PIPE))
    with pytest.raises(OSError, match="内存"):
        withhold.publish_values(con, catalog.program().metrics.values())


def test_processes_withhold_what_areas_in_turn_do(monkeypatch: pytest.MonkeyPatch) -> None:
    con, _areas = areas_by_chance(random.Random(3))
    con.execute("set threads = 2")
    names = {name for (name,) in con.sql("select distinct metric from metric_values").fetchall()}
    metrics = [metric for metric in catalog.program().metrics.values() if metric.name in names]
    withhold.publish_values(con, metrics)
    in_turn = con.sql("from published_values order by all").fetchall()
    given: list[int] = []
    work = areas_apart._found_by

    def noting(worker: Any, area: int, tables: Any) -> Any:
        given.append(area)
        return work(worker, area, tables)

    monkeypatch.setattr(areas_apart, "ROWS", 1)
    monkeypatch.setattr(areas_apart, "_found_by", noting)
    con.execute("delete from published_values")
    withhold.publish_values(con, metrics)
    assert set(given) >= {1, 2}
    assert con.sql("from published_values order by all").fetchall() == in_turn
