"""Rules about merchants: valid agreements, one way of writing."""

from __future__ import annotations

from kit import insert, small_warehouse
from text_tables import cells, findings, rows

NOTHING = "community  day  batch  row  detail  expected"


def test_redemptions_need_an_agreement_in_force_that_day() -> None:
    partnerships = """
        community  merchant  signed_on   ended_on
        a          药店      2024-04-01  2024-06-01
        a          药店      2024-06-10  -
        a          书店      2024-04-01  -
        b          影院      2024-04-01  -
    """
    redemptions = """
        community  day         resident  item  kind     quantity  points  merchant
        a          2024-04-01  r1        口罩  goods    1         5       药店
        a          2024-05-31  r1        口罩  goods    1         5       药店
        a          2024-06-01  r1        口罩  goods    1         5       药店
        a          2024-06-10  r1        口罩  goods    1         5       药店
        a          2024-06-11  r1        大米  goods    1         5       -
        a          2024-06-12  r1        电影  service  1         5       影院
        a          2024-07-01  r1        电影  service  1         5       影院
    """
    con = small_warehouse(
        {"partnerships": rows(partnerships), "redemptions": rows(redemptions)},
        covered={("a", "partnerships"): [("1900-01-01", "2024-06-30")]},
    )
    # The agreement of 影院 is b's; whether a has signed it since June the roster cannot say yet.
    expected = """
        community  day         batch  row  detail  expected
        a          2024-06-01  1      4    药店    2024-04-01/2024-06-01, 2024-06-10/
        a          2024-06-12  1      7    影院    -
    """
    assert findings(con, "redemption_without_agreement", expected) == cells(expected)


def test_without_a_roster_no_agreement_is_missed() -> None:
    redemptions = (
        "day  resident  item  kind  quantity  points  merchant\n"
        "2024-06-12  r1  电影  service  1  5  影院"
    )
    con = small_warehouse(
        {"redemptions": rows(redemptions), "partnerships": []},
        covered={("a", "partnerships"): []},
    )
    assert findings(con, "redemption_without_agreement", NOTHING) == cells(NOTHING)


def test_a_merchant_is_written_in_one_way() -> None:
    partnerships = """
        community  merchant              signed_on
        a          米乐居民服务店        2024-04-01
        a          梅子瑜伽馆            2024-04-01
        a          东方才子              2024-04-01
        a          家佰乐生活超市        2024-04-01
        a          KK Coffee             2024-04-01
        b          米乐居民服务          2024-04-01
    """
    redemptions = """
        community  day         resident  item  kind     quantity  points  merchant
        a          2024-05-01  r1        快递  service  1         5       米乐居民服务店
        a          2024-05-02  r1        快递  service  1         5       米乐 居民服务
        a          2024-05-03  r1        体验  service  1         5       梅子瑜伽馆
        a          2024-05-04  r1        体验  service  1         5       梅子瑜伽馆有限公司
        a          2024-05-05  r1        咖啡  service  1         5       kk·coffee
        a          2024-05-06  r1        咖啡  service  1         5       kk·coffee
    """
    activities = """
        community  day         title  partner
        a          2024-06-10  画扇   东方才子（城投星城广场店）
        a          2024-06-11  画扇   东方才子
        a          2024-06-12  画扇   -
    """
    con = small_warehouse(
        {
            "partnerships": rows(partnerships),
            "redemptions": rows(redemptions),
            "activities": rows(activities),
        }
    )
    # What is written less often should be as what is written more often.
    expected = """
        community  day         batch  row  detail                      expected
        a          2024-04-01  1      6    KK Coffee                   kk·coffee
        a          2024-05-02  1      3    米乐 居民服务               米乐居民服务店
        a          2024-05-04  1      5    梅子瑜伽馆有限公司          梅子瑜伽馆
        a          2024-06-10  1      2    东方才子（城投星城广场店）  东方才子
    """
    assert findings(con, "merchant_written_two_ways", expected) == cells(expected)


def test_neighbours_with_like_names_are_not_one_merchant() -> None:
    partnerships = """
        community  merchant              signed_on
        a          好运来一店            2024-04-01
        a          好运来二店            2024-04-01
        a          同仁堂（东门店）      2024-04-01
        a          同仁堂（西门店）      2024-04-01
        a          吾悦广场理发店        2024-04-01
        a          吾悦广场书店          2024-04-01
        a          药店                  2024-04-01
        a          书店                  2024-04-01
    """
    con = small_warehouse({"partnerships": rows(partnerships), "redemptions": [], "activities": []})
    assert findings(con, "merchant_written_two_ways", NOTHING) == cells(NOTHING)


def test_what_the_newest_roster_lacks_is_pointed_out_where_it_last_stood() -> None:
    con = small_warehouse({"partnerships": []})
    assert findings(con, "roster_dropout", NOTHING) == cells(NOTHING)
    insert(con, "dropouts", [{"tbl": "partnerships", "entry": "药店", "day": "2024-06-30"}])
    expected = """
        community  day         batch  row  detail  expected
        a          2024-06-30  1      2    药店    -
    """
    assert findings(con, "roster_dropout", expected) == cells(expected)
