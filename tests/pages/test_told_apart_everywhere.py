"""Who has the most, and who can be told from the others, is the same on every surface."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from page_kit import html, opened, text

from lingti import language
from lingti.catalog import DISTRICT, Metric
from lingti.judging.between import told_apart_words
from lingti.report import Material, Wish, gather, make, slides
from lingti.report.sentences import exact_numbers

PERIOD = "2024-12"
PAGES = {
    "volunteer_hours": "volunteering",
    "redemptions": "redemptions",
    "placements": "jobs",
    "concerns_raised": "concerns",
}


@pytest.fixture(scope="module", params=[False, True], ids=["exact", "published"])
def material(request: pytest.FixtureRequest, sample_home: Path) -> Material:
    return gather(sample_home, PERIOD, published=request.param)


def said(material: Material, metric: Metric) -> str:
    """What is to be said of a metric: in one month, to one reader."""
    language.use("zh")
    found = material.compared.get(metric.name)
    return told_apart_words.sentence(found, metric, lambda one: exact_numbers.short(material, one))


def test_pages_say_who_leads_and_who_can_be_told_apart(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    exact = gather(sample_home, PERIOD)
    told = set()
    for name, page_name in PAGES.items():
        metric = exact.catalog.metrics[name]
        words = said(exact, metric)
        page = text(opened(monkeypatch, sample_home, page_name, period=PERIOD, show=name))
        assert words in page, name  # below the dots
        compared = opened(monkeypatch, sample_home, "compared", period=PERIOD, metric=name)
        assert words in text(compared)
        found = exact.compared[name]
        cells = re.findall(r'data-against="(\w+)">([^<]*)<', html(compared))
        assert cells == [
            (one.against, told_apart_words.against_words(one.against)) for one in found.places
        ]
        told |= {one.against for one in found.places}
    assert {"higher", "lower"} <= told


def test_word_and_slides_say_the_same(material: Material) -> None:
    known = material.catalog.metrics
    words = {name: said(material, known[name]) for name in PAGES}
    assert any("最高" in one for one in words.values())
    document = docx.Document(io.BytesIO(make(material, None, "docx", Wish("zh"))))
    cells = [[cell.text for cell in row.cells] for one in document.tables for row in one.rows]
    wish = Wish("zh", metrics=tuple(PAGES))
    # What has no room below a title is said in the slide's notes.
    deck = {
        slide.id: "\n".join((slide.under, *slide.notes))
        for slide in slides(material, DISTRICT, wish)
    }
    in_file = slide_text(make(material, None, "pptx", wish))
    in_page = unescape(make(material, None, "html", wish).decode())
    for name in PAGES:
        assert words[name] in deck[f"metric-{name}"]
        assert words[name] in in_file
        assert words[name] in in_page
        found = material.compared.get(name)
        if found is None:
            continue
        row = [known[name].title.zh]
        for side in ("higher", "lower"):
            names = [exact_numbers.short(material, one.place) for one in found.that_are(side)]
            row.append(told_apart_words.named(names) or "–")
        assert (row in cells) == found.is_told
        column = [told_apart_words.against_words(one.against) for one in found.places]
        if name != "concerns_raised":
            assert column == in_tables(document, known[name], material)


def in_tables(document: Any, metric: Metric, material: Material) -> list[str]:
    """What the table of a metric by community says of those compared, in their order."""
    values = [
        [
            exact_numbers.short(material, place),
            exact_numbers.cell(material.totals[metric.name, place], metric),
        ]
        for place in material.view.places
    ]
    (rows,) = [
        rows
        for table in document.tables
        for rows in [[[cell.text for cell in row.cells] for row in table.rows][1:]]
        if [row[:2] for row in rows] == values
    ]
    return [row[5] for row in rows if row[5] != "–"]


@pytest.mark.parametrize("place", ["guqiao", "jinghang"])
def test_a_community_reads_how_it_lies_to_the_others(material: Material, place: str) -> None:
    language.use("zh")
    name = "volunteer_hours"
    found = material.compared[name].of(place)
    words = told_apart_words.of_place(found, material.catalog.metrics[name])
    assert words
    wish = Wish("zh", metrics=(name,))
    deck = {one.id: one.under for one in slides(material, place, wish)}
    assert words in deck[f"metric-{name}"]
    assert words in slide_text(make(material, place, "pptx", wish))


def test_the_projector_says_what_is_published(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    published = gather(sample_home, PERIOD, published=True)
    page = opened(monkeypatch, sample_home, "present", period=PERIOD, show="1")
    shown = text(page)
    for name in ("volunteer_hours", "redemptions"):
        assert said(published, published.catalog.metrics[name]) in shown


def slide_text(data: bytes) -> str:
    """What stands on slides and in their notes."""
    return "\n".join(
        shape.text_frame.text
        for slide in pptx.Presentation(io.BytesIO(data)).slides
        for shape in (*slide.shapes, *slide.notes_slide.shapes)
        if shape.has_text_frame
    )
