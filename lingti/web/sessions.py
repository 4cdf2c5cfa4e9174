"""Signed-in sessions, kept on the server: idle for 30 minutes or after 8 hours they are over.

The browser's cookie is signed and says who somebody is, but stays valid for long and after a
log-out elsewhere. So a small file in the home stands for each cookie, named by its hash: it says
whose it is and when it began, its time stamp when it was last used. What is over stays over.
"""

from __future__ import annotations

import hashlib
import json
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
    if not path.exists():
        if now - signed_at > IDLE_S:
            return Session(token, IDLE, issuer, subject, signed_at, signed_at)
        if signed_at <= _all_ended_at(home, issuer, subject):
            return Session(token, ENDED, issuer, subject, signed_at, signed_at)
        _begin(home, token, issuer, subject, signed_at)
        os.utime(path, (now, now))
    found = _read(path)
    state = _state(home, found, path.stat().st_mtime, now)
    if state == LIVE and used and now - path.stat().st_mtime > TOUCHED_EVERY_S:
        with suppress(OSError):
            os.utime(path, (now, now))
    elif state in (IDLE, TOO_LONG):
        end(home, token, state)
    return Session(
        token,
        state,
        found["issuer"],
        found["subject"],
        found["started_at"],
        path.stat().st_mtime,
    )


def end(home: Path, token: str, why: str = ENDED) -> None:
    """Ends a session for good; its cookie is worth nothing from now on."""
    path = _path(home, token)
    if path.exists():
        found = _read(path)
        if not found.get("ended"):
            _write(path, {**found, "ended": why})


def end_all(home: Path, issuer: str, subject: str, by: str | None = None) -> None:
    """Ends every session of somebody, also those that no file stands for yet."""
    person = hashlib.sha256(f"{issuer}\0{subject}".encode()).hexdigest()
    _folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(_folder(home) / f"all-{person}.json", {"ended_at": time.time()})
    audit.note(home, "sign_out_everywhere", by, subject=subject, issuer=issuer)


def prune(home: Path) -> None:
    """Deletes files whose cookies no longer hold by themselves."""
    for path in _folder(home).glob("*.json"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > KEPT_S:
                path.unlink()


def _state(home: Path, found: Mapping[str, Any], seen_at: float, now: float) -> str:
    if found.get("ended"):
        return str(found["ended"])
    if found["started_at"] <= _all_ended_at(home, found["issuer"], found["subject"]):
        return ENDED
    if now - found["started_at"] > LONGEST_S:
        return TOO_LONG
    return IDLE if now - seen_at > IDLE_S else LIVE


def _begin(home: Path, token: str, issuer: str, subject: str, signed_at: float) -> None:
    _folder(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(_path(home, token), {"issuer": issuer, "subject": subject, "started_at": signed_at})
    audit.note(home, "sign_in", f"{subject} ({issuer})")


def _all_ended_at(home: Path, issuer: str, subject: str) -> float:
    person = hashlib.sha256(f"{issuer}\0{subject}".encode()).hexdigest()
    path = _folder(home) / f"all-{person}.json"
    return float(_read(path)["ended_at"]) if path.exists() else 0.0


def _folder(home: Path) -> Path:
    return home / "sessions"


def _path(home: Path, token: str) -> Path:
    return _folder(home) / f"{token}.json"


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _write(path: Path, found: Mapping[str, Any]) -> None:
    draft = path.with_name(f".{uuid.uuid4().hex}.draft")
    draft.write_text(json.dumps({**found, "at": datetime.now(UTC).isoformat()}), "utf-8")
    draft.replace(path)
