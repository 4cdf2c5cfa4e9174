"""Signed-in sessions, kept on the server: idle for 30 minutes or after 8 hours they are over.

The browser's cookie is signed and says who somebody is, but stays valid for long and after a
log-out elsewhere. So a small file in the home stands for each cookie, named by its hash: it says
whose it is and when it began, its time stamp when it was last used. What is over stays over: an
empty file beside it says so and why, which takes no room and so is there on a full disk too. A
session that begins on a full disk is kept in memory.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lingti.access import audit

IDLE_S = 30 * 60
LONGEST_S = 8 * 60 * 60
# A file is needed as long as its cookie could be shown again; Streamlit's lasts 30 days.
KEPT_S = 40 * 24 * 60 * 60
TOUCHED_EVERY_S = 30
LIVE, IDLE, TOO_LONG, ENDED, NONE = "live", "idle", "too_long", "ended", "none"
OVER = (ENDED, IDLE, TOO_LONG)
_log = logging.getLogger(__name__)
# What could not be written, by the file that it would stand in: of sessions that began, and of
# sessions and persons whose end is known to this process alone.
_unwritten: dict[Path, dict[str, Any]] = {}
_over: dict[Path, str] = {}
_all_over: dict[Path, float] = {}


@dataclass(frozen=True)
class Session:
    """One signed-in session. `state` is live, or why it is over."""

    token: str
    state: str
    issuer: str = ""
    subject: str = ""
    started_at: float = 0.0
    seen_at: float = 0.0


def token_of(content: str, signed_at: float) -> str:
    """Names the session of a cookie by its content, so that no other spelling of it is another."""
    return hashlib.sha256(f"{content}\0{int(signed_at)}".encode()).hexdigest()


def check(
    home: Path,
    token: str,
    issuer: str,
    subject: str,
    signed_at: float,
    *,
    used: bool = True,
    now: float | None = None,
) -> Session:
    """The session of a cookie whose signature holds. Begins it where it is new and fresh.

    `signed_at` is when the cookie was signed (seconds since 1970), `used` whether a person is at
    work, which keeps it from idling out.
    """
    now = time.time() if now is None else now
    if not token:
        return Session("", NONE)
    path = _path(home, token)
    record = _read(path)
    over = _why_over(path) or (record or {}).get("ended")
    if record is None and over is None:
        if now - signed_at > IDLE_S:
            return Session(token, IDLE, issuer, subject, signed_at, signed_at)
        if signed_at <= _all_ended_at(home, issuer, subject):
            return Session(token, ENDED, issuer, subject, signed_at, signed_at)
        record = _begin(home, token, issuer, subject, signed_at, now)
    if record is None:
        record = {"issuer": issuer, "subject": subject, "started_at": signed_at}
    seen_at = _seen_at(path, record)
    state = over or _state(home, record, seen_at, now)
    if state == LIVE and used and now - seen_at > TOUCHED_EVERY_S:
        _touch(path, record, now)
    elif over is None and state in (IDLE, TOO_LONG):
        end(home, token, state)
    names = record["issuer"], record["subject"]
    return Session(token, state, *names, record["started_at"], _seen_at(path, record))


def end(home: Path, token: str, why: str = ENDED) -> None:
    """Ends a session for good; its cookie is worth nothing from now on, also on a full disk."""
    path = _path(home, token)
    if _why_over(path) is None:
        try:
            _folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
            path.with_suffix(f".{why}").touch()
        except OSError:
            _over[path] = why


def end_all(home: Path, issuer: str, subject: str, by: str | None = None) -> None:
    """Ends every session of somebody, also those that no file stands for yet."""
    path, now = _of_all(home, issuer, subject), time.time()
    try:
        _folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (now, now))
    except OSError:
        _all_over[path] = now
    _note(home, "sign_out_everywhere", by, subject=subject, issuer=issuer)


def prune(home: Path) -> None:
    """Deletes files whose cookies no longer hold by themselves."""
    for path in _folder(home).glob("*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > KEPT_S:
                path.unlink()


def _state(home: Path, record: Mapping[str, Any], seen_at: float, now: float) -> str:
    if record["started_at"] <= _all_ended_at(home, record["issuer"], record["subject"]):
        return ENDED
    if now - record["started_at"] > LONGEST_S:
        return TOO_LONG
    return IDLE if now - seen_at > IDLE_S else LIVE


def _begin(
    home: Path, token: str, issuer: str, subject: str, signed_at: float, now: float
) -> dict[str, Any]:
    path = _path(home, token)
    record = {"issuer": issuer, "subject": subject, "started_at": signed_at}
    try:
        _folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, record)
        os.utime(path, (now, now))
    except OSError:
        _unwritten[path] = {**record, "seen_at": now}
    _note(home, "sign_in", f"{subject} ({issuer})")
    return _unwritten.get(path, record)


def _note(home: Path, what: str, by: str | None, **details: str) -> None:
    """Notes in the audit; where the disk is full, signing in and out is not refused for that."""
    try:
        audit.note(home, what, by, **details)
    except OSError as error:
        _log.error("%s of %s could not be noted in the audit: %s", what, by, error.strerror)


def _why_over(path: Path) -> str | None:
    known = _over.get(path)
    return known or next((why for why in OVER if path.with_suffix(f".{why}").exists()), None)


def _seen_at(path: Path, record: Mapping[str, Any]) -> float:
    """When a session was last used."""
    try:
        return path.stat().st_mtime
    except OSError:
        return float(record.get("seen_at", record["started_at"]))


def _touch(path: Path, record: dict[str, Any], now: float) -> None:
    if path in _unwritten:
        record["seen_at"] = now
    with suppress(OSError):
        os.utime(path, (now, now))


def _all_ended_at(home: Path, issuer: str, subject: str) -> float:
    path = _of_all(home, issuer, subject)
    try:
        return max(_all_over.get(path, 0.0), path.stat().st_mtime)
    except OSError:
        return _all_over.get(path, 0.0)


def _of_all(home: Path, issuer: str, subject: str) -> Path:
    """The file whose time stamp says when all sessions of somebody were ended."""
    person = hashlib.sha256(f"{issuer}\0{subject}".encode()).hexdigest()
    return _folder(home) / f"all-{person}.json"


def _folder(home: Path) -> Path:
    return home / "sessions"


def _path(home: Path, token: str) -> Path:
    return _folder(home) / f"{token}.json"


def _read(path: Path) -> dict[str, Any] | None:
    """What is known of a session; None of one that is not, or whose file is damaged."""
    if path in _unwritten:
        return _unwritten[path]
    try:
        record = json.loads(path.read_text("utf-8"))
        return {
            "issuer": str(record["issuer"]),
            "subject": str(record["subject"]),
            "started_at": float(record["started_at"]),
            "ended": record.get("ended"),  # as earlier releases wrote it
        }
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(path: Path, record: Mapping[str, Any]) -> None:
    draft = path.with_name(f".{uuid.uuid4().hex}.draft")
    try:
        draft.write_text(json.dumps({**record, "at": datetime.now(UTC).isoformat()}), "utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
