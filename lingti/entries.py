"""What people enter on pages: targets, annotations, decisions, aliases, mappings.

One immutable JSON file per change in `entries/`. The newest per kind and key counts; a deletion
is an entry without a value. Nothing is ever edited in place.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from lingti.access import audit
from lingti.frozen import Frozen

# Hex digits of the hash in a file's name. Names of entries that came with a home may be shorter.
_HASH_LENGTH = 16


@dataclass(frozen=True)
class Entry:
    """One change: `value` is None for a deletion; `at` is UTC in ISO 8601."""

    kind: str
    key: str
    value: Any
    by: str
    at: str


def add(home: Path, kind: str, key: str, value: Any, by: str) -> Entry:
    """Keeps one change; the file appears whole or not at all, and its name holds its hash."""
    now = datetime.now(UTC)
    entry = Entry(kind, key, value, by, now.isoformat(timespec="microseconds"))
    folder = home / "entries"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(entry), ensure_ascii=False, indent=1).encode()
    name = f"{now:%Y%m%dT%H%M%S%f}-{_hash(text)}"
    draft = folder / f".{name}-{uuid.uuid4().hex[:8]}.draft"
    try:
        with draft.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(folder / f"{name}.json")
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync(folder)
    audit.note(home, kind, by, key=key, deleted=True if value is None else None)
    return entry


def verify(home: Path) -> list[str]:
    """A line for every entry that is not as it was written."""
    wrong = []
    for path in sorted((home / "entries").glob("*.json")):
        text = path.read_bytes()
        try:
            Entry(**json.loads(text))
        except (ValueError, TypeError) as error:
            wrong.append(f"entries/{path.name}: {error}")
            continue
        known = path.stem.rpartition("-")[2]
        if len(known) == _HASH_LENGTH and known != _hash(text):
            wrong.append(f"entries/{path.name} was changed")
    return wrong


def _hash(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:_HASH_LENGTH]


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open folders; its renames are journalled
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def history(home: Path, kind: str) -> list[Entry]:
    """Every change of a kind, oldest first."""
    return [entry for entry in _all(home, version(home)) if entry.kind == kind]


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
def _all(home: Path, as_of: tuple[int, int]) -> tuple[Entry, ...]:
    """Every change of every kind, oldest first; looked for again only when there are others."""
    found = (_read(path) for path in sorted((home / "entries").glob("*.json")))
    return tuple(sorted(found, key=lambda entry: entry.at))


@lru_cache(maxsize=20_000)
def _read(path: Path) -> Entry:
    """The entry of a file; read once, because a file never changes."""
    return Entry(**json.loads(path.read_text("utf-8"), object_hook=Frozen))
