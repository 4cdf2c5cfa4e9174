"""What the last import changed, on the home page, to those who may know it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from edition_kit import PEOPLE, TODAY, bring, edition_home
from page_kit import opened, text

from lingti import warehouse
from lingti.access.roles import Person
from lingti.editions import reasons
from lingti.judging import publication
from lingti.ui.home.last_import import numbers_words
from lingti.ui.window import session
from lingti.upkeep.forget import forget
from lingti.warehouse import changed_numbers

ISSUER = "https://id.example"
SECRETARY = Person(ISSUER, "s", "书记", "secretary", ("a",))
OTHER = Person(ISSUER, "t", "书记", "secretary", ("b",))
VIEWER = Person(ISSUER, "v", "看", "viewer")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LINGTI_TODAY", TODAY.isoformat())
    return edition_home(tmp_path / "home")


def said(monkeypatch: pytest.MonkeyPatch, home: Path, person: Person | None = None) -> str:
    if person is not None:
        monkeypatch.setattr(session, "_person_or_stop", lambda _home: person)
    page = opened(monkeypatch, home)
    assert not page.exception, [one.value for one in page.exception]
    told = " ".join(text(page).split())
    monkeypatch.undo()
    monkeypatch.setenv("LINGTI_TODAY", TODAY.isoformat())
    return told


def changed(told: str) -> list[str]:
    return re.findall(r"\S+ → \d", told)


def test_of_many_batches_none_stands_for_the_others() -> None:
    assert numbers_words([15, 16, 17]) == "15、16、17"
    assert numbers_words([*range(1, 18)]) == "1至17（共17批）"


def test_it_says_which_numbers_the_last_batch_changed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "最近导入" not in said(monkeypatch, home)  # all is new
    batch = bring(home, "a", "2024-02", [2, 2, 1])
    told = said(monkeypatch, home)
    assert f"最近导入批次{batch}：" in told
    assert "甲 2月 志愿服务时长 4 → 5小时" in told
    assert "甲 2月 志愿服务时长 4 → 5小时" in said(monkeypatch, home, SECRETARY)
    for other in (OTHER, VIEWER):
        assert not changed(said(monkeypatch, home, other))

    publication.rebuild(home, full=True)  # which changes nothing
    assert f"最近导入批次{batch}：" in said(monkeypatch, home)
    assert batch is not None
    reasons.undo(home, batch)
    publication.rebuild(home)
    told = said(monkeypatch, home)
    assert f"撤回批次{batch}：" in told
    assert "甲 2月 志愿服务时长 5 → 4小时" in told


def test_readers_are_told_what_a_publication_changed_and_nothing_that_few_made(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in "ab":
        bring(home, place, "2024-02", [2] * 20)
    warehouse.publish_anew(home)
    bring(home, "a", "2024-02", [2] * 23)
    warehouse.publish_anew(home)
    assert not changed(said(monkeypatch, home, VIEWER))
    bring(home, "a", "2024-02", [2] * 40)
    warehouse.publish_anew(home)
    told = said(monkeypatch, home, VIEWER)
    assert "甲 2月 志愿服务时长 40 → 80小时" in told
    assert "批次" not in told
    assert "甲 2月 志愿服务时长 40 → 80小时" in said(monkeypatch, home, OTHER)


def test_what_a_deletion_made_different_is_not_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(home, "a", "2024-02", [2, 2, 1])
    forget(home, name=PEOPLE[0][0], phone=PEOPLE[0][1], by="official")
    assert not changed(said(monkeypatch, home))
    assert changed_numbers.last_import(home) == changed_numbers.LastImport()


def test_a_damaged_note_is_none(home: Path) -> None:
    bring(home, "a", "2024-02", [2, 2, 1])
    assert changed_numbers.last_import(home).numbers
    path = home / "warehouse" / changed_numbers.NAME
    for damage in ("", "{}", "[1]"):
        path.write_text(damage)
        assert changed_numbers.last_import(home) == changed_numbers.LastImport()
