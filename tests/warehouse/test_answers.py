"""Promises that hold for every metric, dimension and period of the sample district."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pandas as pd
import pytest
from exhaustive import part
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import measured, small_warehouse

from lingti import catalog, warehouse
from lingti.catalog import DISTRICT, Metric
from lingti.judging.rows import agrees
from lingti.judging.verdicts.signals import control_chart
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.ask import Question
from lingti.warehouse.template import member_sql

METRICS = catalog.program().metrics
every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
some_metrics = pytest.mark.parametrize("metric", part(METRICS.values(), 18), ids=part(METRICS, 18))


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Warehouse:
    return warehouse.current(sample_home)


def stored(sample: Warehouse, metric: Metric, where: str = "true") -> list[dict[str, Any]]:
    return sample.rows(
        "select metric_values.*, first_day, last_day from metric_values"
        f" join periods using (grain, period) where metric = $metric and ({where})",
        metric=metric.name,
    )


def test_no_reader_changes_what_another_is_answered(sample: Warehouse) -> None:
    asked = "select community, [1, 2] as numbers, {'a': 1} as named from communities order by 1"
    before = repr(sample.rows(asked))
    for row in sample.rows(asked):
        row["numbers"].append(3)
        row["named"]["a"] = row["community"] = 2
    sample.rows(asked).clear()
    frame = sample.query(asked)
    frame.loc[0, "community"] = "elsewhere"
    assert repr(sample.rows(asked)) == before
    assert list(sample.query(asked)["community"]) == [
        row["community"] for row in sample.rows(asked)
    ]


def test_a_copy_of_a_warehouse_is_one(sample: Warehouse) -> None:
    again = copy.copy(sample)
    assert isinstance(again, Warehouse)
    assert again.cache_key == sample.cache_key
    assert again.rows("select 1 as one") == [{"one": 1}]


@pytest.mark.parametrize("most_read", [0, ask.MOST_READ])
@some_metrics
def test_a_range_equal_to_a_whole_period_has_its_value(
    sample: Warehouse, metric: Metric, most_read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ask, "MOST_READ", most_read)
    totals = stored(sample, metric, "dimension is null")
    spans = sorted({(row["first_day"], row["last_day"]) for row in totals})
    found = ask.over_spans(sample, metric, spans)
    for row in totals:
        answer = found[row["community"], row["first_day"], row["last_day"]]
        assert answer["state"] == row["state"]
        assert agrees(answer["value"], row["value"]), row


@every_metric
def test_a_range_equal_to_a_whole_period_has_the_values_of_its_members(
    sample: Warehouse, metric: Metric
) -> None:
    quarter = (date(2024, 7, 1), date(2024, 9, 30))
    for dimension in metric.dimensions:
        known = stored(sample, metric, f"dimension = '{dimension}' and period = '2024-Q3'")
        found = {
            (row["community"], row["member"]): row["value"]
            for row in ask.values(sample, Question(metric, span=quarter, by=dimension))
        }
        assert found == pytest.approx(
            {(row["community"], row["member"]): row["value"] for row in known}
        )


ADDITIVE = [one for one in METRICS.values() if one.is_additive and not one.is_share]
days_of_the_year = st.dates(date(2024, 3, 1), date(2024, 12, 31))


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(ADDITIVE), st.lists(days_of_the_year, min_size=3, max_size=3, unique=True))
def test_what_adds_up_over_two_ranges_is_that_of_both_together(
    sample: Warehouse, metric: Metric, days: list[date]
) -> None:
    first, split, last = sorted(days)
    spans = [(first, split), (split + timedelta(days=1), last), (first, last)]
    found = ask.over_spans(sample, metric, spans)
    for place in {place for place, *_days in found}:
        early, late, both = (found[place, *span]["value"] for span in spans)
        known = [value for value in (early, late) if value is not None]
        assert agrees(both, float(sum(known)) if known else None), (place, found)


@settings(max_examples=20, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.lists(st.integers(1, 40), min_size=1, max_size=4),
        min_size=1,
    ),
    st.sets(st.sampled_from("abcd"), max_size=3),
)
def test_a_community_that_has_not_reported_is_in_no_mean_of_the_district(
    days_taken: dict[str, list[int]], silent: set[str]
) -> None:
    """Its rows, which cover no day that it has spoken for, change neither mean nor median."""
    rows = [
        {
            "community": community,
            "day": "2024-02-01",
            "course": "x",
            "provider": "y",
            "resident": f"{community}{at}",
            "dispatched_on": date(2024, 2, 1) + timedelta(days=taken),
        }
        for community, all_taken in days_taken.items()
        for at, taken in enumerate(all_taken)
    ]
    con = small_warehouse(
        {"training": rows},
        population=dict.fromkeys("abcd", (1000, 400)),
        covered={(one, "training"): [] for one in silent},
    )
    heard = [n for one, all_taken in days_taken.items() if one not in silent for n in all_taken]
    ((value,),) = measured(
        con,
        "days_to_dispatch",
        grain="programme",
        columns="value",
        where=f"community = '{DISTRICT}' and dimension is null",
    )
    assert value == (median(heard) if heard else None)


@every_metric
def test_the_district_is_the_sum_of_its_communities_and_counts_nobody_twice(
    sample: Warehouse, metric: Metric
) -> None:
    by_period: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for row in stored(sample, metric, "dimension is null"):
        by_period.setdefault((row["grain"], row["period"]), {})[row["community"]] = row
    for places in by_period.values():
        district = places.pop(DISTRICT)
        for amount in ("numerator", "denominator") if metric.is_share else ("value",):
            known = [row[amount] for row in places.values() if row[amount] is not None]
            aggregate = metric.denominator or "" if amount == "denominator" else metric.numerator
            if aggregate.startswith(("median", "avg")):
                continue
            if "distinct" in aggregate:
                assert (district[amount] or 0) <= sum(known)
                assert (district[amount] or 0) >= max(known, default=0)
            else:
                assert agrees(district[amount] or 0.0, float(sum(known))), (amount, district)


@some_metrics
def test_rows_add_up_to_every_number_in_total_and_by_member(
    sample: Warehouse, metric: Metric
) -> None:
    """The rows are counted anew by a database that knows nothing of periods and coverage."""
    for grain in ("week", "month", "quarter", "year", "programme"):
        dimensions = () if grain == "week" else metric.dimensions
        facts = ask.rows(sample, Question(metric, grain=grain))
        expected = {
            (row["community"], row["period"], row["dimension"], row["member"]): row
            for row in stored(sample, metric, f"grain = '{grain}'")
        }
        counted = recounted(metric, facts, dimensions) if facts else {}
        for key, (numerator, denominator) in counted.items():
            row = expected.pop(key)
            if metric.is_share:
                assert agrees(row["numerator"], numerator), row
                assert metric.by_population or agrees(row["denominator"], denominator), row
            else:
                assert agrees(row["value"], numerator), row
        # Where no row stands, there is no number or a true zero.
        assert {row["value"] for row in expected.values()} <= {None, 0.0}


def recounted(
    metric: Metric, facts: list[dict[str, Any]], dimensions: tuple[str, ...]
) -> dict[tuple[str, str, str | None, str | None], tuple[float | None, float | None]]:
    con = duckdb.connect()
    plain = [
        {name: float(v) if isinstance(v, Decimal) else v for name, v in row.items()}
        for row in facts
    ]
    con.register("facts", pd.DataFrame(plain))
    own = metric.denominator is not None and not metric.by_population
    found = {}
    for dimension in (None, *dimensions):
        member = member_sql(dimension) if dimension else "null"
        for place in ("community", f"'{DISTRICT}'"):
            for community, period, name, numerator, denominator in con.execute(
                f"select {place}, period, {member}, ({metric.numerator})::double,"
                f" ({metric.denominator if own else 'null'})::double from facts group by all"
            ).fetchall():
                found[community, period, dimension, name] = (numerator, denominator)
    return found


@some_metrics
def test_the_tally_of_a_number_is_that_number(sample: Warehouse, metric: Metric) -> None:
    for row in stored(sample, metric, "dimension is null and grain = 'quarter'"):
        question = Question(metric, row["community"], period=row["period"])
        found = ask.tally(sample, question)
        assert found.rows_count == len(ask.rows(sample, question))
        if metric.is_share:
            assert agrees(found.numerator or 0.0, row["numerator"] or 0.0)
        elif row["value"] is not None:
            assert agrees(found.numerator or metric.when_none, row["value"])


def test_rows_can_be_read_page_by_page(sample: Warehouse) -> None:
    question = Question(METRICS["volunteer_hours"], "guqiao", period="2024-06")
    whole = ask.rows(sample, question)
    pages = [ask.rows(sample, question, 100, at) for at in range(0, len(whole), 100)]
    assert [row for page in pages for row in page] == whole


@every_metric
def test_what_is_missing_has_no_number(sample: Warehouse, metric: Metric) -> None:
    for row in stored(sample, metric, "state in ('not_reported', 'not_run')"):
        assert (row["value"], row["numerator"], row["denominator"]) == (None, None, None)


@given(
    st.lists(st.integers(0, 100), min_size=12, max_size=30),
    st.lists(st.integers(0, 30), max_size=8),
)
def test_missing_never_enters_a_mean(values: list[int], gaps: list[int]) -> None:
    series: list[float | None] = [float(value) for value in values]
    for gap in gaps:
        series.insert(min(gap, len(series)), None)
    chart = control_chart(series, better="up")
    if chart.enough:  # two values that follow each other are left
        assert chart.stretches[-1].mean == pytest.approx(sum(values) / len(values))
