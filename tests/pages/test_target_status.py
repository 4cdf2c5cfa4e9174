"""One status of a target, on its page and in Word, where a stock fell below where it began."""

from __future__ import annotations

import re
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from incremental_kit import add_batch
from page_kit import html, opened

from lingti import warehouse
from lingti.district import Target, journal
from lingti.ingest.checking.coverage import Span
from lingti.report import Wish, gather, make

REACHED = "已达到"


@pytest.fixture(scope="module")
def home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, where 滨湖 had 100 partners when a quarter began, and 45 two months later."""
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("status") / "home"))
    rows: list[dict[str, object]] = [
        {
            "merchant": f"商家{number}",
            "signed_on": date(2024, 5, 1),
            "ended_on": date(2024, 11, 10) if number > 45 else None,
            "source_row": {"file": 1, "sheet": 1, "row": number + 1},
        }
        for number in range(1, 101)
    ]
    add_batch(home, "binhu", "partnerships", Span(date(2024, 4, 1), date(2024, 12, 31)), rows)
    journal.set_target(home, Target("binhu", "partners_active", "2024-Q4", 40.0), "test")
    warehouse.rebuild(home)
    return home


def test_page_and_word_say_the_same_of_targets(
    sample_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In December: 古桥's merchants hang on a twin, 京杭佳苑's placements missed, and 南风花园's
    hours lack those of September.
    """
    page = html(opened(monkeypatch, sample_home, "targets", period="2024-12"))
    on_page = [
        re.sub(r"<[^>]*>", " ", row).split() for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    ]
    document = docx.Document(
        BytesIO(make(gather(sample_home, "2024-12"), "district", "docx", Wish("zh")))
    )
    in_word = [[cell.text for cell in row.cells] for one in document.tables for row in one.rows]
    for target, value, words in [
        ("36", "36", "待核实后确定"),
        ("600", "546", "未达到"),
        ("1,600", "1,248", "尚不能判断"),
    ]:
        assert any(
            target in row and words in row and any(value in cell for cell in row) for row in on_page
        ), words
        assert any(
            target in row and row[-1] == words and any(value in cell for cell in row)
            for row in in_word
        ), words


def test_page_and_word_say_the_same_of_a_target(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From 100 down to 40 the pace asks for 60 by November; 45 are more than the target all the
    same, so it is reached.
    """
    page = html(opened(monkeypatch, home, "targets", period="2024-11"))
    rows = [
        re.sub(r"<[^>]*>", " ", row).split() for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    ]
    (partners,) = [row for row in rows if "40" in row and "45" in row]
    assert REACHED in partners
    document = docx.Document(BytesIO(make(gather(home, "2024-11"), "binhu", "docx", Wish("zh"))))
    cells = [[cell.text for cell in row.cells] for one in document.tables for row in one.rows]
    (partners,) = [row for row in cells if "40" in row and "45" in row]
    assert partners[-1] == REACHED
