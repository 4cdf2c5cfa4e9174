"""The charts and main sentences of documents have the numbers that `lingti metric` prints."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

import docx
import docx.document
import pptx
import pytest
from conftest import Ask
from lxml import etree
from python_calamine import CalamineWorkbook
from report_kit import BEFORE, PLACES, Document, Printed, by_title

from lingti import catalog
from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.report import Material, Wish

ENGLISH = Wish("en")
CHART = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def parsed(text: str) -> float | None:
    """The number a cell begins with, a percentage as a share; None for words."""
    found = NUMBER.match(text.removeprefix("+"))
    if not found:
        return None
    number = float(found[0].replace(",", "").replace("−", "-"))
    return round(number / 100, 6) if "%" in text or "points" in text else number


def place_of(material: Material, name: str) -> str:
    """The id of a place as charts and tables name it."""
    names = {one.short.en: one.id for one in material.district.communities}
    return {**names, "District": DISTRICT}[name]


def month_of(label: str) -> str:
    return f"2024-{MONTHS.index(label[:3]) + 1:02d}"


def chart_xmls(data: bytes, folder: str) -> Iterator[tuple[str, Any, list[list[Any]]]]:
    """Per chart of a document its part's name, its XML and the sheet of its workbook."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    for name in archive.namelist():
        if not re.fullmatch(rf"{folder}/charts/chart\d+\.xml", name):
            continue
        head, tail = name.rsplit("/", 1)
        rels = etree.fromstring(archive.read(f"{head}/_rels/{tail}.rels"))
        (target,) = [one.get("Target") for one in rels]
        inner = target.removeprefix("/") if target.startswith("/") else f"{folder}/{target[3:]}"
        book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read(inner)))
        yield name, etree.fromstring(archive.read(name)), book.get_sheet_by_index(0).to_python()


def drawn(space: Any) -> dict[str, list[tuple[str, float | None]]]:
    """Series → (category, value) as the chart itself caches them."""
    found = {}
    for series in space.iterfind(".//c:ser", CHART):
        name = series.findtext("c:tx//c:v", namespaces=CHART)
        points = {
            int(one.get("idx")): one.findtext("c:v", namespaces=CHART)
            for one in series.iterfind("c:val//c:pt", CHART)
        }
        labels = [
            one.findtext("c:v", namespaces=CHART) for one in series.iterfind("c:cat//c:pt", CHART)
        ]
        found[name] = [
            (label, float(points[at]) if at in points else None) for at, label in enumerate(labels)
        ]
    return found


def assert_charts(
    material: Material, printed: Printed, data: bytes, folder: str, captions: dict[str, str]
) -> int:
    """Holds every chart and the workbook within it against what is printed; how many there are."""
    count = 0
    for name, space, sheet in chart_xmls(data, folder):
        metric = by_title(captions[name.rsplit("/", 1)[1]].partition(" (")[0])
        for series, points in drawn(space).items():
            place = place_of(material, series)
            for label, value in points:
                assert value == printed.of(metric.name, place, month_of(label)), (
                    metric.name,
                    label,
                )
        for row in sheet[1:]:
            for series, value in zip(sheet[0][1:], row[1:], strict=True):
                place = place_of(material, series)
                expected = printed.of(metric.name, place, month_of(row[0]))
                assert value == ("" if expected is None else expected)
        count += 1
    return count


@pytest.mark.parametrize("place", PLACES)
def test_the_charts_of_a_briefing_hold_the_printed_numbers(
    material: Material, printed: Printed, document: Document, place: str
) -> None:
    data = document(place, "docx")
    captions = [
        paragraph.text.partition("  ")[2]
        for paragraph in docx.Document(io.BytesIO(data)).paragraphs
        if paragraph.text.startswith("Chart ")
    ]
    named = {f"chart{number}.xml": caption for number, caption in enumerate(captions, 1)}
    assert assert_charts(material, printed, data, "word", named) == len(captions) >= 4


@pytest.mark.parametrize("place", PLACES)
def test_the_charts_of_a_deck_hold_the_printed_numbers(
    material: Material, printed: Printed, document: Document, place: str
) -> None:
    data = document(place, "pptx")
    named = {
        shape.chart.part.partname.filename: shape.name
        for slide in pptx.Presentation(io.BytesIO(data)).slides
        for shape in slide.shapes
        if shape.has_chart
    }
    assert assert_charts(material, printed, data, "ppt", named) == len(named) >= 4


