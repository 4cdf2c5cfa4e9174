"""No document, page, verdict or answer that a reader gets has a number that they are not told."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from attack import texts
from exhaustive import part
from page_kit import figures, html, opened

from lingti import catalog
from lingti.access.roles import Person
from lingti.ui.window import menu, session
from lingti.warehouse import snapshots

PERIOD = "2024-06"
METRICS = part(catalog.program().metrics, 18)
# Two pages hold little but a reader's own rows, or are shut to readers.
PAGES = [name for name in menu.pages() if name not in ("import_data", "settings")]
READERS: dict[str, tuple[str, ...]] = {"viewer": (), "secretary": ("guqiao",)}


@pytest.fixture(scope="module", params=READERS)
def reader(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def home(reader: str, sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted") / "home"
    return texts.planted(sample_home, folder, READERS[reader])


def test_documents_have_none(home: Path, reader: str) -> None:
    own = READERS[reader]
    shown = texts.documents(home, PERIOD, own or ("district", "jinghang"), own)
    assert texts.given_away(shown) == []


def test_verdicts_changes_and_values_have_none(home: Path, reader: str) -> None:
    assert texts.given_away(texts.answers(home, PERIOD, READERS[reader], of=METRICS)) == []


def test_forms_of_other_offices_and_the_digest_have_none(home: Path) -> None:
    examples = sorted((Path(__file__).parents[1] / "forms" / "examples").glob("h0*"))
    assert texts.given_away(texts.forms(home, PERIOD, examples)) == []


@pytest.mark.parametrize("place", ["guqiao", "jinghang", "district"])
def test_what_makes_another_number_has_none(home: Path, reader: str, place: str) -> None:
    own = READERS[reader]
    shown = list(texts.other_numbers(home, PERIOD, place, METRICS[:5], own))
    assert texts.given_away(iter(shown)) == []
    told = [text for _where, text in shown if "'kind'" in text]
    assert bool(told) == (place in own)  # of places whose rows they see


@pytest.mark.parametrize("page", part(PAGES, 7))
def test_pages_have_none(
    monkeypatch: pytest.MonkeyPatch, home: Path, reader: str, page: str
) -> None:
    person = Person("https://id.example", "x", "x", reader, READERS[reader])
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: person)
    test = opened(monkeypatch, home, page, period=PERIOD, lang="en")
    assert not test.exception
    text = " ".join([html(test), str(figures(test))])
    assert len(text) > 2000
    assert texts.large_numbers(text) == []


def test_one_that_is_published_on_purpose_is_found(sample_home: Path, tmp_path: Path) -> None:
    home = texts.planted(sample_home, tmp_path / "home")
    (told,) = (home / "snapshots").glob("*.duckdb")
    assert told == snapshots.newest(home)
    with duckdb.connect(str(told)) as con:
        con.execute(f"""
            update published_values set state = 'reported', value = {texts.PLANTED}
            where metric = 'placements' and community = 'district' and period = '{PERIOD}'
                and dimension is null and state = 'withheld'
        """)
    found = texts.given_away(texts.documents(home, PERIOD, ("district",)))
    assert {one.partition(":")[0].rpartition(".")[2] for one in found} == {
        *("docx", "pptx", "xlsx", "html")
    }
    answered = texts.given_away(texts.answers(home, PERIOD, of=["placements"]))
    assert {one.partition(":")[0] for one in answered} >= {"metric placements by None"}
