"""Communities beside each other: thin lines of intervals on bars, and the funnel of many."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from lingti import catalog, charts, palette
from lingti.catalog import DISTRICT
from lingti.judging.between.between import Count, How, compared, funnel
from lingti.judging.between.told_apart import Comparison, PlaceComparison, whiskers

HOURS = catalog.program().metrics["volunteer_hours"]
VOLUNTEERS = catalog.program().metrics["active_volunteers"]
NAMES = [f"c{at:02d}" for at in range(20)]


def comparison(how: How = "cases") -> Comparison:
    counts = [Count(name, 40 + at % 3, 1000 + 100 * at) for at, name in enumerate(NAMES)]
    counts[-1] = Count(NAMES[-1], 600, 2900)
    drawn = funnel(counts, how)
    places = tuple(
        PlaceComparison(
            *(one.place, one.number, one.size, one.lower, one.upper, one.others, one.against),
            leads=False,
        )
        for one in compared(counts, how)
    )
    return Comparison(
        VOLUNTEERS.name, "2024-06", how, drawn.rate, drawn.unit_variance, drawn.dispersion, places
    )


def look() -> charts.Look:
    ink, muted, grid, paper, accent, good, bad = palette.CHART_LIGHT
    places = [*NAMES, "a", "b", DISTRICT]
    return charts.Look(
        names={name: name.upper() for name in places},
        colours=dict.fromkeys(places, accent),
        symbols=dict.fromkeys(places, "diamond"),
        **{"ink": ink, "muted": muted, "grid": grid, "paper": paper},
        **{"accent": accent, "good": good, "bad": bad},
    )


def test_a_funnel_has_a_mark_per_community_within_five_lines() -> None:
    found = comparison()
    figure = charts.funnel(found, VOLUNTEERS, look(), chosen=NAMES[:2])
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    others, told = (trace for trace in figure.data if trace.mode == "markers")
    assert len(lines) == 5
    assert len(others.x) + len(told.x) == len(NAMES)
    assert [words[0] for words in told.customdata] == ["C19"]
    assert told.customdata[0][1:] == ["207人/千人", "600/2,900", "高于其他社区"]
    assert sorted(set(others.marker.size)) == [8, 11]
    low, high = lines[1].y, lines[4].y  # the outer limits narrow with size
    assert high[0] - low[0] > high[-1] - low[-1]
    assert "20个社区" in figure.layout.meta["alt"]


def test_without_published_limits_only_the_rate_of_all_is_drawn() -> None:
    found = replace(comparison(), unit_variance=None, dispersion=None)
    figure = charts.funnel(found, VOLUNTEERS, look())
    assert len([trace for trace in figure.data if trace.mode == "lines"]) == 1


def test_bars_carry_their_intervals_as_thin_lines() -> None:
    frame = pd.DataFrame(
        [("a", 10.0, "reported"), ("b", 20.0, "partial"), ("district", 30.0, "partial")],
        columns=["community", "value", "state"],
    )
    intervals = {"a": (8.0, 13.0), "b": (15.0, 40.0)}
    figure = charts.bars_by_community(frame, HOURS, look(), intervals=intervals)
    a, b = figure.data
    assert (a.error_x.array, a.error_x.arrayminus) == ((3.0,), (2.0,))
    assert b.error_x.array is None  # of a part nothing is told
    assert figure.layout.xaxis.range[1] == 20.0


def test_an_interval_is_drawn_in_what_is_shown() -> None:
    found = comparison()
    first = found.places[0]
    assert first.upper is not None
    for per, scale in (("total", first.size), ("residents", 1000)):
        assert whiskers(found, VOLUNTEERS, per)["c00"][1] == pytest.approx(first.upper * scale)
    assert whiskers(found, VOLUNTEERS, "households") == {}
