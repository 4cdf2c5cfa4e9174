"""Partial, not reported, not run and zero: they never look alike."""

# Tables of values are read across, not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, rows, values

SERVICE = """
    community  day         resident  activity  category  hours
    a          2024-06-08  r1        清洁      -         3
"""
# Whole, part of the month, a nil return, nothing at all, and not expected.
STATES_APART = {
    "population": dict.fromkeys(("a", "b", "c", "d", "e"), (1000, 400)),
    "expected": {"a": ["service"], "b": ["service"], "c": ["service"], "d": ["service"], "e": []},
    "covered": {
        ("b", "service"): [("2024-06-01", "2024-06-10")],
        ("c", "service"): [("2024-06-01", "2024-06-30")],
        ("d", "service"): [],
    },
}


def test_five_states_of_a_sum_a_count_and_a_ratio() -> None:
    service = rows(SERVICE + "b  2024-06-09  r2  清洁  -  1")
    con = small_warehouse({"service": service}, starts_on="2024-06-01", **STATES_APART)
    expected = """
        community  period   dimension  member  hours_per_volunteer  numerator  denominator  people  state         volunteer_hours  active_volunteers
        a          2024-06  -          -       3                    3          1            1       reported      3                1
        a          2024-06  activity   清洁    3                    3          1            1       reported      3                1
        a          2024-06  category   未填写  3                    3          1            1       reported      3                1
        b          2024-06  -          -       1                    1          1            1       partial       1                1
        b          2024-06  activity   清洁    1                    1          1            1       partial       1                1
        b          2024-06  category   未填写  1                    1          1            1       partial       1                1
        c          2024-06  -          -       -                    0          0            0       reported      0                0
        d          2024-06  -          -       -                    -          -            -       not_reported  -                -
        district   2024-06  -          -       2                    4          2            2       partial       4                2
        district   2024-06  activity   清洁    2                    4          2            2       partial       4                2
        district   2024-06  category   未填写  2                    4          2            2       partial       4                2
        e          2024-06  -          -       -                    -          -            -       not_run       -                -
    """
    assert values(con, expected) == cells(expected)


def test_district_reports_once_all_that_are_expected_have_reported() -> None:
    con = small_warehouse(
        {"service": rows(SERVICE)},
        expected={"a": ["service"], "b": []},
        starts_on="2024-06-01",
    )
    expected = """
        community  period   dimension  member  volunteer_hours  state
        a          2024-06  -          -       3                reported
        a          2024-06  activity   清洁    3                reported
        a          2024-06  category   未填写  3                reported
        b          2024-06  -          -       -                not_run
        district   2024-06  -          -       3                reported
        district   2024-06  activity   清洁    3                reported
        district   2024-06  category   未填写  3                reported
    """
    assert values(con, expected) == cells(expected)


def test_a_balance_is_partial_while_only_the_ledger_has_come() -> None:
    con = small_warehouse(
        {
            "points": rows("day  resident  kind  points\n2024-06-03  r1  earn  60"),
            "redemptions": [],
        },
        expected={"a": ["points", "redemptions"], "b": ["points", "redemptions"]},
        covered={("a", "redemptions"): [], ("b", "points"): [], ("b", "redemptions"): []},
        starts_on="2024-06-01",
    )
    expected = """
        community  period   dimension  member  points_balance  points_earned  redemptions  state
        a          2024-06  -          -       60              60             -            partial
        a          2024-06  reason     未填写  .               60             .            .
        b          2024-06  -          -       -               -              -            not_reported
        district   2024-06  -          -       60              60             -            partial
        district   2024-06  reason     未填写  .               60             .            .
    """
    assert values(con, expected) == cells(expected)


def test_nothing_to_compute_is_no_zero() -> None:
    tables = ("service", "training", "concerns", "decisions", "exchanges", "activities")
    con = small_warehouse(
        {table: [] for table in tables},
        population={"a": (1000, 400)},
        starts_on="2024-06-01",
    )
    for name in (
        "hours_per_volunteer",
        "days_to_dispatch",
        "days_to_resolve",
        "concerns_resolved_in_time_share",
        "reviewed_within_week_share",
        "decisions_done_in_time_share",
        "needs_matched_share",
        "training_dispatched_share",
        "training_completed_share",
        "training_certified_share",
        "attendance_per_activity",
    ):
        expected = f"""
            community  period   {name}  state
            a          2024-06  -       reported
            district   2024-06  -       reported
        """
        assert values(con, expected) == cells(expected)
