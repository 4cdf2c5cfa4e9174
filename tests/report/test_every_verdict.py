"""The verdict of every number in every document is the one that `lingti verdict` prints.

Of the months some are drawn by a fixed seed; `make soak` reads them all.
"""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import exhaustive
import pytest
from colour_kit import sheet_cells, slide_cells, word_cells
from conftest import run_lingti
from python_calamine import CalamineWorkbook
from report_kit import PLACES, Rows, page_tables, slide_tables, word_tables

from lingti import catalog, charts
from lingti.catalog import DISTRICT
from lingti.judging.verdicts.verdict import SIGNALS, VerdictCode
from lingti.judging.verdicts.verdict_words import tone, verdict_words
from lingti.report import Material, Wish, gather, make, slides

Verdicts = dict[tuple[str, str], VerdictCode]
MONTHS = [f"2024-{number:02d}" for number in range(3, 13)]
READERS = [(month, published) for month in MONTHS for published in (False, True)]
if not exhaustive.ALL:
    READERS = [*zip(random.Random(20).sample(MONTHS, 2), (False, True), strict=True)]


@dataclass(frozen=True)
class Seen:
    """What a reader gets in a month, and what is printed for the same reader."""

    material: Material
    printed: Verdicts

    def place(self, name: str) -> str:
        names = {one.short.en: one.id for one in self.material.district.communities}
        return {**names, "District": DISTRICT}[name]

    def runs(self, place: str) -> tuple[str, ...]:
        return tuple(one.name for one in self.material.runs(place))

    def told_in(self, tables: Iterable[tuple[str, Rows]], place: str) -> Iterator[Verdicts]:
        """The verdicts of each table that has any."""
        for caption, (head, *rows) in tables:
            if not {"Variation", "Change"} & set(head) or "Category" in head:
                continue
            yield {
                (metric, where): said_of(cell, self.printed[metric, where])
                for row in rows
                for metric in [self.metric(head, row, caption)]
                for where in [self.where(head, row, place)]
                # The column is left out where no number is judged.
                for cell in [row[head.index("Variation")] if "Variation" in head else "–"]
            }

    def where(self, head: list[str], row: list[str], place: str) -> str:
        return self.place(row[head.index("Community")]) if "Community" in head else place

    def metric(self, head: list[str], row: list[str], caption: str) -> str:
        title = re.sub(r"^Table \d+  | by community$", "", caption)
        for column in ("Metric", "Metric (unit)"):
            title = row[head.index(column)] if column in head else title
        metrics = self.material.catalog.metrics
        titles = {one.title.en: name for name, one in metrics.items()}
        return titles.get(title) or titles[title.rpartition(" (")[0]]


def said_of(words: str, printed: VerdictCode) -> VerdictCode:
    """The verdict that a cell says in its words; a dash says that there is none to tell."""
    if words == "–":
        assert printed not in (*SIGNALS, "ordinary", "provisional")
        return printed
    (found,) = [one for one in get_args(VerdictCode) if verdict_words(one) == words]
    said: VerdictCode = found
    return said


@pytest.fixture(scope="module", params=READERS, ids=str)
def seen(request: pytest.FixtureRequest, sample_home: Path) -> Seen:
    month, published = request.param
    return Seen(
        gather(sample_home, month, published=published), _printed(sample_home, month, published)
    )


@cache
def _printed(home: Path, month: str, published: bool) -> Verdicts:
    asked = ["--period", month, "--json", *(["--published"] if published else [])]
    return {
        (name, row["community"]): row["verdict"]
        for name in catalog.program().metrics
        for row in json.loads(run_lingti("verdict", name, *asked, "--home", home))
    }


def same(found: Verdicts, printed: Verdicts) -> int:
    """Holds verdicts against the printed ones; how many there are."""
    assert found == {key: printed[key] for key in found}
    return len(found)


