"""A number that lacks rows to correct says so wherever it stands: on pages, slides, in Word."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import duckdb
import pytest
from page_kit import figures, html, opened, text

from lingti import language
from lingti.access.roles import Person
from lingti.report import Material, Wish, gather, make, slides
from lingti.report.slides.slide import Slide
from lingti.ui.window import session

MONTH, NEXT, ROWS = "2024-11", "2024-12", 34
WORDS = f"{ROWS}行待修改"
# Of placements in December: a community's own, and so the district's.
PLACE, TABLE, METRIC = "jinghang", "placements", "placements"
METRIC_TITLE = "就业安置人次"


@pytest.fixture(scope="module")
def waiting(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, where rows of one table of one community wait to be corrected."""
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("waiting") / "home"))
    path = home / "warehouse" / (home / "warehouse" / "CURRENT").read_text().strip()
    with duckdb.connect(str(path)) as con:
        con.execute(
            "insert into to_correct select batch, community, [$table], date '2024-11-01',"
            " date '2024-11-30', $rows from batches"
            " where source = $source and covers like '%/2024-12-31'",
            {"table": TABLE, "rows": ROWS, "source": f"{PLACE}_{TABLE}"},
        )
    return home


# Of volunteering in a community whose numbers are published.
OPEN_PLACE, OPEN_METRIC, OPEN_ROWS = "guqiao", "volunteer_hours", 21


