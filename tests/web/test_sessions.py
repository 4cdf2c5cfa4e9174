"""Sessions end by themselves and for good, whatever a copy of their cookie says."""

import time
from pathlib import Path

import pytest

from lingti.access import audit
from lingti.web import sessions
from lingti.web.sessions import ENDED, IDLE, IDLE_S, LIVE, LONGEST_S, NONE, TOO_LONG

WHO = ("https://id.example", "s1")
NOON = 1_800_000_000.0


def state(home: Path, token: str, signed_at: float, now: float, *, used: bool = True) -> str:
    return sessions.check(home, token, *WHO, signed_at, used=used, now=now).state


def test_a_session_lives_while_it_is_used_and_ends_after_eight_hours(tmp_path: Path) -> None:
    now = NOON
    assert state(tmp_path, "t", NOON, now + 1) == LIVE
    while now + IDLE_S - 60 < NOON + LONGEST_S:
        now += IDLE_S - 60
        assert state(tmp_path, "t", NOON, now) == LIVE
    assert state(tmp_path, "t", NOON, NOON + LONGEST_S + 1) == TOO_LONG
    assert state(tmp_path, "t", NOON, NOON + 60) == TOO_LONG  # over is over, whatever the clock


def test_half_an_hour_without_use_ends_it_for_good(tmp_path: Path) -> None:
    assert state(tmp_path, "t", NOON, NOON) == LIVE
    assert state(tmp_path, "t", NOON, NOON + IDLE_S - 60, used=False) == LIVE
    assert state(tmp_path, "t", NOON, NOON + IDLE_S + 1) == IDLE
    assert state(tmp_path, "t", NOON, NOON + 60) == IDLE


def test_a_session_that_was_ended_cannot_be_shown_again(tmp_path: Path) -> None:
    assert state(tmp_path, "t", NOON, NOON) == LIVE
    sessions.end(tmp_path, "t")
    assert state(tmp_path, "t", NOON, NOON + 1) == ENDED


def test_a_cookie_that_comes_late_begins_no_session(tmp_path: Path) -> None:
    assert state(tmp_path, "late", NOON, NOON + IDLE_S + 1) == IDLE
    assert state(tmp_path, "", NOON, NOON) == NONE
    assert not (tmp_path / "sessions").exists()


def test_signing_out_everywhere_also_ends_cookies_not_seen_yet(tmp_path: Path) -> None:
    now = time.time()
    assert state(tmp_path, "one", now - 60, now) == LIVE
    sessions.end_all(tmp_path, *WHO, by="official")
    assert state(tmp_path, "one", now - 60, now) == ENDED
    assert state(tmp_path, "two", now - 60, now) == ENDED
    assert state(tmp_path, "three", now + 5, now + 6) == LIVE
    assert [one["what"] for one in audit.read(tmp_path)] == [
        *("sign_in", "sign_out_everywhere", "sign_in")
    ]


def test_a_full_disk_lets_people_in_and_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert state(tmp_path, "before", NOON, NOON) == LIVE

    def full(*_anything: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    monkeypatch.setattr(audit, "note", full)
    assert state(tmp_path, "meanwhile", NOON, NOON) == LIVE
    for token in ("before", "meanwhile"):
        sessions.end(tmp_path, token)
        assert state(tmp_path, token, NOON, NOON + 1) == ENDED
    # Also after a restart, as what is empty takes no room.
    monkeypatch.setattr(sessions, "_unwritten", {})
    monkeypatch.setattr(sessions, "_over", {})
    for token in ("before", "meanwhile"):
        assert state(tmp_path, token, NOON, NOON + 1) == ENDED
    monkeypatch.setattr(Path, "touch", full)
    assert state(tmp_path, "one", NOON, NOON) == LIVE
    sessions.end(tmp_path, "one")
    assert state(tmp_path, "one", NOON, NOON + 1) == ENDED
    now = time.time()
    assert state(tmp_path, "two", now - 60, now) == LIVE
    sessions.end_all(tmp_path, *WHO)
    assert state(tmp_path, "two", now - 60, now) == ENDED


def test_a_session_whose_file_is_cut_is_no_way_past_its_end(tmp_path: Path) -> None:
    assert state(tmp_path, "t", NOON, NOON) == LIVE
    sessions.end(tmp_path, "t")
    (tmp_path / "sessions" / "t.json").write_text("{")
    assert state(tmp_path, "t", NOON, NOON + 1) == ENDED


def test_another_spelling_of_a_cookie_is_the_same_session() -> None:
    assert sessions.token_of("content", NOON) == sessions.token_of("content", NOON + 0.5)
    assert sessions.token_of("content", NOON) != sessions.token_of("content", NOON + 1)
