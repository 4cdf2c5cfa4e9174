"""Homes that several tests begin with: built once for all workers, and copied."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from lingti import clock

Build = Callable[[Path], object]
_folder: list[Path] = []  # that the workers of this run share; none outside of one


def keep_in(folder: Path) -> None:
    """From now on what is built once lies here."""
    _folder[:] = [folder]


def built_once(name: str, build: Build) -> Path:
    """A home that the first worker who needs it builds, and all of them read."""
    folder = _folder[0] / name
    home, whole = folder / "home", folder / "whole"
    with FileLock(f"{folder}.lock"):
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            build(home)
            whole.touch()
    return home


def copied(home: Path, build: Build, *rests_on: object) -> Path:
    """Makes a home as `build` does, by copying what it built the first time.

    `rests_on` are what comes out otherwise with, such as which metrics there are, besides the day.
    """
    if not _folder:
        build(home)
        return home
    parts = (build.__module__, build.__qualname__, clock.today(), *rests_on)
    mark = hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()
    return Path(shutil.copytree(built_once(f"{build.__name__}-{mark}", build), home))