@pytest.mark.parametrize("place", exhaustive.part(PLACES, 2))
def test_word_says_what_is_printed(seen: Seen, place: str) -> None:
    tables = word_tables(make(seen.material, place, "docx", Wish("en")))
    found: Verdicts = {}
    for told in seen.told_in(tables, place):
        same(told, seen.printed)
        found |= told
    assert {(name, place) for name in seen.runs(place)} <= found.keys()


def test_the_workbook_says_what_is_printed(seen: Seen) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(make(seen.material, None, "xlsx", Wish("en"))))
    rows = [list(map(str, row)) for row in book.get_sheet_by_name("Metrics").to_python()]
    (told,) = seen.told_in([("", rows)], DISTRICT)
    assert same(told, seen.printed) == len(seen.runs(DISTRICT)) * len(PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_slides_on_the_projector_say_what_is_printed(seen: Seen, place: str) -> None:
    names = seen.runs(place)
    if not exhaustive.ALL:
        names = tuple(random.Random(place).sample(names, 8))
    shown = slides(seen.material, place, Wish("en", metrics=names))
    found: Verdicts = {}
    for slide in shown:
        if slide.grid is not None and slide.id.startswith("overview"):
            table = [list(slide.grid.head), *map(list, slide.grid.rows)]
            for told in seen.told_in([("", table)], place):
                found |= told
    assert same(found, seen.printed) == len(names)
    of_metric = {one.id.removeprefix("metric-"): one for one in shown if "metric-" in one.id}
    for name in names:
        said = seen.printed[name, place]
        if name not in of_metric:  # nothing is shown of what is withheld
            assert seen.material.published
            assert seen.material.totals[name, place].state == "withheld"
            continue
        text = f"{of_metric[name].title} {of_metric[name].under}".lower()
        signals = [one for one in SIGNALS if f"{verdict_words(one)}." in text]
        assert signals == ([said] if said in SIGNALS else []), text


@pytest.mark.parametrize("place", ["guqiao", DISTRICT])
def test_decks_say_what_is_printed(seen: Seen, place: str) -> None:
    for ending, tables in (("pptx", slide_tables), ("html", page_tables)):
        made = make(seen.material, place, ending, Wish("en"))
        overview = [one for one in tables(made) if "Metric (unit)" in one[1][0]]
        told = list(seen.told_in(overview, place))
        assert sum(same(one, seen.printed) for one in told) >= 4


def test_colour_is_a_signal_or_a_missed_target(seen: Seen) -> None:
    look = charts.look(seen.material.district)
    coloured = {look.good: "good", look.bad: "bad", look.accent: "signal"}
    for ending, cells in (("docx", word_cells), ("pptx", slide_cells), ("xlsx", sheet_cells)):
        found = cells(make(seen.material, None, ending, Wish("en")))
        said = {(text, coloured[of]) for text, of in found if of in coloured}
        assert said <= SIGNAL_CELLS | {("missed", "bad")}
    page = make(seen.material, None, "html", Wish("en")).decode()
    told = re.findall(r'<td[^>]* data-verdict="(\w+)"[^>]*>([^<]*)<', page)
    # What is not judged has a dash, and a column of nothing else is left out.
    assert all(words == (verdict_words(said) if said in JUDGED else "–") for said, words in told)
    headlines = [metric.name for metric in seen.material.headlines(DISTRICT)]
    assert bool(told) == any(seen.printed[name, DISTRICT] in JUDGED for name in headlines)
    assert set(re.findall(r'<td[^>]* data-target="(\w+)"', page)) <= {"missed"}


JUDGED = (*SIGNALS, "ordinary", "provisional")
SIGNAL_CELLS = {
    ("getting better", "good"),
    ("getting worse", "bad"),
    ("something changed", "signal"),
}


def test_the_words_of_signals_have_the_tones_of_the_palette() -> None:
    assert {(verdict_words(one), tone(one)) for one in SIGNALS} == SIGNAL_CELLS
