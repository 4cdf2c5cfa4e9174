"""Rules of the points schemes: what is found over literal rows, and that sound rows pass."""

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, findings, rows


def test_points_of_a_day_equal_the_hours_of_service() -> None:
    service = """
        community  day         resident  hours
        a          2024-06-01  r1        2
        a          2024-06-01  r1        1.5
        a          2024-06-02  r1        2
        a          2024-06-03  r2        4
        a          2024-07-01  r1        2
        b          2024-06-02  r1        2
    """
    points = """
        community  day         resident  kind     points
        a          2024-06-01  r1        earn     3
        a          2024-06-02  r1        earn     20
        a          2024-06-02  r1        initial  100
        a          2024-06-05  r2        earn     1
    """
    con = small_warehouse(
        {"service": rows(service), "points": rows(points)},
        rules=[("points_equal_hours", "a", 1)],
        covered={("a", "points"): [("2024-06-01", "2024-06-30")]},
    )
    # The half hour is rounding; of July the ledger has not come; b has no such rule.
    expected = """
        community  day         batch  row  detail  expected
        a          2024-06-02  1      3    20      2
        a          2024-06-03  1      5    0       4
        a          2024-06-05  1      5    1       0
    """
    assert findings(con, "points_equal_hours", expected) == cells(expected)


def test_a_haircut_costs_what_the_rule_says() -> None:
    redemptions = """
        community  day         resident  item      kind     quantity  points
        a          2024-06-01  r1        免费理发  service  1         50
        a          2024-06-02  r2        免费理发  service  2         100
        a          2024-06-03  r3        免费理发  service  1         45
        a          2024-06-04  r3        理发推子  goods    1         80
        b          2024-06-05  r4        理发      service  1         20
    """
    con = small_warehouse({"redemptions": rows(redemptions)}, rules=[("haircut_costs", "a", 50)])
    expected = """
        community  day         batch  row  detail  expected
        a          2024-06-03  1      4    45      50
    """
    assert findings(con, "haircut_costs", expected) == cells(expected)


def test_a_balance_falls_below_zero_once_until_it_recovers() -> None:
    points = """
        community  day         resident  kind     points
        a          2024-06-01  r1        earn     10
        a          2024-06-30  r1        settle   -5
        a          2024-07-01  r1        earn     20
        a          2024-06-01  r2        initial  100
        b          2024-06-01  r2        deduct   -1
    """
    redemptions = """
        community  day         resident  item  kind   quantity  points
        a          2024-06-02  r1        大米  goods  1         15
        a          2024-06-03  r1        纸巾  goods  1         2
        a          2024-07-02  r1        大米  goods  1         20
        a          2024-06-02  r2        大米  goods  1         100
    """
    con = small_warehouse({"points": rows(points), "redemptions": rows(redemptions)})
    expected = """
        community  day         batch  row  detail  expected
        a          2024-06-02  1      2    -5      ≥ 0
        a          2024-07-02  1      4    -7      ≥ 0
        b          2024-06-01  1      6    -1      ≥ 0
    """
    assert findings(con, "negative_balance", expected) == cells(expected)


def test_redeeming_before_earning_on_the_same_day_is_no_offence() -> None:
    redemptions = "day  resident  item  kind  quantity  points\n2024-06-01  r1  大米  goods  1  15"
    points = "day  resident  kind  points\n2024-06-01  r1  earn  15"
    con = small_warehouse({"points": rows(points), "redemptions": rows(redemptions)})
    expected = "community  day  batch  row  detail  expected"
    assert findings(con, "negative_balance", expected) == cells(expected)


def test_everybody_starts_once_with_the_points_of_the_rule() -> None:
    points = """
        community  day         resident  kind     points
        a          2024-04-01  r1        initial  100
        a          2024-04-02  r1        earn     5
        a          2024-04-01  r2        initial  80
        a          2024-04-01  r3        initial  100
        a          2024-05-01  r3        initial  100
        a          2024-05-02  r4        earn     5
        a          2024-05-03  r4        earn     5
        b          2024-05-03  r5        earn     5
    """
    con = small_warehouse({"points": rows(points)}, rules=[("initial_points", "a", 100)])
    expected = """
        community  day         batch  row  detail     expected
        a          2024-04-01  1      4    80         100
        a          2024-05-01  1      6    100 + 100  100
        a          2024-05-02  1      7    0          100
    """
    assert findings(con, "initial_points", expected) == cells(expected)


# r2 is settled on the last day but one, r3 twice; r4 comes in May, after which nothing is due.
LEDGER = """
    community  day         resident  kind     points
    a          2024-04-01  r1        initial  100
    a          2024-04-30  r1        settle   100
    a          2024-04-01  r2        initial  100
    a          2024-04-29  r2        settle   100
    a          2024-04-01  r3        initial  100
    a          2024-04-30  r3        settle   100
    a          2024-04-30  r3        settle   100
    a          2024-05-02  r4        initial  100
"""


def test_everybody_is_settled_once_at_the_end_of_each_month_reported() -> None:
    con = small_warehouse(
        {"points": rows(LEDGER)},
        rules=[("settled_monthly", "a", 1)],
        covered={("a", "points"): [("2024-04-01", "2024-05-15")]},
    )
    expected = """
        community  day         batch  row  detail  expected
        a          2024-04-30  1      5    0       1
        a          2024-04-30  1      8    2       1
    """
    assert findings(con, "settled_monthly", expected) == cells(expected)


def test_once_may_is_reported_whole_its_settlements_are_due() -> None:
    con = small_warehouse({"points": rows(LEDGER)}, rules=[("settled_monthly", "a", 1)])
    expected = """
        community  day         batch  row  detail  expected
        a          2024-04-30  1      5    0       1
        a          2024-04-30  1      8    2       1
        a          2024-05-31  1      3    0       1
        a          2024-05-31  1      5    0       1
        a          2024-05-31  1      8    0       1
        a          2024-05-31  1      9    0       1
    """
    assert findings(con, "settled_monthly", expected) == cells(expected)


def test_without_a_rule_nobody_needs_to_be_settled() -> None:
    con = small_warehouse({"points": rows(LEDGER)})
    expected = "community  day  batch  row  detail  expected"
    assert findings(con, "settled_monthly", expected) == cells(expected)


def test_a_settlement_states_what_the_ledger_adds_up_to() -> None:
    points = """
        community  day         resident  kind     points
        a          2024-04-30  r1        settle   75
        a          2024-04-01  r1        initial  100
        a          2024-04-30  r1        earn     5
        a          2024-05-31  r1        settle   74
        a          2024-04-30  r2        settle   0
        a          2024-05-01  r2        earn     9
        a          2024-05-31  r2        settle   100
    """
    redemptions = "day  resident  item  kind  quantity  points\n2024-04-30  r1  大米  goods  1  30"
    con = small_warehouse({"points": rows(points), "redemptions": rows(redemptions)})
    # Entries of the last day count, whatever their order; an earlier settlement is not added.
    expected = """
        community  day         batch  row  detail  expected
        a          2024-05-31  1      5    74      75
        a          2024-05-31  1      8    100     9
    """
    assert findings(con, "settled_balance", expected) == cells(expected)
