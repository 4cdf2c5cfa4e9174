"""Between the two steps of a publication: what is said of numbers that are from before it."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import docx
import pytest
from page_kit import opened, text

from lingti import warehouse
from lingti.access.roles import Person
from lingti.ingest.keeping import batches
from lingti.report import Wish, gather, make
from lingti.ui.window import session

ON_PAGES = "发布的数字；较新的数字待区级人员发布后显示。"
IN_DOCUMENTS = "最近一次导入之前的公布数"
PUBLISHED = "公布数"


@pytest.fixture(scope="module")
def half_published(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample without its newest batch, of which only exact values are published."""
    home = Path(shutil.copytree(sample_home, tmp_path_factory.mktemp("half") / "home"))
    batches.undo(home, batches.manifests(home)[-1].batch)

    def stop() -> None:
        raise InterruptedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lingti.warehouse.fast.building.STAGED_BYTES", 0)
        with pytest.raises(InterruptedError):
            warehouse.rebuild(home, half_done=stop)
    return home


@pytest.mark.parametrize(("role", "says"), [("viewer", True), ("official", False)])
def test_a_page_says_so_to_who_reads_published_numbers(
    monkeypatch: pytest.MonkeyPatch, half_published: Path, role: str, says: bool
) -> None:
    person = Person("https://id.example", "p", "某", role)
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: person)
    page = opened(monkeypatch, half_published, "volunteering", period="2024-06")
    assert not page.exception
    assert (ON_PAGES in text(page)) is says


@pytest.mark.parametrize("published", [True, False])
def test_a_briefing_says_so_where_it_holds_published_numbers(
    half_published: Path, published: bool
) -> None:
    found = gather(half_published, "2024-06", published=published)
    document = docx.Document(BytesIO(make(found, "guqiao", "docx", Wish("zh"))))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert (IN_DOCUMENTS in words) is published


def test_nothing_is_said_once_they_are_checked(
    monkeypatch: pytest.MonkeyPatch, half_published: Path, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(half_published, tmp_path / "home"))
    warehouse.rebuild(home)
    warehouse.publish_anew(home)
    person = Person("https://id.example", "p", "某", "viewer")
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: person)
    assert ON_PAGES not in text(opened(monkeypatch, home, "volunteering", period="2024-06"))
    made = make(gather(home, "2024-06", published=True), "guqiao", "docx", Wish("zh"))
    words = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(made)).paragraphs)
    assert IN_DOCUMENTS not in words
    assert PUBLISHED in words
