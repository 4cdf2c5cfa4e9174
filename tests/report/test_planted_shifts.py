"""Grey is no way out: shifts of three standard deviations are coloured, of every kind, everywhere.

Sixteen numbers: sums, counts, shares and medians, of which more is better or worse, rise in one
community and fall in the other.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from colour_kit import sheet_cells, slide_cells, word_cells
from conftest import run_lingti
from incremental_kit import add_batch
from page_kit import html, opened
from python_calamine import CalamineWorkbook
from report_kit import Rows, page_tables, slide_tables, word_tables
from templates import built_once

from lingti import charts, language
from lingti.ingest.checking.coverage import Span
from lingti.judging import publication
from lingti.judging.verdicts.verdict_words import verdict_words
from lingti.report import Material, Wish, gather, make, slides

MONTH = "2024-11"  # has no public holidays
FIRST = date(2024, 1, 1)
WEEKS = 47  # the last whole one of the month
SHIFTED = 3  # weeks, of which the last is the judged one
KINDS = {
    "sum": "sum(hours)",
    "count": "count(*)",
    "share": "count(*) filter (where is_done) over count(*)",
    "median": "median(hours)",
}
METRICS = {f"own_{kind}_{better}": (kind, better) for kind in KINDS for better in ("up", "down")}
RISES = {"east": True, "west": False}
PLANTED = {
    (name, place): "improving" if (better == "up") == rises else "worsening"
    for name, (_kind, better) in METRICS.items()
    for place, rises in RISES.items()
}
_METRIC = """\
-- title: {kind}{better} | Own {kind} {better}
-- unit: {unit}   better: {better}   version: 1
-- group: volunteering     decimals: 1
-- definition: 自有指标。 | An own metric.
-- words: {kind}{better} | own {kind} {better}
-- {value}   window: period{none}
-- people: none            tables: service
-- One row per service.
select community, day, hours, activity = 'done' as is_done, batch, source_row
from service
"""
_DISTRICT = """
id = "district"
name = { zh = "区", en = "District" }
starts_on = 2024-01-01
today = 2024-12-10
"""
_COMMUNITY = """
[[community]]
id = "{id}"
name = {{ zh = "{id}", en = "{id}" }}
since = 2024-01-01
residents = 1000
households = 400
population_as_of = 2023-12-31
headlines = {headlines}
[[expected]]
community = "{id}"
tables = ["service"]
from = 2024-01-01
"""


def build(home: Path) -> None:
    """A district of two communities with metrics of its own, and weeks that end with a shift."""
    (home / "queries" / "metrics").mkdir(parents=True)
    headlines = json.dumps(list(METRICS))
    settings = [_COMMUNITY.format(id=one, headlines=headlines) for one in RISES]
    (home / "district.toml").write_text(_DISTRICT + "".join(settings), "utf-8")
    for name, (kind, better) in METRICS.items():
        over = KINDS[kind].partition(" over ")
        value = (
            f"numerator: {over[0]}\n-- denominator: {over[2]}" if over[2] else f"value: {over[0]}"
        )
        text = _METRIC.format(
            kind=kind,
            better=better,
            value=value,
            unit="% | %" if kind == "share" else "次 | units",
            none="" if kind in ("share", "median") else "      when_none: 0",
        )
        (home / "queries" / "metrics" / f"{name}.sql").write_text(text, "utf-8")
    for place, rises in RISES.items():
        span = Span(FIRST, date(2024, 11, 30))
        add_batch(home, place, "service", span, list(_services(1 if rises else -1)))
    publication.rebuild(home)


def _services(sign: int) -> Iterator[dict[str, object]]:
    """Services of every week; of the last weeks more or fewer, longer or shorter, done or not.

    A week has 60 with a standard deviation of 4, half of them done (of cases so many one of 3.9
    by chance alone), two hours long with one of 0.14 for the median; the last are three away.
    """
    random = Random(7)
    row = 1
    for week in range(WEEKS):
        is_shifted = week >= WEEKS - SHIFTED
        many, done_more, longer = (
            random.choice(values) for values in ((-6, -4, -2, 0, 2, 4, 6), *[(-4, -2, 0, 2, 4)] * 2)
        )
        if is_shifted:
            many, done_more, longer = 12 * sign, 14 * sign, 9 * sign
        count = 60 + many
        for at in range(count):
            row += 1
            yield {
                "day": FIRST + timedelta(days=7 * week + at % 7),
                "hours": (40 + longer + at % 3 - 1) / 20,
                "activity": "done" if at < count // 2 + done_more else "open",
                "source_row": {"file": 1, "sheet": 1, "row": row},
                "name_key": f"n{at}",
            }


@pytest.fixture(scope="module")
def home() -> Path:
    return built_once("planted", build)


@pytest.fixture(scope="module")
def material(home: Path) -> Material:
    return gather(home, MONTH)


@pytest.fixture(autouse=True)
def in_english() -> None:
    language.use("en")


def test_the_command_line_tells_all_sixteen(home: Path) -> None:
    told = {
        (name, row["community"]): row["verdict"]
        for name in METRICS
        for row in json.loads(
            run_lingti("verdict", name, "--period", MONTH, "--json", "--home", home)
        )
        if row["community"] in RISES
    }
    assert told == PLANTED


def test_the_page_colours_them(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    code = "".join(
        html(opened(monkeypatch, home, "community", period=MONTH, lang="en", community=place))
        for place in RISES
    )
    found = {
        tuple(key.split("|")[:2]): said
        for said, key in re.findall(r'data-verdict="(\w+)" data-told="([\w|-]+)"', code)
        if tuple(key.split("|")[:2]) in PLANTED
    }
    assert found == PLANTED


@pytest.mark.parametrize("place", list(RISES))
def test_documents_and_the_projector_say_them_in_their_colours(
    material: Material, place: str
) -> None:
    wish = Wish("en", metrics=tuple(METRICS))
    made = {
        ending: make(material, place, ending, wish) for ending in ("docx", "pptx", "xlsx", "html")
    }
    book = CalamineWorkbook.from_filelike(io.BytesIO(made["xlsx"]))
    sheet = [list(map(str, row)) for row in book.get_sheet_by_name("Metrics").to_python()]
    shown = [
        slide.grid for slide in slides(material, place, wish) if slide.id.startswith("overview")
    ]
    tables = {
        "docx": [rows for _caption, rows in word_tables(made["docx"])],
        "pptx": [rows for _caption, rows in slide_tables(made["pptx"])],
        "html": [rows for _caption, rows in page_tables(made["html"])],
        "xlsx": [sheet],
        "projector": [[list(one.head), *map(list, one.rows)] for one in shown if one],
    }
    expected = {name: said for (name, where), said in PLANTED.items() if where == place}
    for surface, of_it in tables.items():
        assert _told(of_it, place) == expected, surface
    look = charts.look(material.district)
    tones = {verdict_words("improving"): look.good, verdict_words("worsening"): look.bad}
    for ending, cells in (("docx", word_cells), ("pptx", slide_cells), ("xlsx", sheet_cells)):
        coloured = {(text, of) for text, of in cells(made[ending]) if text in tones}
        assert coloured == set(tones.items()), ending
    marked = re.findall(r'<td[^>]* data-verdict="(\w+)"', made["html"].decode())
    assert set(marked) == {"improving", "worsening"}


def _told(tables: list[Rows], place: str) -> dict[str, str]:
    """Metric → the signal that tables tell of it in a place."""
    names = {f"Own {kind} {better}": name for name, (kind, better) in METRICS.items()}
    words = {verdict_words(said): said for said in ("improving", "worsening")}  # type: ignore[arg-type]
    found: dict[str, str] = {}
    for head, *rows in tables:
        if "Variation" not in head:
            continue
        title = next(at for at, one in enumerate(head) if one.startswith("Metric"))
        for row in rows:
            name = names.get(row[title].partition(" (")[0])
            is_here = "Community" not in head or row[head.index("Community")] == place
            if name and is_here:
                found[name] = words.get(row[head.index("Variation")], "")
    return found
