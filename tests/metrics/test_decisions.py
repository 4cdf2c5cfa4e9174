"""Decisions of meetings: made, done, in time, open and overdue."""

# Tables of values are read across, not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, rows, values

# Done on the due day, done late, due on a month's last day and not done, and without a due day.
DECISIONS = """
    community  day         topic  decision  owner  due_on      done_on
    a          2024-05-10  停车   划线      物业   2024-05-31  2024-05-31
    a          2024-05-10  停车   限时      -      2024-05-20  2024-06-03
    a          2024-05-24  -      修灯      物业   2024-06-30  -
    b          2024-06-07  停车   划线      物业   -           -
"""


def test_decisions_made_done_open_and_overdue_by_month() -> None:
    con = small_warehouse(
        {"decisions": rows(DECISIONS)}, starts_on="2024-05-01", last_day="2024-07-31"
    )
    expected = """
        community  period   dimension  member  decisions_made  decisions_done  decisions_open  decisions_overdue  state
        a          2024-05  -          -       3               1               2               1                  reported
        a          2024-05  owner      未填写  1               .               1               1                  reported
        a          2024-05  owner      物业    2               1               1               .                  reported
        a          2024-05  topic      停车    2               1               1               1                  reported
        a          2024-05  topic      未填写  1               .               1               .                  reported
        a          2024-06  -          -       0               1               1               0                  reported
        a          2024-06  owner      未填写  .               1               .               .                  .
        a          2024-06  owner      物业    .               .               1               .                  .
        a          2024-06  topic      停车    .               1               .               .                  .
        a          2024-06  topic      未填写  .               .               1               .                  .
        a          2024-07  -          -       0               0               1               1                  reported
        a          2024-07  owner      物业    .               .               1               1                  .
        a          2024-07  topic      未填写  .               .               1               1                  .
        b          2024-05  -          -       0               0               0               0                  reported
        b          2024-06  -          -       1               0               1               0                  reported
        b          2024-06  owner      物业    1               .               1               .                  reported
        b          2024-06  topic      停车    1               .               1               .                  reported
        b          2024-07  -          -       0               0               1               0                  reported
        b          2024-07  owner      物业    .               .               1               .                  .
        b          2024-07  topic      停车    .               .               1               .                  .
        district   2024-05  -          -       3               1               2               1                  reported
        district   2024-05  owner      未填写  1               .               1               1                  reported
        district   2024-05  owner      物业    2               1               1               .                  reported
        district   2024-05  topic      停车    2               1               1               1                  reported
        district   2024-05  topic      未填写  1               .               1               .                  reported
        district   2024-06  -          -       1               1               2               0                  reported
        district   2024-06  owner      未填写  .               1               .               .                  .
        district   2024-06  owner      物业    1               .               2               .                  reported
        district   2024-06  topic      停车    1               1               1               .                  reported
        district   2024-06  topic      未填写  .               .               1               .                  .
        district   2024-07  -          -       0               0               2               1                  reported
        district   2024-07  owner      物业    .               .               2               1                  .
        district   2024-07  topic      停车    .               .               1               .                  .
        district   2024-07  topic      未填写  .               .               1               1                  .
    """
    assert values(con, expected) == cells(expected)


def test_share_done_in_time_counts_on_the_due_day() -> None:
    con = small_warehouse({"decisions": rows(DECISIONS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  decisions_done_in_time_share  numerator  denominator  state
        a          2024-05  -          -       0.5                           1          2            reported
        a          2024-05  owner      未填写  0                             0          1            reported
        a          2024-05  owner      物业    1                             1          1            reported
        a          2024-05  topic      停车    0.5                           1          2            reported
        a          2024-06  -          -       0                             0          1            reported
        a          2024-06  owner      物业    0                             0          1            reported
        a          2024-06  topic      未填写  0                             0          1            reported
        b          2024-05  -          -       -                             0          0            reported
        b          2024-06  -          -       -                             0          0            reported
        district   2024-05  -          -       0.5                           1          2            reported
        district   2024-05  owner      未填写  0                             0          1            reported
        district   2024-05  owner      物业    1                             1          1            reported
        district   2024-05  topic      停车    0.5                           1          2            reported
        district   2024-06  -          -       0                             0          1            reported
        district   2024-06  owner      物业    0                             0          1            reported
        district   2024-06  topic      未填写  0                             0          1            reported
    """
    assert values(con, expected) == cells(expected)
