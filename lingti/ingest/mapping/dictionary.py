"""What people call things: `headers.toml` and the words of packs, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from lingti.catalog import packs

WORDS = "words.toml"


@cache
def dictionary() -> dict[str, Any]:
    """The whole of `headers.toml`, with what each pack says of its own tables.

    A pack's `[never]` is of one column of its table, `TABLE.COLUMN`; that of ours is of every
    column of that name.
    """
    headers = tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))
    for pack in packs.known().values():
        for section, named in tomllib.loads((pack.folder / WORDS).read_text("utf-8")).items():
            headers[section] |= named
    return headers
