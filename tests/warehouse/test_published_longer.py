"""Published half-years and years to date: what published months and quarters tell, and no more."""

from __future__ import annotations

from typing import Any

from conftest import Ask

Row = dict[str, Any]


def by(rows: list[Row]) -> dict[tuple[str, str], Row]:
    return {(row["community"], row["period"]): row for row in rows}


def test_a_sum_is_that_of_its_published_parts(ask: Ask) -> None:
    half = by(ask("volunteer_hours", "--grain", "half-year", "--published"))
    quarters = by(ask("volunteer_hours", "--grain", "quarter", "--published"))
    assert half["guqiao", "2024-H2"]["value"] == sum(
        quarters["guqiao", one]["value"] for one in ("2024-Q3", "2024-Q4")
    )
    assert half["jinghang", "2024-H2"]["state"] == "partial"
    exact = by(ask("volunteer_hours", "--grain", "half-year"))
    assert {key: row["value"] for key, row in half.items()} == {
        key: row["value"] for key, row in exact.items()
    }


def test_persons_who_count_once_are_told_of_no_half_year(ask: Ask) -> None:
    rows = ask("active_volunteers", "--period", "2024-H2", "--published")
    assert {(row["state"], row["value"]) for row in rows} == {("withheld", None)}


def test_nothing_is_told_that_published_parts_do_not_tell(ask: Ask) -> None:
    for metric in ("items_redeemed", "certificates", "placements"):
        told = by(ask(metric, "--grain", "year-to-date", "--published"))
        exact = by(ask(metric, "--grain", "year-to-date"))
        months = by(ask(metric, "--published"))
        assert set(told) == set(exact)
        for (place, period), row in told.items():
            parts = [
                one
                for (where, month), one in months.items()
                if where == place and month[:4] == period[:4] and month <= period[:7]
            ]
            if row["state"] == "withheld":
                assert any(one["state"] == "withheld" for one in parts)
                assert row["value"] is None
            else:
                assert row["value"] == exact[place, period]["value"]
                assert row["state"] == exact[place, period]["state"]


def test_a_stock_is_that_of_the_last_month(ask: Ask) -> None:
    half = by(ask("partners_active", "--grain", "half-year", "--published"))
    months = by(ask("partners_active", "--published"))
    for place in ("nanfeng", "guqiao"):
        for period, month in (("2024-H1", "2024-06"), ("2024-H2", "2024-12")):
            assert half[place, period]["value"] == months[place, month]["value"]
