"""What was imported never shows as not run, whether anybody expects it or not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from half_set_up_kit import BY, hours, named, sent

from lingti import district, warehouse
from lingti.district import change
from lingti.district.typed_lists import Typed
from lingti.ingest.checking.coverage import Span
from lingti.ingest.keeping import batches
from lingti.judging import period_values, publication
from lingti.judging.period_values import View
from lingti.judging.periods import Trail, periods_of
from lingti.judging.reporting import offers
from lingti.warehouse import ask
from lingti.warehouse.ask import Question
from lingti.warehouse.frames import rows

EAST, WEST = Typed("望江社区", "", 1000, 400), Typed("临河社区", "", 1000, 400)


def states(home: Path, metric: str = "volunteer_hours") -> dict[tuple[str, str], str]:
    publication.rebuild(home)
    found = warehouse.current(home).rows(
        "select community, period, state from metric_values"
        " where metric = $metric and grain = 'month' and dimension is null",
        metric=metric,
    )
    return {(row["community"], row["period"]): row["state"] for row in found}


def test_days_that_came_are_reported_and_the_others_not_expected(tmp_path: Path) -> None:
    home = tmp_path / "home"
    named(home, EAST, WEST)
    batch = sent(home, "望江", "service", hours((1, 5), (1, 9)), "2026-01")
    sent(home, "望江", "service", hours((3, 5)), "2026-03")
    found = states(home)
    assert {period: found["望江", period] for period in ("2026-01", "2026-02", "2026-03")} == {
        "2026-01": "reported",
        "2026-02": "not_expected",
        "2026-03": "reported",
    }
    assert found["district", "2026-01"] == "reported"
    assert found["district", "2026-02"] == "not_expected"
    assert found["临河", "2026-01"] == "not_run"

    (offer,) = offers.offers(warehouse.current(home), district.load(home))
    assert (offer.table, offer.every, offer.first_day) == ("service", "month", date(2026, 1, 1))
    change.expectation(home, "望江", "service", offer.first_day, offer.every, BY)
    found = states(home)
    assert found["望江", "2026-02"] == "not_reported"
    assert offers.offers(warehouse.current(home), district.load(home)) == []

    batches.undo(home, batch)
    assert states(home)["望江", "2026-01"] == "not_reported"


def test_undoing_the_only_batch_gives_not_run_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    named(home, EAST, WEST)
    sent(home, "临河", "service", hours((1, 5)), "2026-01")
    batch = sent(home, "望江", "service", hours((1, 5)), "2026-01")
    assert states(home)["望江", "2026-01"] == "reported"
    batches.undo(home, batch)
    assert states(home)["望江", "2026-01"] == "not_run"


def test_what_is_declined_is_not_offered_again_and_still_counts(tmp_path: Path) -> None:
    home = tmp_path / "home"
    named(home, EAST)
    sent(home, "望江", "service", hours((1, 5)), "2026-01")
    change.decline(home, "望江", "service", "", BY)
    assert states(home)["望江", "2026-01"] == "reported"
    assert offers.offers(warehouse.current(home), district.load(home)) == []


def test_a_new_population_leaves_the_rates_of_earlier_years(tmp_path: Path) -> None:
    home = tmp_path / "home"
    named(home, EAST)
    sent(home, "望江", "service", hours((1, 5), (2, 6)), "2026-01-01/2026-02-28")
    change.population(home, "望江", date(2026, 2, 1), {"residents": 2000}, BY)
    change.enter(home, "community", "望江", {"name": "望江新村社区"}, BY)
    publication.rebuild(home)
    data = warehouse.current(home)
    (january, february) = periods_of(data)["month"]
    view = View(february, january, ("望江",), "residents", catalog=data.catalog)
    trail = Trail("month", january.first_day)
    found = rows(period_values.over_time(data, view, ["volunteer_hours"], trail))
    told = {(row.community, row.period): row.value for row in found}
    assert told == {
        ("望江", "2026-01"): 3.0,
        ("望江", "2026-02"): 1.5,
        ("district", "2026-01"): 3.0,
        ("district", "2026-02"): 1.5,
    }


def test_half_years_and_years_to_date_are_computed_when_asked(tmp_path: Path) -> None:
    home = tmp_path / "home"
    named(home, EAST)
    sent(home, "望江", "service", hours((1, 5), (3, 6), (5, 7)), "2026-01-01/2026-06-30")
    publication.rebuild(home)
    data = warehouse.current(home)
    metric = data.catalog.metrics["volunteer_hours"]

    def value(period: str) -> object:
        (row,) = ask.values(data, Question(metric, "望江", period=period))
        return row["grain"], row["value"], row["state"]

    assert value("2026-H1") == ("half-year", 9.0, "reported")
    assert value("2026-03-YTD") == ("year-to-date", 6.0, "reported")


@pytest.mark.parametrize(
    ("spans", "every"),
    [
        ([((2026, 1, 1), (2026, 1, 31))], "month"),
        ([((2026, 1, 1), (2026, 3, 31))], "quarter"),
        ([((2026, 1, 1), (2026, 4, 30))], "month"),  # all so far, at once
        ([((2026, 2, 1), (2026, 4, 30))], "month"),  # three months, but no quarter
        ([((2026, 7, 1), (2026, 12, 31))], "half-year"),
        ([((2025, 1, 1), (2025, 12, 31))], "month"),
        ([((2024, 1, 1), (2024, 12, 31)), ((2025, 1, 1), (2025, 12, 31))], "year"),
        ([((2025, 1, 1), (2025, 12, 31)), *[((2026, 1, 1), (2026, 1, 31))] * 2], "month"),
        ([], "month"),
    ],
)
def test_how_often_is_told_by_whole_parts_of_a_year(
    spans: list[tuple[tuple[int, int, int], tuple[int, int, int]]], every: str
) -> None:
    assert offers.how_often([Span(date(*first), date(*last)) for first, last in spans]) == every
