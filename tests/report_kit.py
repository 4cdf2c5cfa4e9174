"""The sample's numbers as `lingti metric` prints them, and the tables of documents."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import Any

import docx
import pptx
from conftest import Ask
from docx.table import Table
from docx.text.paragraph import Paragraph

from lingti import catalog
from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.report import Material

Rows = list[list[str]]
Document = Callable[[str, str], bytes]  # of a place, in a format
PERIOD, BEFORE = "2024-11", "2024-10"
PLACES = ("district", "nanfeng", "guqiao", "jinghang", "binhu")


@dataclass(frozen=True)
class Printed:
    """What `lingti metric` prints of months: (metric, place, period) → value; None if missing."""

    values: dict[tuple[str, str, str], float | None]

    def of(self, metric: str, place: str, period: str = PERIOD) -> float | None:
        return self.values[metric, place, period]


def by_title(title: str) -> Metric:
    """The metric of an English title."""
    (found,) = [one for one in catalog.program().metrics.values() if one.title.en == title]
    return found


def word_tables(data: bytes) -> Iterator[tuple[str, Rows]]:
    """Each table with the caption above it."""
    document = docx.Document(io.BytesIO(data))
    caption = ""
    for element in document.element.body:
        if element.tag.endswith("}p"):
            caption = Paragraph(element, document).text or caption
        elif element.tag.endswith("}tbl"):
            table = Table(element, document)
            yield caption, [[cell.text for cell in row.cells] for row in table.rows]


def slide_tables(data: bytes) -> Iterator[tuple[str, Rows]]:
    for slide in pptx.Presentation(io.BytesIO(data)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                yield shape.name, [[cell.text for cell in row.cells] for row in shape.table.rows]


class _Page(HTMLParser):
    """The tables of an offline deck."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Rows] = []
        self.captions: list[str] = []
        self.is_in_cell = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.tables.append([])
            self.captions.append(dict(attrs).get("aria-label", ""))
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.is_in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self.is_in_cell = self.is_in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.is_in_cell:
            self.tables[-1][-1][-1] += data


def page_tables(data: bytes) -> Iterator[tuple[str, Rows]]:
    page = _Page()
    page.feed(data.decode().partition("<script")[0])
    yield from zip(page.captions, page.tables, strict=True)


@dataclass(frozen=True)
class Known:
    """What `lingti` says of the sample, to hold documents against."""

    material: Material
    printed: Printed
    ask: Ask
    targets: dict[tuple[str, str], float]
    begun: dict[str, date]
    findings: list[dict[str, Any]]
    batches: list[dict[str, Any]]
    why: Callable[[str, str], dict[str, Any]]

    def place(self, name: str) -> str:
        names = {one.short.en: one.id for one in self.material.district.communities}
        return {**names, "District": DISTRICT}[name]

    def rate(self, metric: Metric, place: str) -> float | None:
        """Per 1,000 residents, from what is printed; the district's of those with a number."""
        value = self.printed.of(metric.name, place)
        people = sum(
            one.residents or 0
            for one in self.material.district.communities
            if place in (DISTRICT, one.id) and self.printed.of(metric.name, one.id) is not None
        )
        return None if value is None else 1000 * value / people


def digits(metric: Metric) -> int:
    """How many decimals documents write of a metric, a percentage as a share."""
    return (
        3 if number_text.is_percent(metric) else 2 if metric.scalable else max(1, metric.decimals)
    )


def by_then(known: Known, metric: Metric, where: str, day: date) -> float | None:
    """What is printed of the year up to a day."""
    span = ("--from", known.begun[where].isoformat(), "--to", day.isoformat())
    (found,) = known.ask(metric.name, "--community", where, *span)
    value: float | None = found["value"]
    return value


def asked_by_time(one: Any, metric: Metric, known: Known) -> float:
    """The share of the year gone by of what is to be added; a share or a duration at once."""
    grows = metric.scalable and metric.better != "down" and metric.window != "last_6_months"
    if not grows:
        return round(float(one.target), 3)
    gone, days = (
        (last - known.begun[one.place]).days + 1 for last in (one.as_of, date(2024, 12, 31))
    )
    return round(float(one.target) * gone / days, metric.decimals)
