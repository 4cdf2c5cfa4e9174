"""Who did what: one line per act in the home's `audit.jsonl`, only ever added to.

A line is on the disk before the act is acknowledged. The program never shortens the file; keep it
for at least six months. It holds accounts and ids, and nothing about residents.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = "audit.jsonl"


def note(home: Path, what: str, by: str | None = None, **details: Any) -> None:
    """Adds an act: what was done, by whom (default: who runs this), and to what."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "what": what,
        "by": by or account(),
        **{name: value for name, value in details.items() if value is not None},
    }
    text = json.dumps(line, ensure_ascii=False, default=str) + "\n"
    descriptor = os.open(home / FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b", buffering=0) as file, _alone(descriptor):
        end = file.seek(0, os.SEEK_END)
        if end:
            # What a crash left half written stays a line of its own.
            file.seek(end - 1)
            text = text if file.read(1) == b"\n" else "\n" + text
        file.write(text.encode())
        os.fsync(descriptor)


def read(home: Path) -> Iterator[dict[str, Any]]:
    """Every act, oldest first. A line that a crash cut off is left out."""
    path = home / FILE
    if not path.exists():
        return
    for line in path.read_text("utf-8", errors="replace").splitlines():
        try:
            act = json.loads(line)
        except ValueError:
            continue
        if isinstance(act, dict):
            yield act


def account() -> str:
    """The account that runs this process."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may have a user without a name
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "?"


@contextmanager
def _alone(descriptor: int) -> Iterator[None]:
    """Keeps other processes from writing a line at the same time."""
    try:
        import fcntl
    except ImportError:  # Windows adds a line in one step
        yield
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
