"""Small helpers to read the frames that queries return."""

from __future__ import annotations

from collections import namedtuple
from functools import lru_cache
from typing import Any

import pandas as pd


def rows(frame: pd.DataFrame) -> list[Any]:
    """The frame's rows, each with its columns as attributes; typed as plain values.

    As `itertuples`, which makes a new class and walks the columns value by value each time.
    """
    make = _row_of(tuple(map(str, frame.columns)))._make
    columns = [column.tolist() for _name, column in frame.items()]
    return [make(values) for values in zip(*columns, strict=True)]


@lru_cache(maxsize=500)
def _row_of(names: tuple[str, ...]) -> Any:
    return namedtuple("Row", names, rename=True)


def plain(value: Any) -> float | None:
    """A number of a frame as a plain one: NaN and NA are None."""
    return None if value is None or pd.isna(value) else float(value)
