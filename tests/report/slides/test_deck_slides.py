"""The deck: nothing overflows, charts are native and have gaps, the offline page asks nothing."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pptx
import pytest
from exhaustive import part
from PIL import ImageFont
from pptx.util import Pt

from lingti import catalog, charts
from lingti.report import Material, Wish, accent, gather, make, text_room
from lingti.report.content import Grid, Picture
from lingti.report.documents import slides
from lingti.report.slides import powerpoint as writer
from lingti.report.slides.deck_slides import (
    HEIGHT,
    MARGIN,
    SMALLEST,
    WIDTHS,
    _pages,
    laid_out,
)
from lingti.report.slides.layouts import FOOT_TOP
from lingti.report.slides.slide import Slide

FONTS = [
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"),
    Path("/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"),
]
LONG = "太白湖新区许庄街道京杭佳苑第十二居民小区联合党组织综合服务中心"
SAID = [
    "志愿服务时长为12,345,678.25小时，比上月增加9,876,543.75小时，增长400.1%",
    "Volunteer hours: 12,345,678.25 h, up 9,876,543.75 (400.1%) from the month before",
    "Merchants under agreement (merchants)",
    "2024-11-30 – 2024-12-31",
    "“领题攻坚”——强圈优社，盟友聚力……",
    LONG,
    "MWWM QUARTERLY REVIEW OF EVERYTHING",
]


def text_shapes(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]


@pytest.mark.parametrize("path", [one for one in FONTS if one.exists()], ids=lambda path: path.stem)
@pytest.mark.parametrize("text", SAID)
def test_the_estimated_width_is_never_less_than_a_real_one(path: Path, text: str) -> None:
    font = ImageFont.truetype(str(path), 100)
    assert text_room.width(text, 100) >= font.getlength(text) * 0.995


@pytest.mark.parametrize(
    ("ratio", "place", "language"),
    part(product(WIDTHS, ["district", "jinghang"], ["zh", "en"]), 3),
)
def test_nothing_overflows(material: Material, ratio: str, place: str, language: str) -> None:
    deck = pptx.Presentation(io.BytesIO(make(material, place, "pptx", Wish(language, ratio))))
    assert_nothing_overflows(deck, WIDTHS[ratio])


def assert_nothing_overflows(deck: Any, width: float) -> None:
    assert (deck.slide_width, deck.slide_height) == (Pt(width), Pt(HEIGHT))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width + 1
            assert shape.top + shape.height <= deck.slide_height
        for shape in text_shapes(slide):
            (size,) = {
                run.font.size.pt for one in shape.text_frame.paragraphs for run in one.runs
            } or {SMALLEST}
            needs = text_room.height(shape.text_frame.text, shape.width / Pt(1), size)
            assert size >= HEIGHT / 40
            assert needs <= shape.height / Pt(1) + 6, shape.text_frame.text
        for shape in (one for one in slide.shapes if one.has_table):
            bottom = (shape.top + sum(row.height for row in shape.table.rows)) / Pt(1)
            assert bottom <= FOOT_TOP, slide.shapes.title.text


@pytest.mark.parametrize("ratio", list(WIDTHS))
def test_the_longest_names_and_largest_numbers_fit(material: Material, ratio: str) -> None:
    metric = catalog.program().metrics["volunteer_hours"]
    months = [f"2024-{number:02d}" for number in range(1, 13)]
    frame = pd.DataFrame(
        [
            {
                "metric": metric.name,
                "community": place,
                "grain": "month",
                "period": month,
                "first_day": date(2024, int(month[5:]), 1),
                "value": None if month == "2024-05" else 12_345_678.25,
                "state": "not_reported" if month == "2024-05" else "reported",
            }
            for place in material.view.communities
            for month in months
        ]
    )
    rows = tuple((LONG, "−12,345,678.25", LONG * 3) for _row in range(9))
    grid = Grid("", (LONG, "Number", LONG), rows, (0.3, 0.2, 0.5), frozenset({1}))
    made = [
        Slide("title", LONG, LONG * 2, source=LONG * 6),
        Slide(
            "a",
            SAID[1] * 2,
            SAID[0] * 3,
            picture=Picture("lines", metric, LONG, frame),
            source=LONG * 5,
        ),
        Slide("b", SAID[0], grid=grid, source=LONG),
    ]
    room = WIDTHS[ratio] - 2 * MARGIN
    paged = [page for slide in made for page in _pages(slide, room)]
    assert len(paged) > len(made)
    look = charts.look(material.district)
    data = writer.deck(paged, look, accent(look, "guqiao"), ratio)
    assert_nothing_overflows(pptx.Presentation(io.BytesIO(data)), WIDTHS[ratio])


def test_missing_values_are_gaps_and_colours_those_of_the_screen(sample_home: Path) -> None:
    found = gather(sample_home, "2024-11")
    deck = pptx.Presentation(io.BytesIO(make(found, None, "pptx", Wish("en"))))
    (chart,) = [
        shape.chart
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart and shape.name.startswith("Volunteer hours")
    ]
    series = {one.name: one for one in chart.plots[0].series}
    assert "dispBlanksAs" in chart.part.blob.decode()
    assert series["Nanfeng"].values[6] is None  # September was not reported
    assert series["Binhu"].values[0] is None  # March: it began in April
    look = charts.look(found.district)
    assert {
        place: f"#{series[name].format.line.color.rgb}"
        for place, name in look.names.items()
        if name in series
    } == {place: look.colours[place] for place, name in look.names.items() if name in series}


def test_a_deck_says_one_thing_a_slide(material: Material) -> None:
    made = slides(material, "guqiao", Wish("en"))
    assert [one.id for one in made] == [
        *("title", "targets", "changes", "decisions", "concerns"),  # nothing is missing
        "overview",
        "metric-active_volunteers",
        "metric-volunteer_hours",
        "metric-partners_active",
        "metric-concerns_resolved_in_time_share",
        "signals",
    ]
    assert made[0].title.startswith("Nov 2024: of 5 targets")
    for one in made[1:]:
        assert one.title
        assert not one.title.endswith(".")
        assert "data up to 30 Nov 2024" in one.source
        assert (one.picture is None) or (one.grid is None)


def test_metrics_can_be_asked_for(material: Material) -> None:
    made = slides(material, "guqiao", Wish("en", metrics=("visits", "certificates")))
    assert [one.id for one in made if one.id.startswith("metric")] == [
        "metric-visits",
        "metric-certificates",
    ]
    assert [one.title for one in made if one.id == "metric-certificates"] == [
        "Certificates earned: not run here"
    ]


def test_published_decks_tell_no_counts_of_rows(sample_home: Path) -> None:
    found = gather(sample_home, "2024-11", published=True)
    for one in slides(found, None, Wish("en")):
        assert not any("rows" in note for note in one.notes)
        assert "exact numbers" not in one.source


def test_the_offline_deck_is_small_and_asks_for_nothing(material: Material) -> None:
    data = make(material, None, "html", Wish("zh"))
    assert len(data) < 6_000_000
    page = data.decode()
    own = page.replace(_plotly(page), "")
    assert "default-src 'none'" in unescape(own)
    assert re.findall(r"""(?:src|href)=["']""", own) == []
    assert re.findall(r"https?://(?!www\.w3\.org)", own) == []


