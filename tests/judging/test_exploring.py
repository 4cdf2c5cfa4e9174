"""Exploring: whole periods of a range, every member in every place, and rates per 1,000."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lingti import catalog, warehouse
from lingti.catalog import DISTRICT
from lingti.judging import exploring
from lingti.judging.exploring import RANGE, Asked
from lingti.judging.periods import Period, periods_of
from lingti.warehouse import Warehouse, ask
from lingti.warehouse.ask import Question
from lingti.warehouse.frames import plain, rows

HOURS = catalog.program().metrics["volunteer_hours"]
IDS = ("nanfeng", "guqiao", "jinghang", "binhu", DISTRICT)
SUMMER = Asked(HOURS, "", "month", date(2024, 6, 15), date(2024, 9, 30), IDS)


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Warehouse:
    return warehouse.current(sample_home)


def inside(sample: Warehouse, asked: Asked) -> list[Period]:
    known = periods_of(sample)
    (programme,) = known["programme"]
    return exploring.periods_inside(asked, known.get(asked.grain, []), programme)


def cells(sample: Warehouse, asked: Asked) -> dict[tuple[str, str, str], tuple[float | None, str]]:
    found = exploring.answer(sample, asked, inside(sample, asked))
    return {
        (row.community, row.period, row.member or ""): (plain(row.value), row.state)
        for row in rows(found)
    }


def test_only_whole_periods_of_a_range_are_shown(sample: Warehouse) -> None:
    assert [one.id for one in inside(sample, SUMMER)] == ["2024-07", "2024-08", "2024-09"]
    whole = replace(SUMMER, first_day=date(2024, 3, 1), last_day=date(2024, 12, 31))
    for grain, first, last in (
        ("week", "2024-W09", "2025-W01"),  # begins before the programme, ends after its last day
        ("quarter", "2024-Q1", "2024-Q4"),
        ("year", "2024", "2024"),
    ):
        found = inside(sample, replace(whole, grain=grain))
        assert (found[0].id, found[-1].id) == (first, last)


def test_what_is_missing_keeps_its_state(sample: Warehouse) -> None:
    found = cells(sample, SUMMER)
    assert found["nanfeng", "2024-09", ""] == (None, "not_reported")
    assert found["guqiao", "2024-07", ""][1] == "reported"
    assert len(found) == 15


@pytest.mark.parametrize("grain", ["week", "month", RANGE])
def test_members_make_the_total_in_every_place_and_period(sample: Warehouse, grain: str) -> None:
    asked = replace(SUMMER, grain=grain)
    totals = cells(sample, asked)
    parts = cells(sample, replace(asked, dimension="category"))
    for (place, period, _none), (total, state) in totals.items():
        of_it = [(v, s) for (p, t, _m), (v, s) in parts.items() if (p, t) == (place, period)]
        assert {one for _value, one in of_it} == {state}
        known = [value for value, _state in of_it if value is not None]
        assert len(known) == (0 if total is None else len(of_it))
        assert sum(known) == pytest.approx(total or 0.0)


def test_rates_are_per_thousand_of_those_who_reported(sample: Warehouse) -> None:
    found = cells(sample, replace(SUMMER, per="residents"))
    (guqiao, district) = (
        ask.values(sample, Question(HOURS, place, period="2024-09"))[0]["value"]
        for place in ("guqiao", DISTRICT)
    )
    assert found["guqiao", "2024-09", ""][0] == pytest.approx(1000 * guqiao / 6100)
    reported = 6100 + 8200 + 7400  # Nanfeng sent no September
    assert found[DISTRICT, "2024-09", ""][0] == pytest.approx(1000 * district / reported)
    by_category = cells(sample, replace(SUMMER, per="residents", dimension="category"))
    of_it = [
        v or 0.0 for (p, t, _m), (v, _s) in by_category.items() if (p, t) == ("guqiao", "2024-09")
    ]
    assert sum(of_it) == pytest.approx(found["guqiao", "2024-09", ""][0])


@pytest.mark.parametrize("grain", ["quarter", RANGE])
def test_the_sql_shown_gives_the_numbers_shown(sample: Warehouse, grain: str) -> None:
    asked = replace(SUMMER, grain=grain, dimension="category")
    periods = inside(sample, asked)
    shown = {
        (row.community, row.member): plain(row.value)
        for row in rows(exploring.answer(sample, asked, periods))
        if row.value
    }
    found = {
        (row["community"], row["member"]): row["value"]
        for row in sample.rows(exploring.sql(asked, periods))
        if row["member"] is not None
    }
    assert found == pytest.approx(shown)
