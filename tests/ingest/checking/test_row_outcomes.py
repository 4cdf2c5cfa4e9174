"""Columns of ours, made of distinct values and each row's position among them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from lingti.ingest.checking.row_outcomes import nothing, positions, spread

DAY, NEXT = date(2024, 6, 1), date(2024, 6, 2)


@pytest.mark.parametrize(
    ("kind", "values", "known", "rows"),
    [
        ("date", [DAY, NEXT], [DAY, NEXT], [1, 0, 1, 0]),
        ("date", [NEXT, DAY], [NEXT, DAY], [1, 0, 1, 0]),
        ("varchar", ["助老", None], ["助老"], [-1, 0, -1, 0]),
        ("varchar", [None, "助老"], ["助老"], [0, -1, 0, -1]),
        ("integer", [3, 3], [3], [0, 0, 0, 0]),
        ("boolean", [None, None], [], [-1, -1, -1, -1]),
    ],
)
def test_equal_values_become_one(
    kind: str, values: list[Any], known: list[Any], rows: list[int]
) -> None:
    codes = np.array([1, 0, 1, 0], np.int32)
    column = spread(values, codes, kind)
    assert column.to_pylist() == [values[at] for at in codes]
    assert column.dictionary.to_pylist() == known
    assert positions(column).tolist() == rows


@pytest.mark.parametrize("kind", ["varchar", "date", "integer", "boolean", "decimal(8, 2)"])
def test_a_column_that_nothing_feeds_is_spread_of_nothing(kind: str) -> None:
    assert nothing(3, kind).equals(spread([None], np.zeros(3, np.int32), kind))
