"""Rules about people: placements and hours of service."""

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, findings, rows

NOTHING = "community  day  batch  row  detail  expected"

PLACEMENTS = """
    community  day         resident  age  employer
    a          2024-04-02  r1        44   医院
    a          2024-05-01  r1        44   物业
    a          2024-06-10  r1        44   医院
    b          2024-06-11  r1        44   医院
    a          2024-06-10  r2        64   医院
    a          2024-06-10  r3        65   -
    a          2024-06-11  r3        -    -
    b          2024-06-12  r4        70   物业
"""


def test_nobody_is_placed_twice_at_one_employer() -> None:
    con = small_warehouse({"placements": rows(PLACEMENTS)})
    expected = """
        community  day         batch  row  detail                              expected
        a          2024-06-10  1      4    2024-04-02, 2024-06-10              2024-04-02
        b          2024-06-11  1      5    2024-04-02, 2024-06-10, 2024-06-11  2024-04-02
    """
    assert findings(con, "placed_twice", expected) == cells(expected)


def test_nobody_placed_has_reached_the_age_limit_of_the_scheme() -> None:
    con = small_warehouse({"placements": rows(PLACEMENTS)}, rules=[("age_limit", "a", 65)])
    expected = """
        community  day         batch  row  detail  expected
        a          2024-06-10  1      7    65      < 65
    """
    assert findings(con, "age_limit", expected) == cells(expected)


def test_a_day_has_24_hours_in_all_communities_together() -> None:
    service = """
        community  day         resident  hours
        a          2024-06-01  r1        4
        a          2024-06-01  r1        12.5
        b          2024-06-01  r1        8
        a          2024-06-02  r1        12
        b          2024-06-02  r1        12
        a          2024-06-03  r2        24
    """
    con = small_warehouse({"service": rows(service)})
    # Each community concerned learns of it, at the longest of its entries.
    expected = """
        community  day         batch  row  detail  expected
        a          2024-06-01  1      3    24.5    ≤ 24
        b          2024-06-01  1      4    24.5    ≤ 24
    """
    assert findings(con, "hours_over_24", expected) == cells(expected)


def test_people_known_by_name_only_are_counted_once_per_community_and_table() -> None:
    service = """
        community  day         resident  hours
        a          2024-01-03  r1        2
        a          2024-01-02  r2        2
        a          2024-01-04  r2        2
        a          2024-01-01  r3        2
        b          2024-01-01  r1        2
    """
    con = small_warehouse({"service": rows(service)})
    assert findings(con, "known_by_name_only", NOTHING) == cells(NOTHING)
    con.execute("insert into lone_names values ('a', 'r1'), ('a', 'r2')")
    expected = """
        community  day         batch  row  detail  expected
        a          2024-01-02  1      3    2       -
    """
    assert findings(con, "known_by_name_only", expected) == cells(expected)
