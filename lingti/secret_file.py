"""Settings of a home that hold a secret, in files that nobody else on the machine may read."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

from lingti.home import HomeError
from lingti.language import gettext as _


def read(path: Path) -> dict[str, Any] | None:
    """What a TOML file says; None where it is not there.

    Raises HomeError where others could read it, or where it is no TOML.
    """
    if not path.exists():
        return None
    if os.name != "nt" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise HomeError(
            _("{file} holds a secret that others can read: chmod 600 {file}.").format(
                file=path.name
            )
        )
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise HomeError(
            _("{file} cannot be read: {why}").format(file=path.name, why=error)
        ) from error