@pytest.mark.parametrize("place", PLACES)
def test_the_charts_of_the_offline_deck_hold_the_printed_numbers(
    material: Material, printed: Printed, document: Document, place: str
) -> None:
    page = document(place, "html").decode()
    found = re.search(
        r'<script id="figures" type="application/json">(.*?)</script>', page, re.DOTALL
    )
    assert found
    figures = json.loads(found[1])
    assert len(figures) >= 4
    for name, both in figures.items():
        for figure in both.values():
            for trace in figure["data"]:
                for period, value in zip(trace["x"], trace["y"], strict=True):
                    place_id = place_of(material, trace["name"])
                    metric = name.removeprefix("metric-")
                    assert value == printed.of(metric, place_id, period), (name, period)


def sentences(
    material: Material, briefing: docx.document.Document, place: str, titles: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """The sentences of a briefing that begin with a metric, each with the place it speaks of: the
    one it begins with, or the heading above it names, else the briefing's."""
    begins = re.compile(rf"\b(?=(?:{'|'.join(map(re.escape, titles))}): )")
    communities = material.district.communities
    above = place
    for paragraph in briefing.paragraphs:
        if re.match(r"\(?\d+[.)] ", paragraph.text):
            named = [one.id for one in communities if one.name.en in paragraph.text]
            above = next(iter(named), place)
        first, *rest = begins.split(paragraph.text)
        owned = [one.id for one in communities if first == f"{one.short.en}: "]
        owner = "district" if first == "District: " else next(iter(owned), above)
        yield from ((owner, sentence) for sentence in (first, *rest))


@pytest.mark.parametrize("place", PLACES)
def test_the_sentences_have_the_printed_numbers(
    material: Material, printed: Printed, document: Document, place: str
) -> None:
    briefing = docx.Document(io.BytesIO(document(place, "docx")))
    deck = pptx.Presentation(io.BytesIO(document(place, "pptx")))
    titles = {one.title.en: one for one in catalog.program().metrics.values()}
    said = [*sentences(material, briefing, place, titles)]
    said += [(place, slide.shapes.title.text) for slide in deck.slides]
    held = 0
    for owner, sentence in said:
        title, _colon, rest = sentence.partition(": ")
        if title not in titles or not rest[:1].isdigit() or " of the target of " in sentence:
            continue
        metric = titles[title]
        value = printed.of(metric.name, owner)
        assert value is not None
        assert parsed(rest.split()[0]) == pytest.approx(value, abs=0.005), sentence
        previous = printed.of(metric.name, owner, BEFORE)
        compared = re.search(r", (up|down) ([\d.,]+)", rest)
        if compared:
            assert previous is not None
            scale = 100 if number_text.is_percent(metric) else 1
            size = float(compared[2].replace(",", "")) / scale
            sign = 1 if compared[1] == "up" else -1
            assert sign * size == pytest.approx(value - previous, abs=0.002), sentence
        grown = re.search(r", (?:up|down) [\d.,]+[^(,;]* \(([\d.,]+)%\)", rest)
        if grown and previous:
            part = abs(value - previous) / previous * 100
            assert float(grown[1].replace(",", "")) == pytest.approx(part, abs=0.051), sentence
        held += 1
    assert held >= 6


def test_a_target_is_held_against_what_was_reached_by_then(material: Material, ask: Ask) -> None:
    (found,) = [
        one
        for one in material.targets
        if (one.place, one.metric.name) == ("guqiao", "volunteer_hours")
    ]
    (printed,) = ask(
        "volunteer_hours", "--community", "guqiao", "--from", "2024-03-01", "--to", "2024-11-30"
    )
    assert found.value == printed["value"]


def test_the_rows_behind_a_slide_add_up_to_its_number(document: Document) -> None:
    deck = pptx.Presentation(io.BytesIO(document("guqiao", "pptx")))
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    reckoned = [one for one in notes if "Computed from them" in one]
    assert len(reckoned) == 4
    for text in reckoned:
        computed = re.search(
            r"(?:Computed from them|which is).*?([\d.,%]+)(?: \w+)*\. The number", text
        )
        shown = re.search(r"The number shown: ([\d.,%]+)", text)
        assert computed
        assert shown
        assert computed[1].rstrip(".") == shown[1].rstrip("."), text
