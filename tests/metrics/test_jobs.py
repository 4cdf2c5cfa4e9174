"""Placements, the training cohort and public-welfare posts."""

# Tables of values are read across, not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from kit import small_warehouse
from text_tables import cells, rows, values

# r1 is placed twice in two months, r2 in two communities.
PLACEMENTS = """
    community  day         resident  age  employer  occupation  channel
    a          2024-05-31  r1        44   医院      保洁        招聘会
    a          2024-06-01  r1        45   物业      保洁        -
    a          2024-06-10  r2        64   医院      保安        招聘会
    b          2024-06-11  r2        65   -         -           招聘会
    b          2024-06-12  r3        -    物业      保安        推荐
"""
# Ordered in May and dispatched in June; dispatched before ordered; never dispatched.
TRAINING = """
    community  day         resident  course  provider  dispatched_on  completed_on  certificate
    a          2024-05-30  r1        面点师  王华      2024-06-04     2024-06-20    true
    a          2024-06-01  r2        面点师  王华      2024-06-02     2024-06-20    false
    a          2024-06-05  r3        理发师  -         2024-06-04     -             true
    a          2024-06-06  r4        理发师  -         -              -             -
"""
# Both communities have a post 一岗 and an estate 东区.
PUBLIC_POSTS = """
    community  day         post  estate  service  served  hours
    a          2024-05-31  一岗  东区    理发     10      2
    a          2024-06-01  一岗  东区    理发     12      2.5
    a          2024-06-02  二岗  西区    -        -       1
    b          2024-06-03  一岗  东区    理发     7       -
"""


