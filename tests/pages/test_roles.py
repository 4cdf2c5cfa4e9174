"""Every page as each role sees it: none fails, and none shows what is not theirs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from page_kit import html, opened
from streamlit.testing.v1 import AppTest

from lingti.access.roles import Person
from lingti.ui.window import session

ROOT = Path(__file__).parent.parent.parent
PAGES = ["", *sorted(path.stem for path in (ROOT / "pages").glob("*.py"))]
ISSUER = "https://id.example"
ROLES = {
    "viewer": Person(ISSUER, "v", "看", "viewer"),
    "secretary": Person(ISSUER, "s", "书记", "secretary", ("guqiao",)),
    "subdistrict": Person(ISSUER, "d", "街道", "subdistrict", ("guqiao", "binhu"), "许庄街道"),
    "official": Person(ISSUER, "o", "官", "official"),
}
# What a page lets somebody do beside reading it, by the widgets that do it.
ACTIONS = {
    "upload": r"upload:",
    "undo": r"lt-sure-",
    "nil return": r"lt-nil-days",
    "annotate": r"FormSubmitter:note",
    "decide": r"FormSubmitter:decision",
    "set targets": r"FormSubmitter:target",
    "lock limits": r"FormSubmitter:baseline",
    "keep a deck": r"lt-deck-keep",
    "submit": r"FormSubmitter:submit",
    "accept": r"FormSubmitter:accept",
    "finalise": r"FormSubmitter:finalise",
    "add communities": r"lt-settings-add",
    "make a report": r"download:下载：",
    "make the set": r"生成.*成套材料",
    "ask": r"FormSubmitter:follow-up",
}
READ: tuple[set[str], set[str]] = (set(), set())
# Page → what an official may do there, what a secretary; a viewer only reads, and so does anybody
# on the pages that are marked so. A page that is missing here fails.
MATRIX = {
    **dict.fromkeys(
        (
            *("", "volunteering", "redemptions", "jobs", "partnerships", "concerns", "community"),
            *("compared", "explore", "reporting", "data", "definitions", "findings", "rows"),
            *("my_number", "topic"),
        ),
        READ,
    ),
    "annotations": ({"annotate"}, {"annotate"}),
    "decisions": ({"decide"}, {"decide"}),
    "import_data": ({"upload", "undo", "nil return"}, {"upload", "undo", "nil return"}),
    "present": ({"keep a deck"}, set()),
    "reports": ({"make a report", "make the set"}, {"make a report"}),
    "since_start": ({"make a report"}, set()),
    "forms": ({"upload"}, {"upload"}),
    "review": ({"decide"}, {"decide"}),
    "follow_up": READ,  # without a number to ask about
    "revisions": READ,
    "submission": ({"submit", "finalise"}, {"submit"}),
    "verdicts": ({"lock limits"}, {"lock limits"}),
    "settings": ({"add communities"}, set()),
    "targets": ({"set targets"}, {"set targets"}),
}
# What a subdistrict may do beside reading: it enters nothing for its communities.
OF_A_SUBDISTRICT = {"reports": {"make a report"}, "forms": {"upload"}}
# Where somebody says of which community what they enter is.
PLACES = ("note-place", "decision-place", "baseline-place", "target-place", "lt-nil-community")


def seen_by(monkeypatch: pytest.MonkeyPatch, home: Path, role: str, name: str) -> AppTest:
    person = ROLES[role]
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: person)
    return opened(monkeypatch, home, name, period="2024-06")


def test_the_matrix_names_every_page() -> None:
    assert set(MATRIX) == set(PAGES)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_offers_each_role_what_it_may_do_and_no_more(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, role: str, name: str
) -> None:
    page = seen_by(monkeypatch, sample_home, role, name)
    assert not page.exception, [one.value for one in page.exception]
    official, secretary = MATRIX[name]
    assert (
        offered(page)
        == {
            **{"official": official, "secretary": secretary, "viewer": set()},
            "subdistrict": OF_A_SUBDISTRICT.get(name, set()),
        }[role]
    )
    if role != "official":
        others = {"nanfeng", "jinghang", "binhu", "guqiao"} - {*ROLES[role].communities}
        for place in others:
            assert f"metric=volunteer_hours&amp;place={place}" not in html(page)
        for choice in page.selectbox:
            if choice.key in PLACES:
                assert role == "secretary"
                assert len(choice.options) == 1, choice.key
                assert "古桥" in choice.options[0]


def offered(page: AppTest) -> set[str]:
    """The actions that a page offers."""
    widgets = [
        *(f"upload:{one.proto.label}" for one in page.get("file_uploader")),
        *(f"download:{one.proto.label}" for one in page.get("download_button")),
        *(f"{one.key} {one.label}" for one in [*page.button, *page.text_input, *page.text_area]),
    ]
    return {
        action
        for action, pattern in ACTIONS.items()
        if any(re.search(pattern, one) for one in widgets)
    }


@pytest.mark.parametrize(
    ("role", "place", "shown"),
    [
        ("official", "binhu", True),
        ("official", "", True),
        ("secretary", "guqiao", True),
        ("secretary", "binhu", False),
        ("secretary", "", False),
        ("subdistrict", "guqiao", True),
        ("subdistrict", "binhu", True),
        ("subdistrict", "nanfeng", False),
        ("subdistrict", "", False),
        ("viewer", "guqiao", False),
        ("viewer", "", False),
    ],
)
def test_an_address_opens_rows_only_to_those_who_may_see_them(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, role: str, place: str, shown: bool
) -> None:
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: ROLES[role])
    address = {"metric": "volunteer_hours", "of": "2024-06"} | ({"place": place} if place else {})
    page = opened(monkeypatch, sample_home, "rows", **address)
    assert ('<div class="lt-adds"' in html(page)) == shown
    assert bool(page.get("download_button")) == shown


@pytest.mark.parametrize(
    ("role", "place", "made"),
    [
        ("official", "binhu", True),
        ("secretary", "guqiao", True),
        ("secretary", "binhu", False),
        ("subdistrict", "binhu", True),
        ("subdistrict", "jinghang", False),
        ("viewer", "guqiao", False),
    ],
)
def test_an_address_makes_reports_only_for_those_who_may(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path, role: str, place: str, made: bool
) -> None:
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: ROLES[role])
    page = opened(monkeypatch, sample_home, "reports", of=place, period="2024-06")
    name = {"guqiao": "古桥社区", "binhu": "滨湖社区", "jinghang": "京杭佳苑社区"}[place]
    assert (f'<h2 class="lt-doc-title">{name}' in html(page)) == made


def test_a_secretary_sees_the_imports_of_the_own_community_only(
    monkeypatch: pytest.MonkeyPatch, sample_home: Path
) -> None:
    page = seen_by(monkeypatch, sample_home, "secretary", "import_data")
    batches = html(page).split('<p class="lt-batch">')[1:]
    assert batches
    assert all("古桥" in line.partition("</b>")[0] for line in batches)
