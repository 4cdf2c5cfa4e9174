"""Documents of a half-year, and of a year to date: the numbers that the command line gives."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from conftest import Ask

from lingti.catalog import DISTRICT
from lingti.judging.periods import Period, period_before
from lingti.report import Wish, gather, make


@pytest.mark.parametrize("period", ["2024-H2", "2024-10-YTD"])
def test_a_document_of_a_longer_period_tells_what_is_asked_by_command(
    sample_home: Path, ask: Ask, period: str
) -> None:
    material = gather(sample_home, period)
    for metric in ("volunteer_hours", "active_volunteers", "concerns_resolved_in_time"):
        if metric not in material.catalog.metrics:
            continue
        told = {row["community"]: row["value"] for row in ask(metric, "--period", period)}
        assert len(told) == 5
        for place, value in told.items():
            assert material.totals[metric, place].value == pytest.approx(value, nan_ok=True)
    assert material.view.period.id == period
    assert make(material, None, "docx", Wish("en"))
    assert make(material, "guqiao", "pptx", Wish("zh"))


def test_members_add_up_to_the_half_year(sample_home: Path) -> None:
    material = gather(sample_home, "2024-H2")
    frame = material.by_member("concerns_raised", "category")
    of = frame[frame["community"] == DISTRICT]
    assert of["value"].sum() == material.totals["concerns_raised", DISTRICT].value


def test_readers_of_published_values_get_what_published_quarters_tell(
    sample_home: Path, ask: Ask
) -> None:
    exact = gather(sample_home, "2024-H2")
    of_own = gather(sample_home, "2024-H2", published=True, exact=["guqiao"])
    told = gather(sample_home, "2024-H2", published=True)
    for metric in told.catalog.metrics:
        printed = ask(metric, "--period", "2024-H2", "--published")
        assert len(printed) == 5
        for row in printed:
            place = row["community"]
            value = told.totals[metric, place].value
            # Without rows to look at, shares are told by published numbers alone.
            assert value == pytest.approx(row["value"], nan_ok=True) or row["value"] is None
            if value is not None and value == value:
                assert value == pytest.approx(exact.totals[metric, place].value)
        own = of_own.totals[metric, "guqiao"]
        assert own.value == pytest.approx(exact.totals[metric, "guqiao"].value, nan_ok=True)
    assert told.totals["active_volunteers", "guqiao"].state == "withheld"  # counted once
    assert make(told, None, "docx", Wish("en"))
    assert make(of_own, "guqiao", "pptx", Wish("zh"))


def test_before_a_year_to_date_is_the_last_year_up_to_the_same_month() -> None:
    def to(year: int, month: int) -> Period:
        ends = date(year, month, 28)
        return Period("year-to-date", f"{year}-{month:02d}-YTD", date(year, 1, 1), ends)

    known = [to(2025, 5), to(2025, 6), to(2025, 12), to(2026, 5), to(2026, 6)]
    assert period_before(to(2026, 6), known) == to(2025, 6)
    assert period_before(to(2025, 6), known) is None
