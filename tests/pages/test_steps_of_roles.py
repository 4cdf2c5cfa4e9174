"""Every role at every state of a month: which steps are offered, and what nobody else may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from edition_kit import TODAY, edition_home, finalised, step
from page_kit import opened, text

from lingti.access.roles import Person
from lingti.district import change, settings
from lingti.editions.submissions import Remark
from lingti.ui.window import session

ISSUER = "https://id.example"
ROLES = {
    "official": Person(ISSUER, "o", "官", "official"),
    "subdistrict": Person(ISSUER, "d", "街道", "subdistrict", ("a",), "许庄街道"),
    "secretary": Person(ISSUER, "s", "书记", "secretary", ("a",)),
    "of another": Person(ISSUER, "t", "书记", "secretary", ("b",)),
    "viewer": Person(ISSUER, "v", "看", "viewer"),
}
SUBMIT, BACK, FIRST = "报送2024年1月", "撤回", "代街道审核通过"
ACCEPT, RETURN, FINALISE = "审核通过", "退回", "定稿"
STEPS = {SUBMIT, BACK, FIRST, ACCEPT, RETURN, FINALISE}
# What is done, and then what an official, a subdistrict and the secretary may do next with it.
COURSE: list[tuple[str, tuple[set[str], set[str], set[str]]]] = [
    ("", ({SUBMIT, FINALISE}, set(), {SUBMIT})),
    ("submit", ({BACK, FIRST, RETURN, FINALISE}, {ACCEPT, RETURN}, {BACK})),
    ("take_back", ({SUBMIT, FINALISE}, set(), {SUBMIT})),
    ("submit", ({BACK, FIRST, RETURN, FINALISE}, {ACCEPT, RETURN}, {BACK})),
    ("accept_first", ({ACCEPT, RETURN, FINALISE}, {RETURN}, set())),
    ("return", ({SUBMIT, FINALISE}, set(), {SUBMIT})),
    ("submit", ({BACK, FIRST, RETURN, FINALISE}, {ACCEPT, RETURN}, {BACK})),
    ("accept_first", ({ACCEPT, RETURN, FINALISE}, {RETURN}, set())),
    ("accept", ({RETURN, FINALISE}, set(), set())),
    ("finalise", ({FINALISE}, set(), set())),
]


def test_each_role_is_offered_its_steps_and_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LINGTI_TODAY", TODAY.isoformat())
    home = edition_home(tmp_path / "home")
    change.enter(home, settings.COMMUNITY, "a", {"subdistrict": "许庄街道"}, "official")
    change.district(home, {"subdistrict_accepts": True}, "official")
    found = []
    for act, _expected in COURSE:
        if act == "finalise":
            finalised(home, without={"b": "未报"}, formats=())
        elif act:
            step(home, act, "a", "2024-01", *([Remark("少")] if act == "return" else []))
        found.append((act, *(_offered(monkeypatch, home, role) for role in list(ROLES)[:3])))
        assert _offered(monkeypatch, home, "viewer") == set()
        assert _offered(monkeypatch, home, "of another") <= {SUBMIT}  # the own community's
    assert found == [(act, *expected) for act, expected in COURSE]


def _offered(monkeypatch: pytest.MonkeyPatch, home: Path, role: str) -> set[str]:
    monkeypatch.setattr(session, "_person_or_stop", lambda _home: ROLES[role])
    page = opened(monkeypatch, home, "submission", month="2024-01", community="a")
    assert not page.exception, [one.value for one in page.exception]
    sees = "甲2024年1月报送内容" in text(page)
    assert sees == (role not in ("of another", "viewer"))
    return {one.label for one in page.button} & STEPS
