"""Volunteering: hours and people over literal rows."""

# Tables of values are read across, not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, rows, values

# r1 serves on both sides of a month's end, r2 in two communities; b files nothing in May.
SERVICE = """
    community  day         resident  activity  category  hours
    a          2024-05-31  r1        探访      扶老助老  2
    a          2024-06-01  r1        探访      扶老助老  1.5
    a          2024-06-08  r2        清洁      -         3
    b          2024-06-08  r2        清洁      环境整治  4
    b          2024-06-09  r3        -         环境整治  0.5
"""


def test_hours_people_and_hours_per_volunteer_by_month() -> None:
    con = small_warehouse({"service": rows(SERVICE)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member    volunteer_hours  active_volunteers  hours_per_volunteer  people  state
        a          2024-05  -          -         2                1                  2                    1       reported
        a          2024-05  activity   探访      2                1                  2                    1       reported
        a          2024-05  category   扶老助老  2                1                  2                    1       reported
        a          2024-06  -          -         4.5              2                  2.25                 2       reported
        a          2024-06  activity   探访      1.5              1                  1.5                  1       reported
        a          2024-06  activity   清洁      3                1                  3                    1       reported
        a          2024-06  category   扶老助老  1.5              1                  1.5                  1       reported
        a          2024-06  category   未填写    3                1                  3                    1       reported
        b          2024-05  -          -         0                0                  -                    0       reported
        b          2024-06  -          -         4.5              2                  2.25                 2       reported
        b          2024-06  activity   未填写    0.5              1                  0.5                  1       reported
        b          2024-06  activity   清洁      4                1                  4                    1       reported
        b          2024-06  category   环境整治  4.5              2                  2.25                 2       reported
        district   2024-05  -          -         2                1                  2                    1       reported
        district   2024-05  activity   探访      2                1                  2                    1       reported
        district   2024-05  category   扶老助老  2                1                  2                    1       reported
        district   2024-06  -          -         9                3                  3                    3       reported
        district   2024-06  activity   探访      1.5              1                  1.5                  1       reported
        district   2024-06  activity   未填写    0.5              1                  0.5                  1       reported
        district   2024-06  activity   清洁      7                1                  7                    1       reported
        district   2024-06  category   扶老助老  1.5              1                  1.5                  1       reported
        district   2024-06  category   未填写    3                1                  3                    1       reported
        district   2024-06  category   环境整治  4.5              2                  2.25                 2       reported
    """
    assert values(con, expected) == cells(expected)


def test_over_a_quarter_a_person_counts_once_and_hours_add_up() -> None:
    con = small_warehouse({"service": rows(SERVICE)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member    hours_per_volunteer  numerator  denominator  volunteer_hours  active_volunteers
        a          2024-Q2  -          -         3.25                 6.5        2            6.5              2
        a          2024-Q2  activity   探访      3.5                  3.5        1            3.5              1
        a          2024-Q2  activity   清洁      3                    3          1            3                1
        a          2024-Q2  category   扶老助老  3.5                  3.5        1            3.5              1
        a          2024-Q2  category   未填写    3                    3          1            3                1
        b          2024-Q2  -          -         2.25                 4.5        2            4.5              2
        b          2024-Q2  activity   未填写    0.5                  0.5        1            0.5              1
        b          2024-Q2  activity   清洁      4                    4          1            4                1
        b          2024-Q2  category   环境整治  2.25                 4.5        2            4.5              2
        district   2024-Q2  -          -         3.66667              11         3            11               3
        district   2024-Q2  activity   探访      3.5                  3.5        1            3.5              1
        district   2024-Q2  activity   未填写    0.5                  0.5        1            0.5              1
        district   2024-Q2  activity   清洁      7                    7          1            7                1
        district   2024-Q2  category   扶老助老  3.5                  3.5        1            3.5              1
        district   2024-Q2  category   未填写    3                    3          1            3                1
        district   2024-Q2  category   环境整治  2.25                 4.5        2            4.5              2
    """
    assert values(con, expected, "quarter") == cells(expected)


def test_a_week_holds_the_days_of_two_months() -> None:
    con = small_warehouse({"service": rows(SERVICE)}, starts_on="2024-05-27", last_day="2024-06-09")
    expected = """
        community  period    dimension  member    volunteer_hours  active_volunteers
        a          2024-W22  -          -         3.5              1
        a          2024-W22  activity   探访      3.5              1
        a          2024-W22  category   扶老助老  3.5              1
        a          2024-W23  -          -         3                1
        a          2024-W23  activity   清洁      3                1
        a          2024-W23  category   未填写    3                1
        b          2024-W22  -          -         0                0
        b          2024-W23  -          -         4.5              2
        b          2024-W23  activity   未填写    0.5              1
        b          2024-W23  activity   清洁      4                1
        b          2024-W23  category   环境整治  4.5              2
        district   2024-W22  -          -         3.5              1
        district   2024-W22  activity   探访      3.5              1
        district   2024-W22  category   扶老助老  3.5              1
        district   2024-W23  -          -         7.5              2
        district   2024-W23  activity   未填写    0.5              1
        district   2024-W23  activity   清洁      7                1
        district   2024-W23  category   未填写    3                1
        district   2024-W23  category   环境整治  4.5              2
    """
    assert values(con, expected, "week") == cells(expected)
