"""Small counts of people are withheld so that no sum or difference brings them back."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import duckdb
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import small_warehouse

from lingti import catalog
from lingti.warehouse import build

Cell = tuple[str, str, str, str | None, str | None]  # community, grain, period, dimension, member


def warehouse(rows: list[dict[str, Any]], metric: str, **more: Any) -> duckdb.DuckDBPyConnection:
    con = small_warehouse({"service": rows}, **more)
    build.measure_all(con, [catalog.metrics()[metric]])
    build.publish_values(con, [catalog.metrics()[metric]])
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
        + hours("b", "2024-02-10", 6, 7, 8, 9, 10),
        "volunteer_hours",
        last_day="2024-03-31",
    )
    totals = {key[:3]: value for key, value in cells.items() if key[3] is None}
    assert totals == {
        ("a", "month", "2024-01"): "withheld",  # two people
        ("b", "month", "2024-01"): "withheld",  # district less b would be a
        ("district", "month", "2024-01"): 8,
        ("a", "month", "2024-02"): 5,
        ("b", "month", "2024-02"): 5,
        ("district", "month", "2024-02"): 10,
        ("a", "month", "2024-03"): 0,
        ("b", "month", "2024-03"): 0,
        ("district", "month", "2024-03"): 0,
        ("a", "quarter", "2024-Q1"): "withheld",  # quarter less February would be January
        ("b", "quarter", "2024-Q1"): "withheld",
        ("district", "quarter", "2024-Q1"): 18,
        ("a", "year", "2024"): "withheld",
        ("b", "year", "2024"): "withheld",
        ("district", "year", "2024"): 18,
    }


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


def test_a_distinct_count_of_a_quarter_stays_since_months_do_not_add_up_to_it() -> None:
    cells = published(
        hours("a", "2024-01-10", 1, 2) + hours("a", "2024-02-10", 1, 2, 3, 4, 5),
        "active_volunteers",
        population={"a": (100, 40)},
        last_day="2024-03-31",
    )
    assert cells["a", "month", "2024-01", None, None] == "withheld"
    assert cells["a", "quarter", "2024-Q1", None, None] == 5


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


@settings(max_examples=15, deadline=None)
@given(SERVICE)
def test_no_value_of_few_people_follows_from_the_published_ones(service: list[Any]) -> None:
    rows = [
        row
        for community, month, category, resident in service
        for row in hours(community, f"2024-{month:02d}-10", resident, category=category)
    ]
    con = warehouse(rows, "volunteer_hours", population=dict.fromkeys("abc", (100, 40)))
    cells = {key: one for key, one in cells_of(con).items() if key[3] in (None, "category")}
    unknown = [key for key, value in cells.items() if value == "withheld"]
    few = con.execute(
        "select community, grain, period, dimension, member from metric_values"
        " where people between 1 and 4 and grain in ('month', 'quarter', 'year')"
        " and coalesce(dimension, 'category') = 'category'"
    ).fetchall()
    assert set(few) <= set(unknown)
    assert set(recovered(unknown, set(cells))) & set(few) == set()


def recovered(unknown: list[Cell], cells: set[Cell]) -> list[Cell]:
    """The unknown cells that linear equations between cells determine."""
    place = {cell: position for position, cell in enumerate(unknown)}
    matrix = [
        [float(coefficients.get(cell, 0)) for cell in unknown]
        for coefficients in equations(cells)
        if any(cell in place for cell in coefficients)
    ]
    if not matrix:
        return []
    _u, sizes, rows = np.linalg.svd(np.array(matrix))
    rank = int((sizes > 1e-9).sum())
    free = rows[rank:]
    return [cell for cell in unknown if np.allclose(free[:, place[cell]], 0)]


def equations(cells: set[Cell]) -> list[dict[Cell, int]]:
    """Every sum that holds: district of communities, coarser of finer periods, total of members."""
    sums: dict[tuple[str, Cell], list[Cell]] = defaultdict(list)
    for cell in cells:
        community, grain, period, dimension, member = cell
        if community != "district":
            sums["places", ("district", grain, period, dimension, member)].append(cell)
        if dimension is not None:
            sums[dimension, (community, grain, period, None, None)].append(cell)
        if grain == "month":
            quarter = f"2024-Q{(int(period[5:]) + 2) // 3}"
            sums["months", (community, "quarter", quarter, dimension, member)].append(cell)
            sums["year of months", (community, "year", "2024", dimension, member)].append(cell)
        if grain == "quarter":
            sums["quarters", (community, "year", "2024", dimension, member)].append(cell)
    return [{whole: -1, **dict.fromkeys(parts, 1)} for (_kind, whole), parts in sums.items()]
