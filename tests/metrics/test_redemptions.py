"""Points earned and spent, what they were spent on, and the shelf."""

# Tables of values are read across, not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, rows, values

# A settlement states a balance and moves no points; r2 has points in two communities.
POINTS = """
    community  day         resident  kind     reason    points
    a          2024-05-01  r1        initial  -         100
    a          2024-05-31  r1        settle   -         100
    a          2024-06-01  r1        earn     公益活动  20
    a          2024-06-02  r1        earn     -         5
    a          2024-06-03  r2        initial  -         100
    a          2024-06-04  r2        deduct   乱停车    -10
    b          2024-06-05  r2        earn     公益活动  7
"""
REDEMPTIONS = """
    community  day         resident  item  category  kind     quantity  points  merchant
    a          2024-05-31  r1        大米  粮油      goods    1         30      -
    a          2024-06-01  r1        大米  粮油      goods    2         60      -
    a          2024-06-10  r2        面粉  -         goods    1         25      -
    b          2024-06-10  r2        理发  便民      service  1         50      东方理发
"""


def test_points_of_each_kind_by_month() -> None:
    con = small_warehouse({"points": rows(POINTS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member    points_earned  points_granted  points_deducted  people  state
        a          2024-05  -          -         0              100             0                0       reported
        a          2024-06  -          -         25             100             10               1       reported
        a          2024-06  reason     乱停车    .              .               10               .       .
        a          2024-06  reason     公益活动  20             .               .                1       reported
        a          2024-06  reason     未填写    5              .               .                1       reported
        b          2024-05  -          -         0              0               0                0       reported
        b          2024-06  -          -         7              0               0                1       reported
        b          2024-06  reason     公益活动  7              .               .                1       reported
        district   2024-05  -          -         0              100             0                0       reported
        district   2024-06  -          -         32             100             10               2       reported
        district   2024-06  reason     乱停车    .              .               10               .       .
        district   2024-06  reason     公益活动  27             .               .                2       reported
        district   2024-06  reason     未填写    5              .               .                1       reported
    """
    assert values(con, expected) == cells(expected)


def test_balance_is_what_was_earned_and_not_spent_to_date() -> None:
    tables = {"points": rows(POINTS), "redemptions": rows(REDEMPTIONS)}
    con = small_warehouse(tables, starts_on="2024-04-01")
    expected = """
        community  period   dimension  member  points_balance  people  state
        a          2024-04  -          -       0               0       reported
        a          2024-05  -          -       70              1       reported
        a          2024-06  -          -       100             2       reported
        b          2024-04  -          -       0               0       reported
        b          2024-05  -          -       0               0       reported
        b          2024-06  -          -       -43             1       reported
        district   2024-04  -          -       0               0       reported
        district   2024-05  -          -       70              1       reported
        district   2024-06  -          -       57              2       reported
    """
    assert values(con, expected) == cells(expected)


def test_goods_without_a_merchant_are_from_the_shelf_and_services_are_not_filled_in() -> None:
    redeemed = """
        community  day         resident  item  category  kind     quantity  points  merchant
        a          2024-06-01  r1        大米  -         goods    1         30      -
        a          2024-06-02  r1        面粉  -         goods    1         25      家佰乐超市
        a          2024-06-03  r2        理发  -         service  1         50      -
    """
    con = small_warehouse({"redemptions": rows(redeemed)}, starts_on="2024-06-01")
    expected = """
        community  period   dimension  member      redemptions
        a          2024-06  merchant   家佰乐超市  1
        a          2024-06  merchant   未填写      1
        a          2024-06  merchant   社区货架    1
        district   2024-06  merchant   家佰乐超市  1
        district   2024-06  merchant   未填写      1
        district   2024-06  merchant   社区货架    1
    """
    header, *found = values(con, expected)
    assert [header, *(one for one in found if "merchant" in one)] == cells(expected)


def test_redemptions_items_points_and_people_by_month() -> None:
    con = small_warehouse({"redemptions": rows(REDEMPTIONS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member    redemptions  items_redeemed  points_redeemed  residents_redeeming  people
        a          2024-05  -          -         1            1               30               1                    1
        a          2024-05  category   粮油      1            1               30               1                    1
        a          2024-05  item       大米      1            1               30               1                    1
        a          2024-05  kind       goods     1            1               30               1                    1
        a          2024-05  merchant   社区货架  1            1               30               1                    1
        a          2024-06  -          -         2            3               85               2                    2
        a          2024-06  category   未填写    1            1               25               1                    1
        a          2024-06  category   粮油      1            2               60               1                    1
        a          2024-06  item       大米      1            2               60               1                    1
        a          2024-06  item       面粉      1            1               25               1                    1
        a          2024-06  kind       goods     2            3               85               2                    2
        a          2024-06  merchant   社区货架  2            3               85               2                    2
        b          2024-05  -          -         0            0               0                0                    0
        b          2024-06  -          -         1            1               50               1                    1
        b          2024-06  category   便民      1            1               50               1                    1
        b          2024-06  item       理发      1            1               50               1                    1
        b          2024-06  kind       service   1            1               50               1                    1
        b          2024-06  merchant   东方理发  1            1               50               1                    1
        district   2024-05  -          -         1            1               30               1                    1
        district   2024-05  category   粮油      1            1               30               1                    1
        district   2024-05  item       大米      1            1               30               1                    1
        district   2024-05  kind       goods     1            1               30               1                    1
        district   2024-05  merchant   社区货架  1            1               30               1                    1
        district   2024-06  -          -         3            4               135              2                    2
        district   2024-06  category   便民      1            1               50               1                    1
        district   2024-06  category   未填写    1            1               25               1                    1
        district   2024-06  category   粮油      1            2               60               1                    1
        district   2024-06  item       大米      1            2               60               1                    1
        district   2024-06  item       理发      1            1               50               1                    1
        district   2024-06  item       面粉      1            1               25               1                    1
        district   2024-06  kind       goods     2            3               85               2                    2
        district   2024-06  kind       service   1            1               50               1                    1
        district   2024-06  merchant   东方理发  1            1               50               1                    1
        district   2024-06  merchant   社区货架  2            3               85               2                    2
    """
    assert values(con, expected) == cells(expected)


def test_over_a_quarter_residents_redeeming_count_once() -> None:
    con = small_warehouse({"redemptions": rows(REDEMPTIONS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member    residents_redeeming  redemptions
        a          2024-Q2  -          -         2                    3
        a          2024-Q2  category   未填写    1                    1
        a          2024-Q2  category   粮油      1                    2
        a          2024-Q2  item       大米      1                    2
        a          2024-Q2  item       面粉      1                    1
        a          2024-Q2  kind       goods     2                    3
        a          2024-Q2  merchant   社区货架  2                    3
        b          2024-Q2  -          -         1                    1
        b          2024-Q2  category   便民      1                    1
        b          2024-Q2  item       理发      1                    1
        b          2024-Q2  kind       service   1                    1
        b          2024-Q2  merchant   东方理发  1                    1
        district   2024-Q2  -          -         2                    4
        district   2024-Q2  category   便民      1                    1
        district   2024-Q2  category   未填写    1                    1
        district   2024-Q2  category   粮油      1                    2
        district   2024-Q2  item       大米      1                    2
        district   2024-Q2  item       理发      1                    1
        district   2024-Q2  item       面粉      1                    1
        district   2024-Q2  kind       goods     2                    3
        district   2024-Q2  kind       service   1                    1
        district   2024-Q2  merchant   东方理发  1                    1
        district   2024-Q2  merchant   社区货架  2                    3
    """
    assert values(con, expected, "quarter") == cells(expected)


def test_goods_are_on_the_shelf_from_stocked_until_removed() -> None:
    goods = """
        community  item  category  stocked_on  removed_on
        a          大米  粮油      2024-04-15  -
        a          水杯  -         2024-04-15  2024-06-01
        a          纸巾  日用      2024-05-31  2024-06-02
        b          大米  粮油      2024-06-30  -
    """
    con = small_warehouse({"goods": rows(goods)}, starts_on="2024-04-01")
    expected = """
        community  period   dimension  member  goods_on_shelf  state
        a          2024-04  -          -       2               reported
        a          2024-04  category   未填写  1               reported
        a          2024-04  category   粮油    1               reported
        a          2024-04  item       大米    1               reported
        a          2024-04  item       水杯    1               reported
        a          2024-05  -          -       3               reported
        a          2024-05  category   日用    1               reported
        a          2024-05  category   未填写  1               reported
        a          2024-05  category   粮油    1               reported
        a          2024-05  item       大米    1               reported
        a          2024-05  item       水杯    1               reported
        a          2024-05  item       纸巾    1               reported
        a          2024-06  -          -       1               reported
        a          2024-06  category   粮油    1               reported
        a          2024-06  item       大米    1               reported
        b          2024-04  -          -       0               reported
        b          2024-05  -          -       0               reported
        b          2024-06  -          -       1               reported
        b          2024-06  category   粮油    1               reported
        b          2024-06  item       大米    1               reported
        district   2024-04  -          -       2               reported
        district   2024-04  category   未填写  1               reported
        district   2024-04  category   粮油    1               reported
        district   2024-04  item       大米    1               reported
        district   2024-04  item       水杯    1               reported
        district   2024-05  -          -       3               reported
        district   2024-05  category   日用    1               reported
        district   2024-05  category   未填写  1               reported
        district   2024-05  category   粮油    1               reported
        district   2024-05  item       大米    1               reported
        district   2024-05  item       水杯    1               reported
        district   2024-05  item       纸巾    1               reported
        district   2024-06  -          -       1               reported
        district   2024-06  category   粮油    1               reported
        district   2024-06  item       大米    1               reported
    """
    assert values(con, expected) == cells(expected)
