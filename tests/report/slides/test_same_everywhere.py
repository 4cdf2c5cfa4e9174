"""PowerPoint, the offline page and the projector show one deck: the same slides and numbers."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pptx
import pytest
from report_kit import page_tables

from lingti.catalog import DISTRICT
from lingti.report import Material, Wish, gather, make, slides

FEWEST_PT = 18


@pytest.fixture(scope="module")
def published(sample_home: Path) -> Material:
    """What the projector shows, in a month in which something is overdue and missing."""
    return gather(sample_home, "2024-12", published=True)


@pytest.mark.parametrize("place", [DISTRICT, "jinghang"])
def test_the_same_slides_in_every_format(published: Material, place: str) -> None:
    shown = slides(published, place, Wish("zh"))  # the projector draws these
    deck = pptx.Presentation(io.BytesIO(make(published, place, "pptx", Wish("zh"))))
    page = make(published, place, "html", Wish("zh")).decode()
    titles = [one.title for one in shown]
    assert [one.shapes.title.text.replace("\v", "") for one in deck.slides] == titles
    assert [unescape(one) for one in re.findall(r"<h1[^>]*>(.*?)</h1>", page)] == titles
    tables = [
        [list(one.grid.head), *map(list, one.grid.rows)]
        for one in shown
        if one.grid is not None and one.picture is None
    ]
    assert [rows for _caption, rows in page_tables(page.encode())] == tables
    assert [
        _rows(shape) for one in deck.slides for shape in one.shapes if shape.has_table
    ] == tables
    assert all(2 <= len(rows) <= 13 for rows in tables)
    assert not any("–" in title for title in titles)  # what is withheld is in no sentence
    if place == DISTRICT:
        assert all(one.picture or one.grid for one in shown[1:])  # none is empty
    assert not any("依据" in rows[0] and {row[-1] for row in rows[1:]} == {"–"} for rows in tables)


def _rows(shape: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in shape.table.rows]


def test_powerpoint_has_layouts_of_its_own_and_type_for_the_back_row(published: Material) -> None:
    deck = pptx.Presentation(io.BytesIO(make(published, None, "pptx", Wish("zh"))))
    names = [layout.name for layout in deck.slide_layouts]
    assert names == ["封面", "结论和图表", "结论和表格", "结论"]
    tops = set()
    words = [
        shape.text_frame.text
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]
    assert not any("…" in one for one in words)  # nothing is cut off
    for number, slide in enumerate(deck.slides):
        assert slide.slide_layout.name in names
        tops.add((slide.shapes.title.top, number == 0))
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
            sizes = {
                run.font.size.pt
                for frame in frames
                for paragraph in frame.paragraphs
                for run in paragraph.runs
            }
            assert min(sizes, default=FEWEST_PT) >= FEWEST_PT
            if shape.has_chart:
                assert not shape.chart.has_legend
                assert shape.chart.font.size.pt >= FEWEST_PT
    assert len(tops) == 2  # titles do not jump


def test_a_chart_of_columns_says_so_in_words(sample_home: Path) -> None:
    found = gather(sample_home, "2024-12")
    deck = pptx.Presentation(io.BytesIO(make(found, "guqiao", "pptx", Wish("zh"))))
    said = [
        shape._element.xpath(".//p:cNvPr/@descr")[0]
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    assert any(one.startswith("柱形图：志愿服务时长") for one in said)
