"""Merchants under agreement, and the activities held, with partners or without."""

# Tables of values are read across, not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, rows, values

# 才子 has agreements with both communities; 花店's ends in May, 药店's on the first of June.
PARTNERSHIPS = """
    community  merchant  sector  circle    signed_on   ended_on    plaque
    a          才子      教育    城投星城  2024-05-10  -           true
    a          花店      零售    -         2024-04-10  2024-05-20  true
    a          药店      -       城投星城  2024-05-12  2024-06-01  false
    b          才子      教育    城投星城  2024-06-05  -           -
"""
# The attendance of the screening is not filled in.
ACTIVITIES = """
    community  day         title  category  partner  attendance
    a          2024-05-12  插花   节日      花店     20
    a          2024-05-31  筛查   健康      学院     -
    a          2024-06-10  画扇   节日      才子     31
    b          2024-06-10  画扇   -         才子     14
    b          2024-06-11  清洁   -         -        0
"""


def test_merchants_count_while_their_agreement_holds() -> None:
    con = small_warehouse({"partnerships": rows(PARTNERSHIPS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member    partners_active  partners_with_plaque  state
        a          2024-05  -          -         2                1                     reported
        a          2024-05  circle     城投星城  2                1                     reported
        a          2024-05  merchant   才子      1                1                     reported
        a          2024-05  merchant   药店      1                .                     reported
        a          2024-05  sector     教育      1                1                     reported
        a          2024-05  sector     未填写    1                .                     reported
        a          2024-06  -          -         1                1                     reported
        a          2024-06  circle     城投星城  1                1                     reported
        a          2024-06  merchant   才子      1                1                     reported
        a          2024-06  sector     教育      1                1                     reported
        b          2024-05  -          -         0                0                     reported
        b          2024-06  -          -         1                0                     reported
        b          2024-06  circle     城投星城  1                .                     reported
        b          2024-06  merchant   才子      1                .                     reported
        b          2024-06  sector     教育      1                .                     reported
        district   2024-05  -          -         2                1                     reported
        district   2024-05  circle     城投星城  2                1                     reported
        district   2024-05  merchant   才子      1                1                     reported
        district   2024-05  merchant   药店      1                .                     reported
        district   2024-05  sector     教育      1                1                     reported
        district   2024-05  sector     未填写    1                .                     reported
        district   2024-06  -          -         1                1                     reported
        district   2024-06  circle     城投星城  1                1                     reported
        district   2024-06  merchant   才子      1                1                     reported
        district   2024-06  sector     教育      1                1                     reported
    """
    assert values(con, expected) == cells(expected)


def test_agreements_signed_and_ended_by_month() -> None:
    con = small_warehouse({"partnerships": rows(PARTNERSHIPS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member    partners_signed  partners_ended
        a          2024-05  -          -         2                1
        a          2024-05  circle     城投星城  2                .
        a          2024-05  circle     未填写    .                1
        a          2024-05  merchant   才子      1                .
        a          2024-05  merchant   花店      .                1
        a          2024-05  merchant   药店      1                .
        a          2024-05  sector     教育      1                .
        a          2024-05  sector     未填写    1                .
        a          2024-05  sector     零售      .                1
        a          2024-06  -          -         0                1
        a          2024-06  circle     城投星城  .                1
        a          2024-06  merchant   药店      .                1
        a          2024-06  sector     未填写    .                1
        b          2024-05  -          -         0                0
        b          2024-06  -          -         1                0
        b          2024-06  circle     城投星城  1                .
        b          2024-06  merchant   才子      1                .
        b          2024-06  sector     教育      1                .
        district   2024-05  -          -         2                1
        district   2024-05  circle     城投星城  2                .
        district   2024-05  circle     未填写    .                1
        district   2024-05  merchant   才子      1                .
        district   2024-05  merchant   花店      .                1
        district   2024-05  merchant   药店      1                .
        district   2024-05  sector     教育      1                .
        district   2024-05  sector     未填写    1                .
        district   2024-05  sector     零售      .                1
        district   2024-06  -          -         1                1
        district   2024-06  circle     城投星城  1                1
        district   2024-06  merchant   才子      1                .
        district   2024-06  merchant   药店      .                1
        district   2024-06  sector     教育      1                .
        district   2024-06  sector     未填写    .                1
    """
    assert values(con, expected) == cells(expected)


def test_activities_and_their_attendance_by_month() -> None:
    con = small_warehouse({"activities": rows(ACTIVITIES)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  activities_held  activities_with_partners  activity_attendance  attendance_per_activity
        a          2024-05  -          -       2                2                         20                   20
        a          2024-05  category   健康    1                1                         .                    .
        a          2024-05  category   节日    1                1                         20                   20
        a          2024-05  partner    学院    1                1                         .                    .
        a          2024-05  partner    花店    1                1                         20                   20
        a          2024-05  title      插花    1                .                         20                   .
        a          2024-05  title      筛查    1                .                         .                    .
        a          2024-06  -          -       1                1                         31                   31
        a          2024-06  category   节日    1                1                         31                   31
        a          2024-06  partner    才子    1                1                         31                   31
        a          2024-06  title      画扇    1                .                         31                   .
        b          2024-05  -          -       0                0                         0                    -
        b          2024-06  -          -       2                1                         14                   7
        b          2024-06  category   未填写  2                1                         14                   7
        b          2024-06  partner    才子    1                1                         14                   14
        b          2024-06  partner    未填写  1                .                         0                    0
        b          2024-06  title      清洁    1                .                         0                    .
        b          2024-06  title      画扇    1                .                         14                   .
        district   2024-05  -          -       2                2                         20                   20
        district   2024-05  category   健康    1                1                         .                    .
        district   2024-05  category   节日    1                1                         20                   20
        district   2024-05  partner    学院    1                1                         .                    .
        district   2024-05  partner    花店    1                1                         20                   20
        district   2024-05  title      插花    1                .                         20                   .
        district   2024-05  title      筛查    1                .                         .                    .
        district   2024-06  -          -       3                2                         45                   15
        district   2024-06  category   未填写  2                1                         14                   7
        district   2024-06  category   节日    1                1                         31                   31
        district   2024-06  partner    才子    2                2                         45                   22.5
        district   2024-06  partner    未填写  1                .                         0                    0
        district   2024-06  title      清洁    1                .                         0                    .
        district   2024-06  title      画扇    2                .                         45                   .
    """
    assert values(con, expected) == cells(expected)