@pytest.fixture(scope="module")
def told(waiting: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with rows that wait behind numbers that readers of published values see."""
    home = Path(shutil.copytree(waiting, tmp_path_factory.mktemp("told") / "home"))
    path = home / "warehouse" / (home / "warehouse" / "CURRENT").read_text().strip()
    with duckdb.connect(str(path)) as con:
        con.execute(
            "insert into to_correct select max(batch), community, ['service'], date '2024-11-07',"
            " date '2024-11-07', $rows from batches where community = $place group by all",
            {"place": OPEN_PLACE, "rows": OPEN_ROWS},
        )
    return home


@pytest.fixture(scope="module")
def material(waiting: Path) -> Material:
    language.use("zh")
    return gather(waiting, MONTH)


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("jobs", {}),
        ("community", {"community": PLACE}),
        ("compared", {"metric": METRIC}),
        ("targets", {}),
        ("explore", {"metric": METRIC, "picture": "table"}),
        ("explore", {"metric": METRIC, "by": "channel"}),
    ],
)
def test_pages_say_it(
    monkeypatch: pytest.MonkeyPatch, waiting: Path, page: str, address: dict[str, str]
) -> None:
    shown = opened(monkeypatch, waiting, page, period=MONTH, **address)
    assert not shown.exception
    captions = " ".join(str(one.value) for one in shown.caption)
    assert WORDS in text(shown) + captions
    assert "1行待修改" not in text(shown)


def test_reporting_says_it_of_the_month(monkeypatch: pytest.MonkeyPatch, waiting: Path) -> None:
    assert f"; {WORDS}" in html(opened(monkeypatch, waiting, "reporting", period=MONTH)).replace(
        "；", "; "
    )


def test_what_stands_behind_it_says_so_too(monkeypatch: pytest.MonkeyPatch, waiting: Path) -> None:
    address = {"metric": METRIC, "place": PLACE, "of": MONTH}
    whole = text(opened(monkeypatch, waiting, "rows", period=MONTH, **address))
    assert re.search(rf"✓\s+与指标数值一致：\S+\s+{WORDS}\s", whole)
    of_days = opened(monkeypatch, waiting, "rows", **{**address, "of": "2024-11-05/2024-11-09"})
    assert WORDS in text(of_days)
    before = opened(monkeypatch, waiting, "rows", **{**address, "of": "2024-10"})
    assert WORDS not in text(before)


def test_the_first_screen_has_a_star_with_the_words(
    monkeypatch: pytest.MonkeyPatch, waiting: Path
) -> None:
    assert f'title="{WORDS}">*{ROWS}<' in html(opened(monkeypatch, waiting, period=MONTH))


def test_the_next_month_says_it_of_the_one_before(
    monkeypatch: pytest.MonkeyPatch, waiting: Path
) -> None:
    shown = html(opened(monkeypatch, waiting, "jobs", period=NEXT, **{"in": PLACE}))
    (before,) = [
        part.split("</dd>")[0]
        for part in shown.split("<dd>")
        if f'data-number="{METRIC}|{PLACE}|month|{MONTH}' in part.split("</dd>")[0]
    ]
    assert WORDS in before


def drawn(figure: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Of every point that is a total: place, period, and the colour of a point or bar's pattern."""
    for trace in figure["data"]:
        colours = trace.get("marker", {}).get("color")
        for at, one in enumerate((trace.get("meta") or {}).get("rows") or []):
            if one and not one["by"]:
                filled = (
                    colours[at] if isinstance(colours, list) else trace["marker"].get("pattern")
                )
                yield one["place"], one["of"], filled


def test_pictures_draw_it_hollow_or_hatched_and_name_it(
    monkeypatch: pytest.MonkeyPatch, waiting: Path
) -> None:
    shown = opened(monkeypatch, waiting, "jobs", period=MONTH, show=METRIC)
    lines = [one for one in figures(shown) if one["data"][0]["type"] == "scatter"]
    points = {(place, of): filled for one in lines for place, of, filled in drawn(one)}
    assert points[PLACE, MONTH] != points[PLACE, "2024-10"]
    dots = html(shown).partition('class="lt-dots lt-rates"')[2].partition("</figure>")[0]
    assert f'title="{WORDS}">*{ROWS}<' in dots
    told = re.findall(r'aria-label="([^"]*)"', html(shown))
    assert any(WORDS in one and METRIC_TITLE in one for one in told)
    months = {"from": "2024-11-01", "to": "2024-11-30"}
    asked = {"metric": METRIC, "picture": "bar", "grain": "month", **months}
    (bars,) = figures(opened(monkeypatch, waiting, "explore", **asked))
    (bar,) = [filled for place, _of, filled in drawn(bars) if place == PLACE]
    assert bar["shape"] == "/"
    assert any(WORDS in one["text"] for one in bars["layout"]["annotations"])


def test_parts_of_it_say_that_nobody_knows_which_lack_them(
    monkeypatch: pytest.MonkeyPatch, waiting: Path
) -> None:
    for shown_as in ("", "table"):
        address = {"period": MONTH, "show": METRIC, "as-parts": shown_as}
        shown = text(opened(monkeypatch, waiting, "jobs", **address))
        assert shown.count(f"未计入、也不知属于哪一部分：京杭佳苑 {WORDS}") == 1


def cells(slide: Slide) -> list[str]:
    assert slide.grid is not None
    return [cell for row in slide.grid.rows for cell in row]


@pytest.mark.parametrize("place", [PLACE, "district"])
def test_slides_say_it(material: Material, place: str) -> None:
    made = {one.id: one for one in slides(material, place, Wish("zh", metrics=(METRIC,)))}
    assert any(WORDS in cell for cell in cells(made["overview"]))
    targets = [
        cell for id_, one in made.items() if id_.startswith("targets") for cell in cells(one)
    ]
    assert any(WORDS in cell for cell in targets)
    assert f"未计入：{WORDS}。" in made[f"metric-{METRIC}"].under


@pytest.mark.parametrize("place", [PLACE, "district"])
def test_word_says_it(material: Material, place: str) -> None:
    document = docx.Document(BytesIO(make(material, place, "docx", Wish("zh"))))
    said = "\n".join(one.text for one in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for cell in table._cells)
    assert f"未计入：{WORDS}。" in said
    assert "有待修改的行未计入（空心或斜线）：" in said  # below its chart
    assert f"（{WORDS}）" in cells


SOME = "有行待修改"


@pytest.mark.parametrize("page", ["", "volunteering", "reporting", "compared"])
def test_who_reads_published_values_is_told_that_there_are_some_and_not_how_many(
    monkeypatch: pytest.MonkeyPatch, told: Path, page: str
) -> None:
    viewer = Person("https://id.example", "v", "v", "viewer")
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: viewer)
    asked = {"metric": "volunteer_hours"} if page == "compared" else {}
    shown = html(opened(monkeypatch, told, page, period=MONTH, **asked))
    assert SOME in shown
    assert not re.search(rf"\*?({ROWS}|{OPEN_ROWS})行|\*({ROWS}|{OPEN_ROWS})<", shown)


def test_published_documents_say_that_there_are_some(told: Path) -> None:
    language.use("zh")
    found = gather(told, MONTH, published=True)
    document = docx.Document(BytesIO(make(found, OPEN_PLACE, "docx", Wish("zh"))))
    said = "\n".join(
        [one.text for one in document.paragraphs]
        + [cell.text for table in document.tables for cell in table._cells]
    )
    assert f"（{SOME}）" in said
    assert f"未计入：{SOME}。" in said
    assert f"{OPEN_ROWS}行待修改" not in said
    shown = {one.id: one for one in slides(found, "district", Wish("zh", metrics=(OPEN_METRIC,)))}
    assert f"未计入：{SOME}。" in shown[f"metric-{OPEN_METRIC}"].under
