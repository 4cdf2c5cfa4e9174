"""What people enter on pages: targets, annotations, decisions, aliases, mappings.

One immutable JSON file per change in `entries/`. The newest per kind and key counts; a deletion
is an entry without a value. Nothing is ever edited in place. Entries follow each other by their
numbers, whatever the clock says.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from lingti.access import audit
from lingti.frozen import Frozen
from lingti.home import HomeError, sync
from lingti.language import gettext as _

# Hex digits of the hash in a file's name. Names of entries that came with a home may be shorter.
_HASH_LENGTH = 16
_WAIT_S = 30
# The names of entries: the number or time, the kind (not in earlier releases), and the hash.
_NAME = re.compile(r"(?:n(\d{9})|\d{8}T\d+)(?:-([^-]+))?-[0-9a-f]{8,}")
# What no document can hold: control characters but for tabs and line ends, and no characters.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True)
class Entry:
    """One change: `value` is None for a deletion; `at` is UTC in ISO 8601.

    `number` tells which came later; 0 of those of earlier releases, which `at` tells apart.
    """

    kind: str
    key: str
    value: Any
    by: str
    at: str
    number: int = 0


def add(home: Path, kind: str, key: str, value: Any, by: str) -> Entry:
    """Keeps one change; the file appears whole or not at all, and its name holds its hash.

    Raises HomeError where an entry is damaged: it may be the one that this follows.
    """
    folder = home / "entries"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(home / ".entries.lock", timeout=_WAIT_S):
        refuse_damaged(home)
        known, _damaged = _all(home, version(home))
        number = known[-1].number + 1 if known else 1
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        entry = Entry(kind, key, _printable(value), by, at, number)
        text = json.dumps(asdict(entry), ensure_ascii=False, indent=1).encode()
        draft = folder / f".{uuid.uuid4().hex}.draft"
        try:
            with draft.open("wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            of = re.sub(r"\W", "_", kind)
            draft.rename(folder / f"n{number:09d}-{of}-{_hash(text)}.json")
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync(folder)
    audit.note(home, kind, by, key=key, deleted=True if value is None else None)
    return entry


def verify(home: Path) -> list[str]:
    """A line for every entry that is not as it was written."""
    wrong = []
    for path in sorted((home / "entries").glob("*.json")):
        try:
            _read.__wrapped__(path)
            known, is_now = path.stem.rpartition("-")[2], _hash(path.read_bytes())
        except (OSError, ValueError, TypeError) as error:
            wrong.append(f"entries/{path.name}: {error}")
            continue
        if len(known) == _HASH_LENGTH and known != is_now:
            wrong.append(f"entries/{path.name} was changed")
    return wrong


def damaged(home: Path) -> tuple[str, ...]:
    """The files among the entries that are none, or no whole one; the others count."""
    return _all(home, version(home))[1]


@dataclass(frozen=True)
class Lost:
    """An entry that cannot be read. `key` is None where that cannot be either."""

    file: str
    number: int
    key: str | None


def lost(home: Path, kind: str) -> tuple[Lost, ...]:
    """The entries that cannot be read and are, or may be, of a kind."""
    return _lost(home, kind, version(home))


@lru_cache(maxsize=16)
def _lost(home: Path, kind: str, as_of: tuple[int, int]) -> tuple[Lost, ...]:
    lost_entries = []
    for name in _all(home, as_of)[1]:
        named = _NAME.fullmatch(name.removesuffix(".json"))
        try:
            text = (home / "entries" / name).read_text("utf-8", "replace")
        except OSError:
            text = ""
        beginnings = {part: _beginning(text, part) for part in ("kind", "key")}
        is_of_kind = named and named[2] in (kind, None) and beginnings["kind"] in (kind, None)
        if named and is_of_kind:
            lost_entries.append(Lost(name, int(named[1] or 0), beginnings["key"]))
    return tuple(lost_entries)


def _beginning(text: str, part: str) -> str | None:
    """A text that an entry begins with, if it is still whole."""
    match = re.search(rf'^ "{part}": ("(?:[^"\\\n]|\\.)*"),$', text, re.MULTILINE)
    try:
        return str(json.loads(match[1])) if match else None
    except ValueError:
        return None


def refuse_damaged(home: Path) -> None:
    """Raises HomeError that names the entries that are no whole ones, if there are any."""
    if names := damaged(home):
        raise HomeError(
            _(
                "{files} cannot be read, so nothing is changed until that is mended: put it back "
                "from a backup, or move it out of the home. What is published stays."
            ).format(files=", ".join(f"entries/{name}" for name in names))
        )


def _printable(value: Any) -> Any:
    """A value without the characters that no document can hold."""
    if isinstance(value, Frozen):
        return value  # as it was read
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return value


def _hash(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:_HASH_LENGTH]


def history(home: Path, kind: str) -> list[Entry]:
    """Every change of a kind, oldest first."""
    return [entry for entry in _all(home, version(home))[0] if entry.kind == kind]


def since(home: Path, number: int) -> list[Entry]:
    """Every change of any kind after the one of a number, oldest first."""
    return [entry for entry in _all(home, version(home))[0] if entry.number > number]


def last_number(home: Path) -> int:
    """The number of the newest change; 0 where there is none."""
    entries = _all(home, version(home))[0]
    return entries[-1].number if entries else 0


def latest(home: Path, kind: str) -> dict[str, Any]:
    """Key → value as it counts today; None for deleted keys."""
    return {entry.key: entry.value for entry in history(home, kind)}


def current(home: Path, kind: str) -> dict[str, Any]:
    """Key → value as it counts today; deleted keys are left out."""
    return {key: value for key, value in latest(home, kind).items() if value is not None}


def version(home: Path) -> tuple[int, int]:
    """What is another as soon as something was entered: when, and how many files there are."""
    folder = home / "entries"
    if not folder.exists():
        return 0, 0
    return folder.stat().st_mtime_ns, sum(1 for _file in folder.iterdir())


@lru_cache(maxsize=4)
def _all(home: Path, as_of: tuple[int, int]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Every change of every kind, oldest first, and the names of what is none.

    Looked for again only when there are others.
    """
    entries: list[Entry] = []
    others: list[str] = []
    for path in sorted((home / "entries").glob("*.json")):
        try:
            entries.append(_read(path))
        except (OSError, ValueError, TypeError):
            others.append(path.name)
    return tuple(sorted(entries, key=lambda entry: (entry.number, entry.at))), tuple(others)


@lru_cache(maxsize=20_000)
def _read(path: Path) -> Entry:
    """The entry of a file; read once, because a file never changes."""
    entry = Entry(**json.loads(path.read_text("utf-8"), object_hook=_frozen))
    if not isinstance(entry.number, int) or not isinstance(entry.kind, str):
        raise TypeError(path.name)
    return entry


def _frozen(read: dict[str, Any]) -> Frozen[str, Any]:
    return Frozen({name: _printable(value) for name, value in read.items()})
