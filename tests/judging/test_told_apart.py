"""How communities can be told apart, as it is kept with a publication; over literal rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import comb, sqrt
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from kit import Row, small_warehouse

from lingti import catalog, language, warehouse
from lingti.access.roles import ReaderView
from lingti.judging import period_values
from lingti.judging.between import told_apart, told_apart_words
from lingti.judging.between.between import Count, How, byar, compared, funnel, wilson
from lingti.judging.between.between_table import compare_all
from lingti.judging.between.told_apart import Comparison
from lingti.judging.period_values import View
from lingti.judging.periods import Period
from lingti.report.sentences import topics
from lingti.warehouse import Warehouse, fast
from lingti.warehouse.withhold import publish_values

KNOWN = catalog.program()
MAY = Period("month", "2024-05", date(2024, 5, 1), date(2024, 5, 31))
QUARTER = Period("quarter", "2024-Q2", date(2024, 4, 1), date(2024, 6, 30))


def built(rows: dict[str, list[Row]], names: Sequence[str], **settings: Any) -> Warehouse:
    """A warehouse with some metrics, and how communities can be told apart by them."""
    con = small_warehouse(rows, **settings)
    metrics = [KNOWN.metrics[name] for name in names]
    fast.measure_all(con, metrics)
    publish_values(con, metrics)
    compare_all(con, KNOWN)
    return Warehouse(Path("000001.duckdb"), con)


def found(
    data: Warehouse, name: str, period: Period = MAY, *, published: bool = False
) -> Comparison:
    return told_apart.of(data, [name], period, published=published)[name]


def concerns(community: str, count: int) -> list[Row]:
    return [
        {"community": community, "day": f"2024-05-{at % 28 + 1:02d}", "category": "x"}
        for at in range(count)
    ]


def redemptions(community: str, often: Sequence[int], day: str = "2024-05-10") -> list[Row]:
    """Each resident by how often they redeem."""
    return [
        {"community": community, "day": day, "resident": f"{community}{at}", "quantity": 1}
        | {"item": "rice", "kind": "goods", "points": 10}
        for at, times in enumerate(often)
        for _time in range(times)
    ]


def test_events_by_byar_and_the_exact_poisson_test() -> None:
    """30 of 1,000 against 12 of 1,000: a coin falls 12 times or fewer in 42 by 0.4 %."""
    data = built({"concerns": [*concerns("a", 30), *concerns("b", 12)]}, ["concerns_raised"])
    a, b = found(data, "concerns_raised").places
    assert (a.number, a.size, a.against, a.leads) == (30, 1000, "higher", True)
    assert (b.number, b.size, b.against, b.leads) == (12, 1000, "lower", False)
    assert (a.lower, a.upper) == pytest.approx([end / 1000 for end in byar(30)])
    assert 2 * sum(comb(42, k) for k in range(13)) / 2**42 == pytest.approx(0.0079, abs=1e-4)
    assert a.others == 0.012


def test_what_is_not_said_to_be_independent_has_no_comparison() -> None:
    rows = [
        {"community": one, "day": "2024-05-10", "household": f"{at}"}
        for one, count in (("a", 40), ("b", 5))
        for at in range(count)
    ]
    data = built({"visits": rows}, ["visits"])
    assert told_apart.of(data, ["visits"], MAY) == {}


def test_distinct_persons_by_wilson_and_somebody_in_two_counts_on_each_side() -> None:
    rows = redemptions("a", [3] * 30) + redemptions("b", [1] * 9)
    rows += [{**rows[0], "community": "b"}]  # the first of a, in b too
    data = built({"redemptions": rows}, ["residents_redeeming"])
    a, b = found(data, "residents_redeeming").places
    assert (a.number, b.number) == (30, 10)
    assert (a.lower, a.upper) == pytest.approx(wilson(30, 1000))
    assert (a.against, b.against) == ("higher", "lower")
    assert b.others == 0.03  # a with the one that is in both


def test_repeats_by_how_much_people_differ() -> None:
    """100 against 60 redemptions: independent events would differ (p 0.002), those of 20 do not."""
    rows = redemptions("a", [5] * 20) + redemptions("b", [3] * 20)
    data = built({"redemptions": rows}, ["redemptions"])
    a, b = found(data, "redemptions").places
    assert (a.against, b.against) == ("unclear", "unclear")
    # The variance of one resident's sum is (20·25 − 100²/1000) / 999; 4.9 times that of events.
    effect = (20 * 25 - 100**2 / 1000) / 999 / 1000 * 1000**2 / 100
    low, high = byar(100 / effect)
    assert (a.lower, a.upper) == pytest.approx((low * effect / 1000, high * effect / 1000))
    assert effect == pytest.approx(4.905, abs=0.001)


def test_sums_of_a_longer_period_are_those_of_its_months_by_person() -> None:
    rows = redemptions("a", [1] * 12) + redemptions("a", [1] * 12, "2024-06-10")
    rows += redemptions("b", [1] * 30)
    data = built({"redemptions": rows}, ["redemptions"])
    spreads = data.rows(
        "select community, grain, people, squares from spreads"
        " where metric = 'redemptions' and period in ('2024-05', '2024-Q2') order by all"
    )
    assert [tuple(row.values()) for row in spreads] == [
        ("a", "month", 12, 12),
        ("a", "quarter", 12, 48),  # each has two
        ("b", "month", 30, 30),
        ("b", "quarter", 30, 30),
    ]


def test_sums_of_totals_are_not_compared_as_nobody_knows_whose_they_are() -> None:
    def service(community: str, people: int) -> list[Row]:
        return [
            {"community": community, "day": "2024-05-10", "resident": f"{community}{at}"}
            | {"activity": "x", "hours": 1 + at % 3}
            for at in range(people)
        ]

    total = {"day": "2024-05-10", "measure": "hours", "value": 900, "people": 90}
    people = dict.fromkeys("abc", (1000, 400))
    data = built(
        {
            "service": [*service("a", 60), *service("b", 20)],
            "totals": [{"community": "c", **total}],
        },
        ["volunteer_hours"],
        population=people,
    )
    told = [(one.place, one.against) for one in found(data, "volunteer_hours").places]
    assert told == [("a", "higher"), ("b", "lower")]


def test_few_people_are_not_told_apart() -> None:
    rows = redemptions("a", [9] * 9) + redemptions("b", [1] * 40)
    data = built({"redemptions": rows}, ["redemptions"])
    assert [one.against for one in found(data, "redemptions").places] == ["untested"] * 2
    assert not found(data, "redemptions").is_tested


def test_who_has_not_reported_the_whole_period_is_left_out() -> None:
    rows = {"concerns": [*concerns("a", 30), *concerns("b", 12), *concerns("c", 90)]}
    half = {("c", "concerns"): [("2024-01-01", "2024-05-20")]}
    people = dict.fromkeys("abc", (1000, 400))
    data = built(rows, ["concerns_raised"], population=people, covered=half)
    assert [one.place for one in found(data, "concerns_raised").places] == ["a", "b"]


def test_cases_without_their_time_are_not_compared() -> None:
    rows = {"concerns": [*concerns("a", 30), *concerns("b", 12)]}
    until = {(one, "concerns"): [("2024-01-01", "2024-06-10")] for one in "ab"}
    young = built(rows, ["concerns_resolved_in_time_share"], covered=until)
    assert told_apart.of(young, ["concerns_resolved_in_time_share"], MAY) == {}
    ripe = built(rows, ["concerns_resolved_in_time_share"])
    assert [one.size for one in found(ripe, "concerns_resolved_in_time_share").places] == [30, 12]


def test_readers_of_published_values_get_the_word_of_sums_and_nothing_where_one_is_withheld() -> (
    None
):
    rows = redemptions("a", [2] * 60) + redemptions("b", [1] * 20)
    data = built({"redemptions": rows}, ["redemptions"])
    exact, told = (found(data, "redemptions", published=one) for one in (False, True))
    assert [one.against for one in told.places] == ["higher", "lower"]
    assert [one.against for one in exact.places] == ["higher", "lower"]
    assert all(one.lower is not None for one in exact.places)
    assert all((one.lower, one.upper) == (None, None) for one in told.places)
    assert told.limits(1000) is None
    few = built(
        {"redemptions": redemptions("a", [2] * 60) + redemptions("b", [1] * 3)},
        ["redemptions", "residents_redeeming"],
    )
    assert found(few, "residents_redeeming").is_told
    assert told_apart.of(few, list(KNOWN.metrics), MAY, published=True) == {}


def test_a_published_funnel_is_worked_out_from_what_is_published() -> None:
    """Of persons, whose numbers are published: limits as of the shown numbers; not of sums."""
    places = [f"c{at:02d}" for at in range(14)]
    often = {one: [1 + at % 3] * (20 + at) for at, one in enumerate(places)}
    rows = [row for one in places for row in redemptions(one, often[one])]
    data = built(
        {"redemptions": rows},
        ["residents_redeeming", "redemptions"],
        population=dict.fromkeys(places, (1000, 400)),
    )
    told = found(data, "residents_redeeming", published=True)
    values = data.rows(
        "select community, value from published_values where metric = 'residents_redeeming'"
        " and period = '2024-05' and dimension is null and community <> 'district'"
    )
    shown = funnel([Count(row["community"], row["value"], 1000) for row in values], "cases")
    assert len(told.places) == 14
    assert told.limits(1000) == pytest.approx(shown.limits["c00"])
    assert found(data, "redemptions", published=True).limits(1000) is None
    few = built(
        {"redemptions": [row for one in places for row in redemptions(one, often[one][:3])]},
        ["residents_redeeming"],
        population=dict.fromkeys(places, (1000, 400)),
    )
    assert told_apart.of(few, ["residents_redeeming"], MAY, published=True) == {}


def test_who_may_not_see_everything_reads_what_is_published(sample_home: Path) -> None:
    whole = warehouse.current(sample_home)
    own = warehouse.current(sample_home, ReaderView(frozenset({"guqiao"})))
    november = Period("month", "2024-11", date(2024, 11, 1), date(2024, 11, 30))
    names = list(KNOWN.metrics)
    published = told_apart.of(whole, names, november, published=True)
    assert told_apart.of(own, names, november) == published
    assert told_apart.of(own, names, november, published=True) == published
    exact = told_apart.of(whole, names, november)
    assert set(published) < set(exact)
    for name, comparison in published.items():
        told = [(one.place, one.against, one.leads) for one in comparison.places]
        assert told == [(one.place, one.against, one.leads) for one in exact[name].places]
    assert own.rows("from spreads") == own.rows("from spread_of") == []


def test_a_later_build_compares_anew_only_what_changed() -> None:
    data = built({"concerns": [*concerns("a", 30), *concerns("b", 12)]}, ["concerns_raised"])
    con = data.connection
    con.execute("update told_apart set against = 'as before' where period = '2024-05'")
    compare_all(con, KNOWN)
    assert words(con, "2024-05") == ["as before", "as before"]
    con.execute("update metric_values set value = 13 where community = 'b' and period = '2024-05'")
    compare_all(con, KNOWN)
    assert words(con, "2024-05") == ["higher", "lower"]


def words(con: duckdb.DuckDBPyConnection, period: str) -> list[str]:
    sql = "select against from told_apart where period = ? order by community"
    return [word for (word,) in con.execute(sql, [period]).fetchall()]


def test_what_is_said_of_communities() -> None:
    metric, name = KNOWN.metrics["concerns_raised"], str.upper
    data = built({"concerns": [*concerns("a", 30), *concerns("b", 12)]}, ["concerns_raised"])
    comparison = found(data, "concerns_raised")
    assert told_apart_words.sentence(comparison, metric, name) == (
        "按比率A最高，为30.0件/千人（95%区间20.2–42.8）。"
    )
    assert told_apart_words.of_place(comparison.of("b"), metric) == (
        "与其他社区合计（30.0件/千人）相比，低于其他社区。"
    )
    assert told_apart_words.counts_words(comparison.places[0], metric) == "30/1,000"
    equal = found(
        built({"concerns": [*concerns("a", 14), *concerns("b", 12)]}, ["concerns_raised"]),
        "concerns_raised",
    )
    assert told_apart_words.sentence(equal, metric, name) == "按比率看，各社区分不清高低。"
    assert told_apart_words.sentence(None, metric, name) == ""
    view = View(MAY, None, ("a", "b"))
    totals = period_values.totals(data, view, ["concerns_raised"])
    assert topics.ahead(totals, "concerns_raised", view, name, comparison) == (
        "诉求提出件数：按比率A最高，为30.0件/千人（95%区间20.2–42.8）。"
    )
    language.use("en")
    assert told_apart_words.sentence(comparison, metric, name) == (
        "A has the highest rate: 30.0 concerns per 1,000 residents (95% interval 20.2–42.8)."
    )


def test_how_many_differ_is_told_with_how_many_do_by_chance() -> None:
    rows = redemptions("a", [2] * 60) + redemptions("b", [1] * 20)
    data = built({"redemptions": rows}, ["redemptions", "items_redeemed", "residents_redeeming"])
    everything = told_apart.of(data, list(KNOWN.metrics), MAY)
    assert set(everything) == {"redemptions", "items_redeemed", "residents_redeeming"}
    counted = told_apart.differing(everything, KNOWN)
    assert (counted.compared, counted.differ_count) == (1, 1)  # all of the same redemptions
    assert told_apart_words.differing_words(counted) == (
        "社区之间共比较1类数，其中1类能分出高低；仅凭偶然预计不到1类。"
    )


EQUAL: list[tuple[How, float]] = [
    ("events", 0.004),
    ("events", 0.03),
    ("cases", 0.01),
    ("sums", 0.01),
]


@pytest.mark.parametrize("communities", [2, 4, 40])
@pytest.mark.parametrize(("how", "rate"), EQUAL)
def test_equal_communities_are_told_apart_no_more_often_than_said(
    communities: int, how: How, rate: float
) -> None:
    """Districts of communities with one true rate: in at most 5 % anybody is named."""
    random = np.random.default_rng([communities, int(rate * 1000)])
    districts = 200 if communities > 10 else 1000
    named = sum(
        any(
            one.against != "unclear"
            for one in compared([drawn(random, at, how, rate) for at in range(communities)], how)
        )
        for _district in range(districts)
    )
    # What a true 5 % would exceed once in a thousand times.
    assert named <= 0.05 * districts + 3.1 * sqrt(0.05 * 0.95 * districts)


def drawn(random: np.random.Generator, at: int, how: How, rate: float) -> Count:
    size = 1500 + 97 * at
    if how == "events":
        return Count(str(at), int(random.poisson(size * rate)), size)
    people = int(random.binomial(size, rate))
    if how == "cases":
        return Count(str(at), people, size)
    sums = random.geometric(0.3, people).astype(float)
    return Count(str(at), float(sums.sum()), size, people, float((sums**2).sum()))


def test_forty_communities_that_differ_by_themselves_are_told_apart_by_a_funnel() -> None:
    """Where all differ by more than chance nobody is named for it; who stands far out is."""
    random = np.random.default_rng(7)
    rates = 0.02 * np.exp(random.normal(0, 0.3, 40))
    counts = [Count(f"{at}", int(random.poisson(4000 * one)), 4000) for at, one in enumerate(rates)]
    assert named_of(counts) == []
    assert named_of([*counts[:39], Count("far", 400, 4000)]) == [("far", "higher")]


def named_of(counts: list[Count]) -> list[tuple[str, str]]:
    told = compared(counts, "events")
    return [(one.place, one.against) for one in told if one.against != "unclear"]