def test_placements_and_residents_placed_by_month() -> None:
    con = small_warehouse({"placements": rows(PLACEMENTS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension   member  placements  residents_placed  people  state
        a          2024-05  -           -       1           1                 1       reported
        a          2024-05  age_band    30-44   1           .                 1       reported
        a          2024-05  channel     招聘会  1           1                 1       reported
        a          2024-05  employer    医院    1           1                 1       reported
        a          2024-05  occupation  保洁    1           1                 1       reported
        a          2024-06  -           -       2           2                 2       reported
        a          2024-06  age_band    45-54   1           .                 1       reported
        a          2024-06  age_band    55-64   1           .                 1       reported
        a          2024-06  channel     招聘会  1           1                 1       reported
        a          2024-06  channel     未填写  1           1                 1       reported
        a          2024-06  employer    医院    1           1                 1       reported
        a          2024-06  employer    物业    1           1                 1       reported
        a          2024-06  occupation  保安    1           1                 1       reported
        a          2024-06  occupation  保洁    1           1                 1       reported
        b          2024-05  -           -       0           0                 0       reported
        b          2024-06  -           -       2           2                 2       reported
        b          2024-06  age_band    65+     1           .                 1       reported
        b          2024-06  age_band    未填写  1           .                 1       reported
        b          2024-06  channel     招聘会  1           1                 1       reported
        b          2024-06  channel     推荐    1           1                 1       reported
        b          2024-06  employer    未填写  1           1                 1       reported
        b          2024-06  employer    物业    1           1                 1       reported
        b          2024-06  occupation  保安    1           1                 1       reported
        b          2024-06  occupation  未填写  1           1                 1       reported
        district   2024-05  -           -       1           1                 1       reported
        district   2024-05  age_band    30-44   1           .                 1       reported
        district   2024-05  channel     招聘会  1           1                 1       reported
        district   2024-05  employer    医院    1           1                 1       reported
        district   2024-05  occupation  保洁    1           1                 1       reported
        district   2024-06  -           -       4           3                 3       reported
        district   2024-06  age_band    45-54   1           .                 1       reported
        district   2024-06  age_band    55-64   1           .                 1       reported
        district   2024-06  age_band    65+     1           .                 1       reported
        district   2024-06  age_band    未填写  1           .                 1       reported
        district   2024-06  channel     招聘会  2           1                 1       reported
        district   2024-06  channel     推荐    1           1                 1       reported
        district   2024-06  channel     未填写  1           1                 1       reported
        district   2024-06  employer    医院    1           1                 1       reported
        district   2024-06  employer    未填写  1           1                 1       reported
        district   2024-06  employer    物业    2           2                 2       reported
        district   2024-06  occupation  保安    2           2                 2       reported
        district   2024-06  occupation  保洁    1           1                 1       reported
        district   2024-06  occupation  未填写  1           1                 1       reported
    """
    assert values(con, expected) == cells(expected)


def test_over_a_quarter_residents_placed_count_once() -> None:
    con = small_warehouse({"placements": rows(PLACEMENTS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension   member  residents_placed  placements
        a          2024-Q2  -           -       2                 3
        a          2024-Q2  age_band    30-44   .                 1
        a          2024-Q2  age_band    45-54   .                 1
        a          2024-Q2  age_band    55-64   .                 1
        a          2024-Q2  channel     招聘会  2                 2
        a          2024-Q2  channel     未填写  1                 1
        a          2024-Q2  employer    医院    2                 2
        a          2024-Q2  employer    物业    1                 1
        a          2024-Q2  occupation  保安    1                 1
        a          2024-Q2  occupation  保洁    1                 2
        b          2024-Q2  -           -       2                 2
        b          2024-Q2  age_band    65+     .                 1
        b          2024-Q2  age_band    未填写  .                 1
        b          2024-Q2  channel     招聘会  1                 1
        b          2024-Q2  channel     推荐    1                 1
        b          2024-Q2  employer    未填写  1                 1
        b          2024-Q2  employer    物业    1                 1
        b          2024-Q2  occupation  保安    1                 1
        b          2024-Q2  occupation  未填写  1                 1
        district   2024-Q2  -           -       3                 5
        district   2024-Q2  age_band    30-44   .                 1
        district   2024-Q2  age_band    45-54   .                 1
        district   2024-Q2  age_band    55-64   .                 1
        district   2024-Q2  age_band    65+     .                 1
        district   2024-Q2  age_band    未填写  .                 1
        district   2024-Q2  channel     招聘会  2                 3
        district   2024-Q2  channel     推荐    1                 1
        district   2024-Q2  channel     未填写  1                 1
        district   2024-Q2  employer    医院    2                 2
        district   2024-Q2  employer    未填写  1                 1
        district   2024-Q2  employer    物业    2                 2
        district   2024-Q2  occupation  保安    2                 2
        district   2024-Q2  occupation  保洁    1                 2
        district   2024-Q2  occupation  未填写  1                 1
    """
    assert values(con, expected, "quarter") == cells(expected)


def test_places_count_on_the_day_of_each_step() -> None:
    con = small_warehouse(
        {"training": rows(TRAINING)}, population={"a": (1000, 400)}, starts_on="2024-05-01"
    )
    expected = """
        community  period   dimension  member  training_ordered  training_dispatched  training_completed  certificates  state
        a          2024-05  -          -       1                 0                    0                   0             reported
        a          2024-05  course     面点师  1                 .                    .                   .             reported
        a          2024-05  provider   王华    1                 .                    .                   .             reported
        a          2024-06  -          -       3                 3                    2                   1             reported
        a          2024-06  course     理发师  2                 1                    .                   .             reported
        a          2024-06  course     面点师  1                 2                    2                   1             reported
        a          2024-06  provider   未填写  2                 1                    .                   .             reported
        a          2024-06  provider   王华    1                 2                    2                   1             reported
        district   2024-05  -          -       1                 0                    0                   0             reported
        district   2024-05  course     面点师  1                 .                    .                   .             reported
        district   2024-05  provider   王华    1                 .                    .                   .             reported
        district   2024-06  -          -       3                 3                    2                   1             reported
        district   2024-06  course     理发师  2                 1                    .                   .             reported
        district   2024-06  course     面点师  1                 2                    2                   1             reported
        district   2024-06  provider   未填写  2                 1                    .                   .             reported
        district   2024-06  provider   王华    1                 2                    2                   1             reported
    """
    assert values(con, expected) == cells(expected)


def test_shares_follow_the_places_ordered_together() -> None:
    con = small_warehouse(
        {"training": rows(TRAINING)}, population={"a": (1000, 400)}, starts_on="2024-05-01"
    )
    expected = """
        community  period   dimension  member  training_dispatched_share  training_completed_share  training_certified_share
        a          2024-05  -          -       1                          1                         1
        a          2024-05  course     面点师  1                          1                         1
        a          2024-05  provider   王华    1                          1                         1
        a          2024-06  -          -       0.666667                   0.333333                  0
        a          2024-06  course     理发师  0.5                        0                         0
        a          2024-06  course     面点师  1                          1                         0
        a          2024-06  provider   未填写  0.5                        0                         0
        a          2024-06  provider   王华    1                          1                         0
        district   2024-05  -          -       1                          1                         1
        district   2024-05  course     面点师  1                          1                         1
        district   2024-05  provider   王华    1                          1                         1
        district   2024-06  -          -       0.666667                   0.333333                  0
        district   2024-06  course     理发师  0.5                        0                         0
        district   2024-06  course     面点师  1                          1                         0
        district   2024-06  provider   未填写  0.5                        0                         0
        district   2024-06  provider   王华    1                          1                         0
    """
    assert values(con, expected) == cells(expected)


def test_days_to_dispatch_count_on_the_day_dispatched() -> None:
    more = "a  2024-06-10  r5  理发师  -  2024-06-18  -  -"
    con = small_warehouse({"training": rows(TRAINING + more)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  days_to_dispatch  people  state
        a          2024-05  -          -       -                 0       reported
        a          2024-06  -          -       5                 3       reported
        a          2024-06  course     理发师  8                 1       reported
        a          2024-06  course     面点师  3                 2       reported
        a          2024-06  provider   未填写  8                 1       reported
        a          2024-06  provider   王华    3                 2       reported
        b          2024-05  -          -       -                 0       reported
        b          2024-06  -          -       -                 0       reported
        district   2024-05  -          -       -                 0       reported
        district   2024-06  -          -       5                 3       reported
        district   2024-06  course     理发师  8                 1       reported
        district   2024-06  course     面点师  3                 2       reported
        district   2024-06  provider   未填写  8                 1       reported
        district   2024-06  provider   王华    3                 2       reported
    """
    assert values(con, expected) == cells(expected)


def test_posts_and_estates_of_two_communities_are_not_mixed_up() -> None:
    con = small_warehouse({"public_posts": rows(PUBLIC_POSTS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  posts_active  estates_served  post_services  people_served  post_hours
        a          2024-05  -          -       1             1               1              10             2
        a          2024-05  estate     东区    1             1               1              10             2
        a          2024-05  estate_service  东区×理发  .  .  1  .  .
        a          2024-05  post       一岗    1             1               1              10             2
        a          2024-05  service    理发    1             1               1              10             2
        a          2024-06  -          -       2             2               2              12             3.5
        a          2024-06  estate     东区    1             1               1              12             2.5
        a          2024-06  estate     西区    1             1               1              .              1
        a          2024-06  estate_service  东区×理发  .  .  1  .  .
        a          2024-06  estate_service  西区×未填写  .  .  1  .  .
        a          2024-06  post       一岗    1             1               1              12             2.5
        a          2024-06  post       二岗    1             1               1              .              1
        a          2024-06  service    未填写  1             1               1              .              1
        a          2024-06  service    理发    1             1               1              12             2.5
        b          2024-05  -          -       0             0               0              0              0
        b          2024-06  -          -       1             1               1              7              0
        b          2024-06  estate     东区    1             1               1              7              .
        b          2024-06  estate_service  东区×理发  .  .  1  .  .
        b          2024-06  post       一岗    1             1               1              7              .
        b          2024-06  service    理发    1             1               1              7              .
        district   2024-05  -          -       1             1               1              10             2
        district   2024-05  estate     东区    1             1               1              10             2
        district   2024-05  estate_service  东区×理发  .  .  1  .  .
        district   2024-05  post       一岗    1             1               1              10             2
        district   2024-05  service    理发    1             1               1              10             2
        district   2024-06  -          -       3             3               3              19             3.5
        district   2024-06  estate     东区    2             2               2              19             2.5
        district   2024-06  estate     西区    1             1               1              .              1
        district   2024-06  estate_service  东区×理发  .  .  2  .  .
        district   2024-06  estate_service  西区×未填写  .  .  1  .  .
        district   2024-06  post       一岗    2             2               2              19             2.5
        district   2024-06  post       二岗    1             1               1              .              1
        district   2024-06  service    未填写  1             1               1              .              1
        district   2024-06  service    理发    2             2               2              19             2.5
    """
    assert values(con, expected) == cells(expected)


def test_over_a_quarter_posts_and_estates_count_once() -> None:
    con = small_warehouse({"public_posts": rows(PUBLIC_POSTS)}, starts_on="2024-05-01")
    expected = """
        community  period   dimension  member  posts_active  estates_served  post_services  people_served  post_hours
        a          2024-Q2  -          -       2             2               3              22             5.5
        a          2024-Q2  estate     东区    1             1               2              22             4.5
        a          2024-Q2  estate     西区    1             1               1              .              1
        a          2024-Q2  estate_service  东区×理发  .  .  2  .  .
        a          2024-Q2  estate_service  西区×未填写  .  .  1  .  .
        a          2024-Q2  post       一岗    1             1               2              22             4.5
        a          2024-Q2  post       二岗    1             1               1              .              1
        a          2024-Q2  service    未填写  1             1               1              .              1
        a          2024-Q2  service    理发    1             1               2              22             4.5
        b          2024-Q2  -          -       1             1               1              7              0
        b          2024-Q2  estate     东区    1             1               1              7              .
        b          2024-Q2  estate_service  东区×理发  .  .  1  .  .
        b          2024-Q2  post       一岗    1             1               1              7              .
        b          2024-Q2  service    理发    1             1               1              7              .
        district   2024-Q2  -          -       3             3               4              29             5.5
        district   2024-Q2  estate     东区    2             2               3              29             4.5
        district   2024-Q2  estate     西区    1             1               1              .              1
        district   2024-Q2  estate_service  东区×理发  .  .  3  .  .
        district   2024-Q2  estate_service  西区×未填写  .  .  1  .  .
        district   2024-Q2  post       一岗    2             2               3              29             4.5
        district   2024-Q2  post       二岗    1             1               1              .              1
        district   2024-Q2  service    未填写  1             1               1              .              1
        district   2024-Q2  service    理发    2             2               3              29             4.5
    """
    assert values(con, expected, "quarter") == cells(expected)
