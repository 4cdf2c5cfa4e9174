"""Every page as each role sees it: none fails, and none shows what is not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_kit import html, opened
from streamlit.testing.v1 import AppTest

from lingti import language
from lingti.safety.access import Person
from lingti.ui import session

ROOT = Path(__file__).parent.parent.parent
PAGES = ["", *sorted(path.stem for path in (ROOT / "pages").glob("*.py"))]
ISSUER = "https://id.example"
ROLES = {
    "viewer": Person(ISSUER, "v", "看", "viewer"),
    "secretary": Person(ISSUER, "s", "书记", "secretary", ("guqiao",)),
}


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    language.use("zh")
    yield
    language.use("zh")


def seen_by(monkeypatch: pytest.MonkeyPatch, home: Path, role: str, name: str) -> AppTest:
    person = ROLES[role]
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: person)
    return opened(monkeypatch, home, name, period="2024-06")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_fails_for_who_sees_less(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, role: str, name: str
) -> None:
    page = seen_by(monkeypatch, sample_home, role, name)
    assert not page.exception, [one.value for one in page.exception]
    for place in ("nanfeng", "jinghang", "binhu"):
        assert f"metric=volunteer_hours&amp;place={place}" not in html(page)


def test_a_viewer_cannot_import(monkeypatch: pytest.MonkeyPatch, sample_home: Path) -> None:
    page = seen_by(monkeypatch, sample_home, "viewer", "import_data")
    assert not page.get("file_uploader")
    assert not [one for one in page.button if (one.key or "").startswith("lt-import")]


def test_a_secretary_sees_the_imports_of_the_own_community_only(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = seen_by(monkeypatch, sample_home, "secretary", "import_data")
    batches = html(page).split("<p class='lt-batch'>")[1:]
    assert batches
    assert all("古桥" in line.partition("</b>")[0] for line in batches)
