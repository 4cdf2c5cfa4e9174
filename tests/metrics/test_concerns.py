"""Concerns, household visits, councils and the three lists."""

# Tables of values are read across, not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, rows, values

# Resolved on the 14th day, in the next month, before it was raised, and not at all.
CONCERNS = """
    community  day         category  channel  reviewed_on  resolved_on
    a          2024-05-17  供暖      走访     2024-05-24   2024-05-31
    a          2024-05-28  停车      -        2024-06-05   2024-06-12
    a          2024-06-03  停车      走访     2024-06-07   2024-06-01
    b          2024-06-10  -         走访     -            -
"""
VISITS = """
    community  day         household
    a          2024-01-01  1-101
    a          2024-02-10  1-102
    a          2024-06-30  1-102
    a          2024-07-01  1-103
    b          2024-07-01  1-103
"""
COUNCILS = """
    community  day         topic  outcome
    a          2024-05-31  电梯   通过
    a          2024-06-01  停车   -
    a          2024-06-20  停车   通过
"""
# Matched on the 30th day, on the 31st, before it was opened, and not at all.
EXCHANGES = """
    community  kind      title  opened_on   matched_on  completed_on
    a          need      轮椅   2024-05-01  2024-05-31  2024-06-01
    a          need      家教   2024-05-02  2024-06-02  -
    a          need      陪护   2024-06-03  2024-06-01  -
    a          need      搬家   2024-06-04  -           -
    a          resource  教室   2024-06-05  2024-06-06  -
    a          project   车棚   2024-05-05  -           2024-06-07
    a          project   花园   2024-06-08  -           -
"""
ONE = {"a": (1000, 400)}


