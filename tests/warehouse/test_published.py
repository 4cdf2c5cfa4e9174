"""Small counts of people are withheld so that no sum or difference brings them back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from attack.breaches import breaches
from attack.cells import told_to_strangers
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kit import small_warehouse

from lingti import catalog, district
from lingti.warehouse import current, fast, withhold

Cell = tuple[str, str, str, str | None, str | None]  # community, grain, period, dimension, member


def warehouse(rows: list[dict[str, Any]], metric: str, **more: Any) -> duckdb.DuckDBPyConnection:
    con = small_warehouse({"service": rows}, **more)
    fast.measure_all(con, [catalog.program().metrics[metric]])
    withhold.publish_values(con, [catalog.program().metrics[metric]])
    return con


def cells_of(con: duckdb.DuckDBPyConnection) -> dict[Cell, Any]:
    found = con.execute(
        "select community, grain, period, dimension, member, value, state from published_values"
    ).fetchall()
    return {tuple(row[:5]): (row[5] if row[6] != "withheld" else "withheld") for row in found}


def published(rows: list[dict[str, Any]], metric: str, **more: Any) -> dict[Cell, Any]:
    return cells_of(warehouse(rows, metric, **more))


def hours(community: str, day: str, *residents: int, category: str = "x") -> list[dict[str, Any]]:
    return [
        {"community": community, "day": day, "resident": f"r{one}", "hours": 1}
        | {"category": category, "activity": "y"}
        for one in residents
    ]


def test_a_value_of_one_to_four_people_is_withheld_and_so_is_what_would_reveal_it() -> None:
    cells = published(
        hours("a", "2024-01-10", 1, 2)
        + hours("a", "2024-02-10", 1, 2, 3, 4, 5)
        + hours("b", "2024-01-10", 6, 7, 8, 9, 10, 11)
        + hours("b", "2024-02-10", 6, 7, 8, 9, 10)
        + hours("c", "2024-01-10", 11, 12, 13, 14, 15)
        + hours("c", "2024-02-10", 11, 12, 13, 14, 15),
        "volunteer_hours",
        population=dict.fromkeys("abc", (1000, 400)),
        last_day="2024-03-31",
    )
    totals = {key[:3]: value for key, value in cells.items() if key[3] is None}
    assert totals == {
        ("a", "month", "2024-01"): "withheld",  # two people
        ("b", "month", "2024-01"): "withheld",  # district less b would be a
        ("c", "month", "2024-01"): "withheld",
        ("district", "month", "2024-01"): 13,
        ("a", "month", "2024-02"): 5,
        ("b", "month", "2024-02"): 5,
        ("c", "month", "2024-02"): 5,
        ("district", "month", "2024-02"): 15,
        ("a", "month", "2024-03"): 0,
        ("b", "month", "2024-03"): 0,
        ("c", "month", "2024-03"): 0,
        ("district", "month", "2024-03"): 0,
        ("a", "quarter", "2024-Q1"): "withheld",  # quarter less February would be January
        ("b", "quarter", "2024-Q1"): "withheld",
        ("c", "quarter", "2024-Q1"): "withheld",
        ("district", "quarter", "2024-Q1"): 28,
        ("a", "year", "2024"): "withheld",
        ("b", "year", "2024"): "withheld",
        ("c", "year", "2024"): "withheld",
        ("district", "year", "2024"): 28,
    }


def test_of_two_communities_each_could_subtract_its_own_so_the_district_goes_too() -> None:
    cells = published(
        hours("a", "2024-01-10", *range(4)) + hours("b", "2024-01-10", *range(4, 82)),
        "volunteer_hours",
        last_day="2024-01-31",
    )
    assert {value for key, value in cells.items() if key[3] is None} == {"withheld"}


def test_one_small_member_withholds_its_whole_breakdown() -> None:
    cells = published(
        hours("a", "2024-01-10", 1, 2, 3, 4, 5, category="x")
        + hours("a", "2024-01-11", 1, 2, category="z"),
        "volunteer_hours",
        population={"a": (100, 40)},
        last_day="2024-01-31",
    )
    breakdown = {key[4]: value for key, value in cells.items() if key[:4] == ("a", *JANUARY)}
    assert breakdown == {"x": "withheld", "z": "withheld"}
    assert cells["a", "month", "2024-01", None, None] == 7


JANUARY = ("month", "2024-01", "category")


def test_weeks_and_the_programme_are_not_published() -> None:
    cells = published(hours("a", "2024-01-10", 1, 2, 3, 4, 5), "volunteer_hours")
    assert {grain for _place, grain, *_rest in cells} == {"month", "quarter", "year"}


def test_a_distinct_count_of_a_quarter_goes_too_since_most_people_come_in_one_month_only() -> None:
    cells = published(
        hours("a", "2024-01-10", 1, 2) + hours("a", "2024-02-10", 1, 2, 3, 4, 5),
        "active_volunteers",
        population={"a": (100, 40)},
        last_day="2024-03-31",
    )
    assert cells["a", "month", "2024-01", None, None] == "withheld"
    assert cells["a", "quarter", "2024-Q1", None, None] == "withheld"


def test_what_another_metric_tells_of_a_withheld_value_is_withheld_too() -> None:
    names = ("volunteer_hours", "active_volunteers", "hours_per_volunteer")
    con = small_warehouse(
        {"service": hours("a", "2024-01-10", 1, 2) + hours("a", "2024-02-10", 1, 2, 3, 4, 5)},
        population={"a": (100, 40)},
        last_day="2024-03-31",
    )
    metrics = [catalog.program().metrics[name] for name in names]
    fast.measure_all(con, metrics)
    withhold.publish_values(con, metrics)
    told = con.execute(
        "select distinct metric, state, numerator from published_values"
        " where grain = 'quarter' and dimension is null and community = 'a' order by all"
    ).fetchall()
    assert told == [(name, "withheld", None) for name in sorted(names)]


def test_three_of_twenty_are_few_also_as_a_share() -> None:
    placed = [
        {"community": "a", "day": "2024-01-10", "resident": f"r{one}", "course": "x"}
        | {"completed_on": "2024-02-01" if one < 3 else None, "certificate": one < 3}
        for one in range(20)
    ]
    con = small_warehouse({"training": placed}, population={"a": (9, 4)}, last_day="2024-01-31")
    metrics = [catalog.program().metrics["training_certified_share"]]
    fast.measure_all(con, metrics)
    withhold.publish_values(con, metrics)
    assert {row[0] for row in con.execute("select state from published_values").fetchall()} == {
        "withheld"
    }


def test_a_stock_that_few_people_moved_in_a_month_is_not_published_at_all() -> None:
    def moved(community: str, day: str, *residents: int) -> list[dict[str, Any]]:
        return [
            {"community": community, "day": day, "resident": f"r{one}", "kind": "earn"}
            | {"reason": "x", "points": 10}
            for one in residents
        ]

    con = small_warehouse(
        {"points": moved("a", "2024-01-10", *range(9)) + moved("a", "2024-02-10", 1, 2)},
        population={"a": (9, 4)},
        last_day="2024-03-31",
        expected={"a": ["points", "redemptions"]},
    )
    metrics = [catalog.program().metrics[name] for name in ("points_balance", "points_earned")]
    fast.measure_all(con, metrics)
    withhold.publish_values(con, metrics)
    told = con.execute(
        "select distinct state from published_values where metric = 'points_balance'"
        " and community = 'a' and value is not null"
    ).fetchall()
    assert told == []


def test_nothing_of_few_people_follows_from_all_that_the_sample_publishes(
    sample_home: Path,
) -> None:
    ordinary = district.load(sample_home).ordinary
    con = current(sample_home).connection
    assert breaches(con, ordinary) == []
    assert told_to_strangers(con) == []
    ((told, all_of_them),) = con.execute("""
        select count(*) filter (where state <> 'withheld'), count(*) from published_values
        where community = 'district' and dimension is null
            and (value is not null or state = 'withheld')
    """).fetchall()
    assert told >= 0.80 * all_of_them


SERVICE = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.integers(1, 6),
        st.sampled_from(["x", "y"]),
        st.integers(1, 9),
    ),
    min_size=3,
    max_size=60,
)


# Only `a` has any in the first quarter, so its secretary knows the district's; the year less that
# is what two people of others did in the second.
ONLY_ONE = [
    *[("a", 1, "x", one) for one in (*[1] * 17, 2, 7, 3)],
    *[("b", 6, "x", 1), ("c", 4, "x", 8)],
]
OF_SERVICE = ("volunteer_hours", "active_volunteers", "hours_per_volunteer")


def of_service(service: list[Any]) -> duckdb.DuckDBPyConnection:
    """A district of three communities, published."""
    rows = [
        row
        for community, month, category, resident in service
        for row in hours(community, f"2024-{month:02d}-10", resident, category=category)
    ]
    con = small_warehouse({"service": rows}, population=dict.fromkeys("abc", (100, 40)))
    metrics = [catalog.program().metrics[name] for name in OF_SERVICE]
    fast.measure_all(con, metrics)
    withhold.publish_values(con, metrics)
    return con


@settings(max_examples=8, deadline=None)
@given(SERVICE)
@example(ONLY_ONE)
def test_no_value_of_few_people_follows_from_the_published_ones(service: list[Any]) -> None:
    assert breaches(of_service(service)) == []


def test_who_alone_makes_up_a_quarter_cannot_subtract_it_from_the_year() -> None:
    found = of_service(ONLY_ONE).execute(
        "select grain, period, state from published_values where metric = 'active_volunteers'"
        " and community = 'district' and dimension is null and grain <> 'month' order by all"
    )
    assert found.fetchall() == [
        ("quarter", "2024-Q1", "withheld"),
        ("quarter", "2024-Q2", "withheld"),
        ("year", "2024", "withheld"),
    ]


def test_what_is_the_least_that_it_can_be_tells_nothing() -> None:
    """Six redemptions in three communities, where two goods are named each: one of each.

    So no good is named, and how many there were in all can be told. With ten more in each of one
    good, the names tell nothing any more.
    """
    rows = [
        {"community": place, "day": "2024-01-10", "resident": f"{place}{one}", "item": item}
        | {"category": "k", "kind": "goods", "quantity": 1, "points": 3, "merchant": "m"}
        for place in "abc"
        for one, item in enumerate("ij")
    ]
    tens = [row | {"resident": f"{n}{i}"} for i, row in enumerate(rows[::2]) for n in range(10)]
    for more, named in (([], 0), (tens, 2)):
        con = small_warehouse(
            {"redemptions": [*rows, *more]}, population=dict.fromkeys("abc", (9, 4))
        )
        metrics = [catalog.program().metrics["redemptions"]]
        fast.measure_all(con, metrics)
        withhold.publish_values(con, metrics)
        ((found, total),) = con.execute(
            "select count(*) filter (where dimension = 'item'),"
            " max(value) filter (where dimension is null) from published_values"
            " where community = 'district' and period = '2024-01'"
        ).fetchall()
        assert (found, total) == (named, len(rows) + len(more))
        assert breaches(con) == []
