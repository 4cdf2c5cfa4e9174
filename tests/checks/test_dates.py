"""Rules about dates: what comes later is not dated before what comes first."""

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, findings, rows


def test_concerns_are_reviewed_and_resolved_after_they_were_raised() -> None:
    concerns = """
        community  day         reviewed_on  resolved_on
        a          2024-06-03  2024-06-03   2024-06-03
        a          2024-06-03  2024-06-07   2024-06-01
        a          2024-06-03  2024-06-02   -
        a          2024-06-03  2024-06-09   2024-06-05
        a          2024-06-03  -            -
    """
    con = small_warehouse({"concerns": rows(concerns)})
    expected = """
        community  day         batch  row  detail      expected
        a          2024-06-03  1      3    2024-06-01  ≥ 2024-06-03
        a          2024-06-03  1      4    2024-06-02  ≥ 2024-06-03
    """
    assert findings(con, "resolved_before_raised", expected) == cells(expected)


def test_other_dates_are_in_order() -> None:
    training = """
        community  day         resident  dispatched_on  completed_on
        a          2024-06-01  r1        2024-06-01     2024-06-01
        a          2024-06-02  r2        2024-06-01     2024-06-20
        a          2024-06-03  r3        2024-06-05     2024-06-04
        a          2024-06-03  r4        -              2024-06-02
    """
    decisions = """
        community  day         decision  due_on      done_on
        a          2024-06-07  划线      2024-06-07  2024-06-07
        a          2024-06-07  限时      2024-06-06  2024-06-05
    """
    exchanges = """
        community  kind     title  opened_on   matched_on  completed_on
        a          need     轮椅   2024-06-01  2024-06-02  2024-06-01
        a          project  车棚   2024-06-09  -           2024-06-08
        a          need     家教   2024-06-09  2024-06-01  -
    """
    partnerships = """
        community  merchant  signed_on   ended_on
        a          药店      2024-06-01  2024-06-01
        a          书店      2024-06-10  2024-06-01
    """
    goods = """
        community  item  stocked_on  removed_on
        a          大米  2024-06-01  -
        a          水杯  2024-06-11  2024-06-01
    """
    con = small_warehouse(
        {
            "training": rows(training),
            "decisions": rows(decisions),
            "exchanges": rows(exchanges),
            "partnerships": rows(partnerships),
            "goods": rows(goods),
        }
    )
    expected = """
        community  day         batch  row  detail      expected
        a          2024-06-02  1      3    2024-06-01  ≥ 2024-06-02
        a          2024-06-03  1      5    2024-06-02  ≥ 2024-06-03
        a          2024-06-05  1      4    2024-06-04  ≥ 2024-06-05
        a          2024-06-07  1      3    2024-06-05  ≥ 2024-06-07
        a          2024-06-07  1      3    2024-06-06  ≥ 2024-06-07
        a          2024-06-09  1      3    2024-06-08  ≥ 2024-06-09
        a          2024-06-09  1      4    2024-06-01  ≥ 2024-06-09
        a          2024-06-10  1      3    2024-06-01  ≥ 2024-06-10
        a          2024-06-11  1      3    2024-06-01  ≥ 2024-06-11
    """
    assert findings(con, "dates_out_of_order", expected) == cells(expected)


def test_a_certificate_needs_a_completion() -> None:
    training = """
        community  day         resident  course  completed_on  certificate
        a          2024-06-01  r1        面点师  2024-06-20    true
        a          2024-06-01  r2        面点师  -             false
        a          2024-06-01  r3        理发师  -             true
        a          2024-06-01  r4        理发师  -             -
    """
    con = small_warehouse({"training": rows(training)})
    expected = """
        community  day         batch  row  detail  expected
        a          2024-06-01  1      4    理发师  -
    """
    assert findings(con, "certificate_without_completion", expected) == cells(expected)