def test_concerns_raised_resolved_open_and_overdue_by_month() -> None:
    con = small_warehouse({"concerns": rows(CONCERNS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  concerns_raised  concerns_resolved  concerns_open  concerns_overdue  state
        a          2024-05  -          -       2                1                  1              0                 reported
        a          2024-05  category   供暖    1                1                  .              .                 reported
        a          2024-05  category   停车    1                .                  1              .                 reported
        a          2024-05  channel    未填写  1                .                  1              .                 reported
        a          2024-05  channel    走访    1                1                  .              .                 reported
        a          2024-06  -          -       1                2                  0              0                 reported
        a          2024-06  category   停车    1                2                  .              .                 reported
        a          2024-06  channel    未填写  .                1                  .              .                 .
        a          2024-06  channel    走访    1                1                  .              .                 reported
        b          2024-05  -          -       0                0                  0              0                 reported
        b          2024-06  -          -       1                0                  1              1                 reported
        b          2024-06  category   未填写  1                .                  1              1                 reported
        b          2024-06  channel    走访    1                .                  1              1                 reported
        district   2024-05  -          -       2                1                  1              0                 reported
        district   2024-05  category   供暖    1                1                  .              .                 reported
        district   2024-05  category   停车    1                .                  1              .                 reported
        district   2024-05  channel    未填写  1                .                  1              .                 reported
        district   2024-05  channel    走访    1                1                  .              .                 reported
        district   2024-06  -          -       2                2                  1              1                 reported
        district   2024-06  category   停车    1                2                  .              .                 reported
        district   2024-06  category   未填写  1                .                  1              1                 reported
        district   2024-06  channel    未填写  .                1                  .              .                 .
        district   2024-06  channel    走访    2                1                  1              1                 reported
    """
    assert values(con, expected) == cells(expected)


def test_shares_resolved_and_reviewed_in_time_follow_the_concerns_raised() -> None:
    con = small_warehouse({"concerns": rows(CONCERNS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  concerns_resolved_in_time_share  numerator  denominator  reviewed_within_week_share
        a          2024-05  -          -       0.5                              1          2            0.5
        a          2024-05  category   供暖    1                                1          1            1
        a          2024-05  category   停车    0                                0          1            0
        a          2024-05  channel    未填写  0                                0          1            0
        a          2024-05  channel    走访    1                                1          1            1
        a          2024-06  -          -       0                                0          1            1
        a          2024-06  category   停车    0                                0          1            1
        a          2024-06  channel    走访    0                                0          1            1
        b          2024-05  -          -       -                                0          0            -
        b          2024-06  -          -       0                                0          1            0
        b          2024-06  category   未填写  0                                0          1            0
        b          2024-06  channel    走访    0                                0          1            0
        district   2024-05  -          -       0.5                              1          2            0.5
        district   2024-05  category   供暖    1                                1          1            1
        district   2024-05  category   停车    0                                0          1            0
        district   2024-05  channel    未填写  0                                0          1            0
        district   2024-05  channel    走访    1                                1          1            1
        district   2024-06  -          -       0                                0          2            0.5
        district   2024-06  category   停车    0                                0          1            1
        district   2024-06  category   未填写  0                                0          1            0
        district   2024-06  channel    走访    0                                0          2            0.5
    """
    assert values(con, expected) == cells(expected)


def test_shares_solved_and_satisfied_rest_on_the_concerns_of_which_it_is_told() -> None:
    told = """
        community  day         category  channel  resolved_on  is_solved  is_satisfied
        a          2024-05-17  供暖      走访     2024-05-31   true       true
        a          2024-05-28  停车      走访     2024-06-12   true       false
        a          2024-05-29  停车      走访     -            false      -
        a          2024-06-03  停车      走访     2024-06-04   -          -
        b          2024-06-10  停车      走访     2024-06-11   true       true
    """
    con = small_warehouse({"concerns": rows(told)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  concerns_solved_share  numerator  denominator  concerns_satisfied_share
        a          2024-05  -          -       0.666667               2          3            0.5
        a          2024-05  category   供暖    1                      1          1            1
        a          2024-05  category   停车    0.5                    1          2            0
        a          2024-05  channel    走访    0.666667               2          3            0.5
        a          2024-06  -          -       -                      0          0            -
        b          2024-05  -          -       -                      0          0            -
        b          2024-06  -          -       1                      1          1            1
        b          2024-06  category   停车    1                      1          1            1
        b          2024-06  channel    走访    1                      1          1            1
        district   2024-05  -          -       0.666667               2          3            0.5
        district   2024-05  category   供暖    1                      1          1            1
        district   2024-05  category   停车    0.5                    1          2            0
        district   2024-05  channel    走访    0.666667               2          3            0.5
        district   2024-06  -          -       1                      1          1            1
        district   2024-06  category   停车    1                      1          1            1
        district   2024-06  channel    走访    1                      1          1            1
    """
    assert values(con, expected) == cells(expected)


def test_days_to_resolve_count_on_the_day_resolved() -> None:
    more = "a  2024-06-10  停车  走访  -  2024-06-14"
    con = small_warehouse({"concerns": rows(CONCERNS + more)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  days_to_resolve  state
        a          2024-05  -          -       14               reported
        a          2024-05  category   供暖    14               reported
        a          2024-05  channel    走访    14               reported
        a          2024-06  -          -       9.5              reported
        a          2024-06  category   停车    9.5              reported
        a          2024-06  channel    未填写  15               reported
        a          2024-06  channel    走访    4                reported
        b          2024-05  -          -       -                reported
        b          2024-06  -          -       -                reported
        district   2024-05  -          -       14               reported
        district   2024-05  category   供暖    14               reported
        district   2024-05  channel    走访    14               reported
        district   2024-06  -          -       9.5              reported
        district   2024-06  category   停车    9.5              reported
        district   2024-06  channel    未填写  15               reported
        district   2024-06  channel    走访    4                reported
    """
    assert values(con, expected) == cells(expected)


def test_a_household_counts_for_six_months_from_its_visit() -> None:
    con = small_warehouse(
        {"visits": rows(VISITS)},
        population={"a": (1000, 4), "b": (1000, 16)},
        starts_on="2024-06-01",
        last_day="2024-08-31",
    )
    expected = """
        community  period   dimension  member  households_visited_share  numerator  denominator  visits  state
        a          2024-06  -          -       0.5                       2          4            1       reported
        a          2024-07  -          -       0.5                       2          4            1       reported
        a          2024-08  -          -       0.5                       2          4            0       reported
        b          2024-06  -          -       0                         0          16           0       reported
        b          2024-07  -          -       0.0625                    1          16           1       reported
        b          2024-08  -          -       0.0625                    1          16           0       reported
        district   2024-06  -          -       0.1                       2          20           1       reported
        district   2024-07  -          -       0.15                      3          20           2       reported
        district   2024-08  -          -       0.15                      3          20           0       reported
    """
    assert values(con, expected) == cells(expected)


def test_councils_by_month() -> None:
    con = small_warehouse({"councils": rows(COUNCILS)}, population=ONE, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  councils_held  state
        a          2024-05  -          -       1              reported
        a          2024-05  outcome    通过    1              reported
        a          2024-05  topic      电梯    1              reported
        a          2024-06  -          -       2              reported
        a          2024-06  outcome    未填写  1              reported
        a          2024-06  outcome    通过    1              reported
        a          2024-06  topic      停车    2              reported
        district   2024-05  -          -       1              reported
        district   2024-05  outcome    通过    1              reported
        district   2024-05  topic      电梯    1              reported
        district   2024-06  -          -       2              reported
        district   2024-06  outcome    未填写  1              reported
        district   2024-06  outcome    通过    1              reported
        district   2024-06  topic      停车    2              reported
    """
    assert values(con, expected) == cells(expected)


def test_the_three_lists_by_month() -> None:
    con = small_warehouse({"exchanges": rows(EXCHANGES)}, population=ONE, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member    list_entries  needs_matched  needs_open  projects_completed  needs_matched_share  state
        a          2024-05  -          -         3             1              1           0                   0.5                  reported
        a          2024-05  kind       need      2             .              .           .                   .                    reported
        a          2024-05  kind       project   1             .              .           .                   .                    reported
        a          2024-06  -          -         4             2              1           1                   0                    reported
        a          2024-06  kind       need      2             .              .           .                   .                    reported
        a          2024-06  kind       project   1             .              .           .                   .                    reported
        a          2024-06  kind       resource  1             .              .           .                   .                    reported
        district   2024-05  -          -         3             1              1           0                   0.5                  reported
        district   2024-05  kind       need      2             .              .           .                   .                    reported
        district   2024-05  kind       project   1             .              .           .                   .                    reported
        district   2024-06  -          -         4             2              1           1                   0                    reported
        district   2024-06  kind       need      2             .              .           .                   .                    reported
        district   2024-06  kind       project   1             .              .           .                   .                    reported
        district   2024-06  kind       resource  1             .              .           .                   .                    reported
    """
    assert values(con, expected) == cells(expected)
