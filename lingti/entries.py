"""What people enter on pages: targets, annotations, decisions, aliases, mappings.

One immutable JSON file per change in `entries/`. The newest per kind and key counts; a deletion
is an entry without a value. Nothing is ever edited in place.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One change: `value` is None for a deletion; `at` is UTC in ISO 8601."""

    kind: str
    key: str
    value: Any
    by: str
    at: str


def add(home: Path, kind: str, key: str, value: Any, by: str) -> Entry:
    """Keeps one change; the file appears whole or not at all."""
    now = datetime.now(UTC)
    entry = Entry(kind, key, value, by, now.isoformat(timespec="microseconds"))
    folder = home / "entries"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{now:%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
    draft = folder / f".{name}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(entry), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / f"{name}.json")
    return entry


def history(home: Path, kind: str) -> list[Entry]:
    """Every change of a kind, oldest first."""
    return sorted(_all(home, kind), key=lambda entry: entry.at)


def latest(home: Path, kind: str) -> dict[str, Any]:
    """Key → value as it counts today; None for deleted keys."""
    return {entry.key: entry.value for entry in history(home, kind)}


def current(home: Path, kind: str) -> dict[str, Any]:
    """Key → value as it counts today; deleted keys are left out."""
    return {key: value for key, value in latest(home, kind).items() if value is not None}


def _all(home: Path, kind: str) -> Iterator[Entry]:
    for path in sorted((home / "entries").glob("*.json")):
        entry = _read(path)
        if entry.kind == kind:
            yield entry


@lru_cache(maxsize=20_000)
def _read(path: Path) -> Entry:
    """The entry of a file; read once, because a file never changes."""
    return Entry(**json.loads(path.read_text("utf-8")))
