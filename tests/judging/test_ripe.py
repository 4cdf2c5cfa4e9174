"""Where the cases of a period have not all had their time, the share of those that have is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lingti import warehouse
from lingti.judging import judged_totals
from lingti.judging.period_values import View
from lingti.judging.periods import Period, periods_of
from lingti.judging.verdicts import ripe
from lingti.report import gather
from lingti.report.sentences import clerk

NAME = "concerns_resolved_in_time_share"


@pytest.fixture
def view(sample_home: Path) -> View:
    of = periods_of(warehouse.current(sample_home))["month"]
    return View(of[-1], of[-2], ("guqiao",), exact=frozenset())


def of_grain(home: Path, grain: str) -> tuple[Period, Period | None]:
    found = periods_of(warehouse.current(home))[grain]
    return found[-1], found[-2] if len(found) > 1 else None


def test_of_the_newest_month_the_ripe_cases_are_told(sample_home: Path, view: View) -> None:
    data = warehouse.current(sample_home)
    metric = data.catalog.metrics[NAME]
    found = ripe.of(data, metric, ["guqiao", "binhu"], view.period)
    assert found.keys() == {"guqiao"}  # the other one keeps no register
    assert found["guqiao"].until == date(2024, 12, 17)
    assert ripe.words(found["guqiao"], metric).startswith("截至2024年12月17日")
    assert ripe.of(data, metric, ["guqiao"], view.previous or view.period) == {}
    (row,) = [
        one
        for one in judged_totals.totals(data, view, [NAME]).itertuples()
        if one.community == "guqiao"
    ]
    assert (row.is_provisional, row.ripe) == (True, found["guqiao"])
    published = judged_totals.totals(data, replace(view, published=True), [NAME])
    assert [one for one in published["ripe"] if one is not None] == []


@pytest.mark.parametrize("grain", ["quarter", "year"])
def test_a_longer_period_with_unripe_cases_tells_no_change(
    sample_home: Path, view: View, grain: str
) -> None:
    data = warehouse.current(sample_home)
    now, before = of_grain(sample_home, grain)
    longer = replace(view, period=now, previous=before)
    found = judged_totals.totals(data, longer, [NAME, "concerns_raised"])
    told = {(one.metric, one.community): one for one in found.itertuples()}
    assert told[NAME, "guqiao"].is_provisional
    assert told[NAME, "guqiao"].change != told[NAME, "guqiao"].change  # none
    assert not told["concerns_raised", "guqiao"].is_provisional


def test_documents_say_it(sample_home: Path) -> None:
    material = gather(sample_home, "2024-12")
    metric = material.catalog.metrics[NAME]
    share = material.ripe(metric, "guqiao")
    assert share is not None
    assert ripe.words(share, metric) in clerk.findings(material, metric, "guqiao")