def _plotly(page: str) -> str:
    """The longest script: the library, which names addresses that it never asks."""
    return max(re.findall(r"<script>(.*?)</script>", page, re.DOTALL), key=len)


def test_the_room_that_programs_leave_around_latin_letters_is_counted() -> None:
    title = "获得积分为2,797分，比上月增加704分，增长33.6%"
    assert (text_room.lines(title, 632, 26), text_room.lines(title, 632, 24)) == (2, 1)


def test_titles_of_two_lines_break_at_a_comma() -> None:
    title = "目标共19项，其中已达到4项，进度正常11项，落后于进度4项"
    assert (
        text_room.balanced(title, 400, 26)
        == "目标共19项，其中已达到4项，\v进度正常11项，落后于进度4项"
    )
    assert text_room.balanced(title, 2000, 26) == title
    title = "可研判的52项指标中，9项超出正常波动（向好2项、走弱3项、不分好坏4项）"
    assert (
        text_room.balanced(title, 632, 30).partition("\v")[2] == "（向好2项、走弱3项、不分好坏4项）"
    )
    assert text_room.balanced("1,234,567 hours " * 3, 400, 26).count("\v") == 0


def test_short_texts_of_tables_stay_on_one_line() -> None:
    grid = Grid("", ("研判", "依据"), (("正常波动", "长" * 60),), (0.13, 0.87))
    size, _parts = laid_out(grid, 632)
    assert text_room.lines("正常波动", 0.13 * 632 - 10, size) == 1


def test_long_tables_are_parted_evenly(material: Material) -> None:
    rows = tuple((f"row {number}", "1") for number in range(15))
    slide = Slide("long", "A title", grid=Grid("", ("Name", "Number"), rows, (0.6, 0.4)))
    parts = _pages(slide, 632)
    assert [one.id for one in parts] == ["long", "long-2"]
    assert [one.title for one in parts] == ["A title", "A title (continued)"]
    assert tuple(row for one in parts if one.grid for row in one.grid.rows) == rows
    assert _pages(replace(slide, grid=None), 632) == [replace(slide, grid=None)]
