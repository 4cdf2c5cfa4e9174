"""Pages of a district of many communities: what is shown, what is said of the rest, and peers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_kit import figures, opened, text

from lingti import catalog, district, warehouse
from lingti.judging import period_values
from lingti.judging.period_values import MOST_BESIDE, View
from lingti.judging.periods import periods_of

PERIOD = "2024-06"


def bars(page: object) -> list[list[str]]:
    """The names of the bars of each picture that has any."""
    found = []
    for figure in figures(page):  # type: ignore[arg-type]
        names = [name for trace in figure["data"] if trace["type"] == "bar" for name in trace["y"]]
        if names:
            found.append(names)
    return found


def number_of(name: str) -> int:
    return int(name.removeprefix("社区"))


def standing_out(page: object) -> list[str]:
    """The communities whose marks stand out in the funnel of all, by their number."""
    marks = [
        (name, size)
        for figure in figures(page)  # type: ignore[arg-type]
        for trace in figure["data"]
        if trace.get("mode") == "markers"
        for (name, *_words), size in zip(trace["customdata"], trace["marker"]["size"], strict=True)
    ]
    assert len(marks) == 60
    return sorted((name for name, size in marks if size > 8), key=number_of)


def test_a_page_shows_twelve_communities_and_says_that_there_are_more(
    monkeypatch: pytest.MonkeyPatch, many_home: Path
) -> None:
    page = opened(monkeypatch, many_home, "volunteering", period=PERIOD)
    assert not page.exception
    assert standing_out(page) == [f"社区{number}" for number in range(1, MOST_BESIDE + 1)]
    assert "现列出第1至12个社区，共60个；全区数含所有社区。" in text(page)


def test_the_next_communities_are_a_turn_away(
    monkeypatch: pytest.MonkeyPatch, many_home: Path
) -> None:
    page = opened(monkeypatch, many_home, "volunteering", **{"period": PERIOD, "from": "5"})
    assert standing_out(page) == [f"社区{number}" for number in range(49, 61)]


def test_a_subdistrict_narrows_the_page_and_the_search(
    monkeypatch: pytest.MonkeyPatch, many_home: Path
) -> None:
    page = opened(monkeypatch, many_home, "volunteering", period=PERIOD, area="街道2")
    assert standing_out(page) == [f"社区{number}" for number in range(21, 33)]
    (search,) = [one for one in page.multiselect if one.label == "社区"]
    assert search.options == [f"社区{number}" for number in range(21, 41)]


def test_those_searched_for_stand_alone_and_nothing_is_turned(
    monkeypatch: pytest.MonkeyPatch, many_home: Path
) -> None:
    page = opened(monkeypatch, many_home, "volunteering", **{"period": PERIOD, "in": "c0007,c0033"})
    assert standing_out(page) == ["社区7", "社区33"]
    assert "现列出第" not in text(page)


def test_subdistricts_add_up_to_the_district(many_home: Path) -> None:
    data, settings = warehouse.current(many_home), district.load(many_home)
    period = next(one for one in periods_of(data)["month"] if one.id == PERIOD)
    view = View(period, None, ())
    for name in ("volunteer_hours", "redemptions"):
        found = period_values.by_subdistrict(data, view, catalog.program().metrics[name], settings)
        whole = period_values.row(period_values.totals(data, view, [name]), name)
        assert list(found["community"]) == ["街道1", "街道2", "街道3"]
        assert found["value"].sum() == whole.value
    rates = period_values.by_subdistrict(
        data, replace(view, per="residents"), catalog.program().metrics["redemptions"], settings
    )
    counts = period_values.by_subdistrict(
        data, view, catalog.program().metrics["redemptions"], settings
    )
    people = [
        sum(one.residents for one in settings.communities if one.subdistrict.zh == place)
        for place in counts["community"]
    ]
    assert list(rates["value"]) == [
        1000 * value / size for value, size in zip(counts["value"], people, strict=True)
    ]


def test_the_freshness_strip_is_a_summary(monkeypatch: pytest.MonkeyPatch, many_home: Path) -> None:
    page = opened(monkeypatch, many_home, "definitions")
    assert "60个社区中有60个数据已到2024年12月31日" in text(page)


@pytest.mark.parametrize(("kind", "count"), [("subdistrict", 20), ("topic", 15), ("size", 21)])
def test_a_community_stands_among_its_peers(
    monkeypatch: pytest.MonkeyPatch, many_home: Path, kind: str, count: int
) -> None:
    page = opened(monkeypatch, many_home, "community", period=PERIOD, community="c0024", peers=kind)
    assert not page.exception
    assert f"{count}个社区的中位数为" in text(page)
    assert "列第" not in text(page)  # nobody is ranked
    drawn = next(names for names in bars(page) if "社区24" in names)
    assert len(drawn) == min(MOST_BESIDE, count)
    assert drawn == sorted(drawn, key=number_of)


def test_four_communities_need_neither_search_nor_turning(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = opened(monkeypatch, sample_home, "volunteering", period=PERIOD)
    assert not page.multiselect
    assert "现列出" not in text(page)


@pytest.mark.parametrize("name", ["", "compared", "reporting", "data", "explore", "review"])
def test_other_pages_stay_short(
    monkeypatch: pytest.MonkeyPatch, many_home: Path, name: str
) -> None:
    page = opened(monkeypatch, many_home, name)
    assert not page.exception
    # The first screen has the eight with the most to look at.
    assert "社区12" in text(page) or name in ("", "explore", "review")
    assert "社区40" not in text(page)


@pytest.mark.parametrize("name", ["reports", "present"])
def test_documents_and_slides_of_a_large_district_name_the_largest(
    monkeypatch: pytest.MonkeyPatch, many_home: Path, name: str
) -> None:
    page = opened(monkeypatch, many_home, name, period=PERIOD)
    assert not page.exception
    assert "此处列出居民最多的12个" in text(page)
