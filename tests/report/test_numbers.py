"""Every number of every document is the one that `lingti metric` prints."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import pptx
import pytest
from conftest import Ask
from lxml import etree
from python_calamine import CalamineWorkbook
from report_kit import BEFORE, PERIOD, PLACES, Printed, by_title

from lingti import catalog, charts, formats
from lingti.catalog import DISTRICT
from lingti.report import Material, Wish, make

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
    material: Material, printed: Printed, place: str
) -> None:
    data = make(material, place, "docx", ENGLISH)
    captions = [
        paragraph.text.partition("  ")[2]
        for paragraph in docx.Document(io.BytesIO(data)).paragraphs
        if paragraph.text.startswith("Chart ")
    ]
    named = {f"chart{number}.xml": caption for number, caption in enumerate(captions, 1)}
    assert assert_charts(material, printed, data, "word", named) == len(captions) >= 4


@pytest.mark.parametrize("place", PLACES)
def test_the_charts_of_a_deck_hold_the_printed_numbers(
    material: Material, printed: Printed, place: str
) -> None:
    data = make(material, place, "pptx", ENGLISH)
    named = {
        shape.chart.part.partname.filename: shape.name
        for slide in pptx.Presentation(io.BytesIO(data)).slides
        for shape in slide.shapes
        if shape.has_chart
    }
    assert assert_charts(material, printed, data, "ppt", named) == len(named) >= 4


@pytest.mark.parametrize("place", PLACES)
def test_the_charts_of_the_offline_deck_hold_the_printed_numbers(
    material: Material, printed: Printed, place: str
) -> None:
    page = make(material, place, "html", ENGLISH).decode()
    found = re.search(
        r'<script type="application/json" id="figures">(.*?)</script>', page, re.DOTALL
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


@pytest.mark.parametrize("place", PLACES)
def test_the_table_of_all_metrics_has_the_printed_numbers(
    material: Material, printed: Printed, place: str
) -> None:
    document = docx.Document(io.BytesIO(make(material, place, "docx", ENGLISH)))
    (table,) = [
        one
        for one in document.tables
        if one.rows[0].cells[0].text == "Metric (unit)" and len(one.columns) == 6
    ]
    assert len(table.rows) > 15
    for row in table.rows[1:]:
        title, now, before, change, rate, _verdict = [cell.text for cell in row.cells]
        metric = by_title(title.rpartition(" (")[0])
        percent = formats.is_percent(metric)
        digits = 3 if percent else 2 if metric.scalable else max(1, metric.decimals)
        value = printed.of(metric.name, place)
        previous = printed.of(metric.name, place, BEFORE)
        assert parsed(now) == (None if value is None else round(value, digits)), title
        assert parsed(before) == (None if previous is None else round(previous, digits)), title
        if parsed(change) is not None and value is not None and previous is not None:
            gap = round(round(value, digits) - round(previous, digits), digits)
            assert parsed(change) == pytest.approx(gap), title
        if parsed(rate) is not None and place != DISTRICT and value is not None:
            people = material.district.community(place).residents
            assert parsed(rate) == pytest.approx(1000 * value / people, abs=0.005), title


@pytest.mark.parametrize("place", PLACES)
def test_the_sentences_have_the_printed_numbers(
    material: Material, printed: Printed, place: str
) -> None:
    document = docx.Document(io.BytesIO(make(material, place, "docx", ENGLISH)))
    deck = pptx.Presentation(io.BytesIO(make(material, place, "pptx", ENGLISH)))
    said = [paragraph.text for paragraph in document.paragraphs if ": " in paragraph.text]
    said += [slide.shapes.title.text for slide in deck.slides]
    held = 0
    titles = {one.title.en: one for one in catalog.metrics().values()}
    for sentence in said:
        title, _colon, rest = sentence.partition(": ")
        if title not in titles or not rest[:1].isdigit() or "target for" in sentence:
            continue
        metric = titles[title]
        value = printed.of(metric.name, place)
        assert value is not None
        assert parsed(rest.split()[0]) == pytest.approx(value, abs=0.005), sentence
        previous = printed.of(metric.name, place, BEFORE)
        compared = re.search(r", ([\d.,]+) \S.*? (more|less|higher|lower)", rest)
        if compared:
            assert previous is not None
            scale = 100 if formats.is_percent(metric) else 1
            size = float(compared[1].replace(",", "")) / scale
            sign = 1 if compared[2] in ("more", "higher") else -1
            assert sign * size == pytest.approx(value - previous, abs=0.002), sentence
        grown = re.search(r"\((up|down) ([\d.,]+)%\)", rest)
        if grown and previous:
            part = abs(value - previous) / previous * 100
            assert float(grown[2].replace(",", "")) == pytest.approx(part, abs=0.051), sentence
        held += 1
    assert held >= 6


def sheet(data: bytes, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by its headings."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def known(cell: Any) -> float | None:
    return None if cell == "" else float(cell)


@pytest.mark.parametrize("place", PLACES)
def test_the_workbook_has_the_printed_numbers(
    material: Material, printed: Printed, ask: Ask, place: str
) -> None:
    data = make(material, place, "xlsx", ENGLISH)
    for row in sheet(data, "Metrics"):
        metric, one = by_title(row["Metric"]), place_of(material, row["Community"])
        assert known(row["This period"]) == pytest.approx(printed.of(metric.name, one))
        assert known(row["Period before"]) == pytest.approx(printed.of(metric.name, one, BEFORE))
    over_time = sheet(data, "Over time")
    assert len(over_time) > 100
    for row in over_time:
        metric, month = by_title(row["Metric"]), row["Period"]
        for name in (one for one in row if one in charts.look(material.district).names.values()):
            expected = printed.of(metric.name, place_of(material, name), month_of(month))
            assert known(row[name]) == pytest.approx(expected), (metric.name, month, name)
    parts = [row for row in sheet(data, "By part") if row["Metric"] == "Volunteer hours"]
    expected = {
        (one["community"], one["member"]): one["value"]
        for one in ask("volunteer_hours", "--period", PERIOD, "--by", "activity")
    }
    for row in (one for one in parts if one["Parted by"] == "Activity"):
        member = "未填写" if row["Part"] == "Not filled in" else row["Part"]
        assert known(row["This period"]) == expected[place_of(material, row["Community"]), member]


def test_a_target_is_held_against_what_was_reached_by_then(material: Material, ask: Ask) -> None:
    (found,) = [
        one
        for one in material.standings
        if (one.place, one.metric.name) == ("guqiao", "volunteer_hours")
    ]
    (printed,) = ask(
        "volunteer_hours", "--community", "guqiao", "--from", "2024-03-01", "--to", "2024-11-30"
    )
    assert found.value == printed["value"]


def test_the_rows_behind_a_slide_add_up_to_its_number(material: Material) -> None:
    deck = pptx.Presentation(io.BytesIO(make(material, "guqiao", "pptx", ENGLISH)))
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
