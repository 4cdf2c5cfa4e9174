"""Sends the digest to a group robot once a day or week, where the operator has named one.

`robot.toml` in the home names it; without that file nothing is ever sent. A call that fails is made
again, then an hour later; each is logged, and nobody waits for it. What is sent has published
values only and no names, see `digest_text`.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from lingti import clock, district, language, secret_file
from lingti.access import audit
from lingti.home import HomeError
from lingti.language import gettext as _
from lingti.upkeep import logs, robot_messages
from lingti.upkeep.digest import digest
from lingti.upkeep.digest_text import Message, message

FILE, SENT, LOCK = "robot.toml", "robot.json", ".robot.lock"
BY = "robot"
EVERY = ("day", "week")
TIMEOUT_S = 10
PAUSES_S = (2.0, 10.0)  # between the first, second and third try
AGAIN_AFTER = timedelta(hours=1)
LOOKS_EVERY_S = 60.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
log = logging.getLogger("lingti.robot")


@dataclass(frozen=True)
class Robot:
    """A group robot: its kind, address and secret, when it is told, and before which address."""

    kind: str
    address: str
    secret: str = ""
    every: str = "day"
    at: time_of_day = time_of_day(8, 30)
    site: str = ""
    language: str = "zh"


class NotSentError(Exception):
    """A digest that could not be sent; says why, without the address, which is a secret."""


def settings(home: Path) -> Robot | None:
    """The robot that `robot.toml` names; None without that file. Raises HomeError."""
    written = secret_file.read(home / FILE)
    if written is None:
        return None
    known = Robot.__dataclass_fields__
    if strangers := sorted(set(written) - set(known)):
        raise HomeError(_wrong(strangers[0], ", ".join(known)))
    texts = {name: str(value).strip() for name, value in written.items() if name != "at"}
    try:
        at = time_of_day.fromisoformat(str(written.get("at", "08:30")))
    except ValueError as error:
        raise HomeError(_wrong("at", "08:30")) from error
    if texts.get("kind") not in robot_messages.KINDS:
        raise HomeError(_wrong("kind", ", ".join(robot_messages.KINDS)))
    parts = urlsplit(texts.get("address", ""))
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise HomeError(_wrong("address", "https://…"))
    if texts.get("secret") and texts["kind"] not in robot_messages.SIGNED:
        raise HomeError(_wrong("secret", ", ".join(robot_messages.SIGNED)))
    if texts.get("every", "day") not in EVERY:
        raise HomeError(_wrong("every", ", ".join(EVERY)))
    if texts.get("language", "zh") not in language.LANGUAGES:
        raise HomeError(_wrong("language", ", ".join(language.LANGUAGES)))
    return Robot(**{**texts, "site": texts.get("site", "").rstrip("/")}, at=at)


def _wrong(name: str, allowed: str) -> str:
    words = _("{file}: {name} cannot be used as it is; it takes: {allowed}.")
    return words.format(file=FILE, name=name, allowed=allowed)


def send(home: Path, robot: Robot, *, pauses_s: tuple[float, ...] = PAUSES_S) -> int:
    """Sends the digest of today; the number of its items. Raises NotSentError after some tries.

    Where there is nothing to say nothing is sent.
    """
    of_today = digest(home)
    spoken = language.current()
    try:
        language.use(robot.language)
        to_send = message(district.load(home), of_today)
    finally:
        language.use(spoken)
    if to_send.parts:
        _try(robot, to_send, pauses_s)
        audit.note(home, "digest", BY, to=robot.kind, items=len(of_today["items"]))
    log.info("digest sent to %s: %d items", robot.kind, len(of_today["items"]))
    return len(of_today["items"])


def _try(robot: Robot, to_send: Message, pauses_s: tuple[float, ...]) -> None:
    tries = len(pauses_s) + 1
    for number in range(1, tries + 1):
        try:
            _post(robot, to_send)
        except NotSentError as error:
            log.warning("digest not sent to %s, try %d of %d: %s", robot.kind, number, tries, error)
            if number == tries:
                raise
            time.sleep(pauses_s[number - 1])
        else:
            return


def _post(robot: Robot, to_send: Message) -> None:
    """One call. What it raises never quotes the address: its key lets anybody write to the group"""
    import httpx  # only where there is a robot: it takes a while to import

    asked: dict[str, str] = {}
    more: dict[str, str] = {}
    if robot.secret:
        asked, more = robot_messages.signature(robot.kind, robot.secret, time.time())
    body = {**more, **robot_messages.body(robot.kind, to_send, robot.site)}
    address = httpx.URL(robot.address).copy_merge_params(asked)
    try:
        answer = httpx.post(address, json=body, timeout=TIMEOUT_S, follow_redirects=False)
    except httpx.HTTPError as error:
        raise NotSentError(type(error).__name__) from None
    if answer.status_code != httpx.codes.OK:
        raise NotSentError(f"HTTP {answer.status_code}")
    try:
        reply: Any = answer.json()
    except ValueError:
        raise NotSentError("no JSON") from None
    why = robot_messages.refusal(reply)
    if why is not None:
        raise NotSentError(why)


def is_due(robot: Robot, sent_on: date | None, now: datetime) -> bool:
    """Whether the digest of this day or week is still to be sent: once, from its time on."""
    first = now.date()
    if robot.every == "week":
        first -= timedelta(first.weekday())  # since Monday, or the first day there is a server
    return now >= datetime.combine(first, robot.at) and (sent_on is None or sent_on < first)


def send_if_due(
    home: Path, now: datetime | None = None, pauses_s: tuple[float, ...] = PAUSES_S
) -> bool:
    """Sends what is due; whether it was sent. Raises NotSentError and HomeError.

    Of several servers one sends it; after a failure nobody tries for an hour.
    """
    now = now or datetime.combine(clock.today(), datetime.now().time())
    robot = settings(home)
    if robot is None:
        return False
    try:
        with FileLock(home / LOCK, timeout=0):
            kept = _kept(home)
            sent_on = date.fromisoformat(kept["sent_on"]) if "sent_on" in kept else None
            failed_at = datetime.fromisoformat(kept["failed_at"]) if "failed_at" in kept else None
            waits = failed_at is not None and timedelta() <= now - failed_at < AGAIN_AFTER
            if waits or not is_due(robot, sent_on, now):
                return False
            try:
                send(home, robot, pauses_s=pauses_s)
            except Exception:
                _keep(home, {**kept, "failed_at": now.isoformat(timespec="seconds")})
                raise
            _keep(home, {"sent_on": now.date().isoformat()})
            return True
    except Timeout:
        return False


def _kept(home: Path) -> dict[str, str]:
    """When it was last sent, and when it failed since; nothing of a damaged file."""
    try:
        times = json.loads((home / SENT).read_text("utf-8"))
        for value in times.values():
            datetime.fromisoformat(value)
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
    return dict(times)


def _keep(home: Path, times: dict[str, str]) -> None:
    draft = home / f".{SENT}.draft"
    draft.write_text(json.dumps(times), "utf-8")
    draft.replace(home / SENT)


def in_background(home: Path) -> threading.Thread:
    """Looks every minute whether something is due, in a thread that ends with the process."""

    def look() -> None:
        wrong = ""  # with the file, so that it is said once and not every minute
        while True:
            try:
                send_if_due(home)
                wrong = ""
            except NotSentError:
                pass  # it is in the log
            except HomeError as error:
                if str(error) != wrong:
                    log.error("%s", error)
                wrong = str(error)
            except Exception as error:
                logs.failure(error, BY)
            time.sleep(LOOKS_EVERY_S)

    thread = threading.Thread(target=look, name=BY, daemon=True)
    thread.start()
    return thread
