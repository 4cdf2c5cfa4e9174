"""Small helpers to read the frames that queries return."""

from __future__ import annotations

from typing import Any

import pandas as pd


def rows(frame: pd.DataFrame) -> list[Any]:
    """The frame's rows, each with its columns as attributes; typed as plain values."""
    return list(frame.itertuples(index=False))


def plain(value: Any) -> float | None:
    """A number of a frame as a plain one: NaN and NA are None."""
    return None if value is None or pd.isna(value) else float(value)
