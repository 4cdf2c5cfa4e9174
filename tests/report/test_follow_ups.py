"""A briefing lists what is asked about numbers, for those only who may read it."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import docx
import pytest

from lingti.access.roles import PUBLISHED, Person, ReaderView
from lingti.catalog import DISTRICT
from lingti.district import follow_ups
from lingti.district.follow_ups import About
from lingti.report import Wish, gather, make

OFFICIAL = Person("https://id.example", "o", "官", "official")
DAY = date(2024, 12, 20)


@pytest.fixture(scope="module")
def home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a question on November in Guqiao, and one on December in the district."""
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("asked") / "home"))
    for text, place, of, to in (
        ("为何比上月少一半？", "guqiao", "2024-11", "secretary"),
        ("全区为何不变？", DISTRICT, "2024-12", "official"),
        ("已经清楚的", "guqiao", "2024-11", "secretary"),
    ):
        follow_ups.ask(home, About("volunteer_hours", place, of), to, text, OFFICIAL, DAY)
    (closed,) = [one for one in follow_ups.follow_ups(home) if one.text == "已经清楚的"]
    follow_ups.take(home, closed, "close", "", OFFICIAL, DAY)
    return home


def section(home: Path, place: str, period: str = "2024-12", **said: object) -> list[list[str]]:
    """The rows of the table of questions in a briefing; none where there is no such section."""
    material = gather(home, period, **said)  # type: ignore[arg-type]
    document = docx.Document(io.BytesIO(make(material, place, "docx", Wish("zh"))))
    rows = [[cell.text for cell in row.cells] for one in document.tables for row in one.rows]
    return [row for row in rows if any("为何" in cell or "清楚" in cell for cell in row)]


NOVEMBER = [
    "古桥",
    "志愿服务时长 · 2024年11月",
    "为何比上月少一半？",
    "待答复",
    "2024年12月20日",
]
DECEMBER = ["全区", "志愿服务时长 · 2024年12月", "全区为何不变？", "待答复", "2024年12月20日"]


def test_who_sees_everything_gets_what_is_asked_up_to_the_period(home: Path) -> None:
    assert section(home, DISTRICT) == [NOVEMBER, DECEMBER]
    assert section(home, "guqiao") == [NOVEMBER]
    assert section(home, DISTRICT, "2024-11") == [NOVEMBER]
    assert section(home, "guqiao", "2024-10") == []


def test_others_get_what_concerns_their_own_rows_or_nothing(home: Path) -> None:
    own = ReaderView(frozenset({"guqiao"}))
    assert section(home, "guqiao", published=True, exact=["guqiao"], reader=own) == [NOVEMBER]
    assert section(home, DISTRICT, published=True, exact=["guqiao"], reader=own) == [NOVEMBER]
    assert section(home, "guqiao", published=True, reader=PUBLISHED) == []
    assert section(home, DISTRICT, published=True) == []  # an official's, to be handed on
