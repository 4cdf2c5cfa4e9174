"""The home folder's version: an older home is brought up to date, a newer one refused."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Callable
from pathlib import Path

from lingti.language import gettext as _

FILE = "home.json"
FORMAT = 2
FREE_MB = "LINGTI_MIN_FREE_MB"
FREE_MB_DEFAULT = 500
# What brings a home from one format to the next: `{2: function(home)}` would bring 1 to 2.
# From 2 on settings may be entries, which an older program would not see; what was there stays.
STEPS: dict[int, Callable[[Path], None]] = {2: lambda _home: None}


class HomeError(Exception):
    """A home that this program cannot use, or that has no room left."""


def version(home: Path) -> int:
    """The format of a home; 1 for one of the first release, which did not write it down."""
    path = home / FILE
    if not path.exists():
        return 1
    try:
        return int(json.loads(path.read_text("utf-8"))["format"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise HomeError(_("{file} cannot be read: {why}").format(file=FILE, why=error)) from error


def refuse_newer(home: Path) -> None:
    """Raises HomeError for a home that a newer program has written."""
    home_format = version(home)
    if home_format > FORMAT:
        raise HomeError(
            _(
                "This home has format {found}, and this program knows up to {known}: it was "
                "written by a newer release. Start that one; nothing was changed."
            ).format(found=home_format, known=FORMAT)
        )


def migrate(home: Path) -> None:
    """Brings a home to the format of this program. Call where only one writer is at work.

    Each step is written down when it is done, so that a crash repeats one step at most; steps
    must be able to run twice. Raises HomeError for a newer home.
    """
    refuse_newer(home)
    if (home / FILE).exists() and version(home) == FORMAT:
        return
    for step in range(version(home) + 1, FORMAT + 1):
        STEPS[step](home)
        _write(home, step)
    if not (home / FILE).exists():
        _write(home, FORMAT)


def refuse_full_disk(home: Path) -> None:
    """Raises HomeError where less is free than `$LINGTI_MIN_FREE_MB` (default 500) megabytes."""
    least = int(os.environ.get(FREE_MB) or FREE_MB_DEFAULT)
    free = shutil.disk_usage(home).free // 2**20
    if free < least:
        raise HomeError(
            _(
                "Only {free} MB are free on the disk of {home}; imports need {least} MB. Nothing "
                "was imported, and what is published stays. Make room, then import again."
            ).format(free=free, least=least, home=home)
        )


def key_known(home: Path) -> str:
    """The fingerprint of the key that made the pseudonyms of a home; "" where none was noted.

    Raises HomeError where that cannot be read.
    """
    path = home / FILE
    if not path.exists():
        return ""
    try:
        return str(json.loads(path.read_text("utf-8")).get("key", ""))
    except (OSError, ValueError, AttributeError) as error:
        raise HomeError(_("{file} cannot be read: {why}").format(file=FILE, why=error)) from error


def note_key(home: Path, fingerprint: str) -> None:
    """Notes the fingerprint of the key of a home's pseudonyms."""
    _write(home, version(home), fingerprint)


def _write(home: Path, number: int, key: str | None = None) -> None:
    """Writes down the format; the fingerprint of the key stays where no other one is given."""
    about = {"format": number, "key": key_known(home) if key is None else key}
    draft = home / f".{FILE}-{uuid.uuid4().hex}"
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump({name: value for name, value in about.items() if value}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(home / FILE)
    finally:
        draft.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Writes a file or folder through to the disk, so that a power cut leaves it whole."""
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open folders; its renames are journalled
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
