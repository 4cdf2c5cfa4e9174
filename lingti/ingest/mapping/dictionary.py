"""What people call things: `headers.toml`, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def dictionary() -> dict[str, Any]:
    """The whole of `headers.toml`."""
    return tomllib.loads(Path(__file__).with_name("headers.toml").read_text("utf-8"))
