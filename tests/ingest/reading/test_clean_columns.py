"""Columns gathered as values and positions are those that the plain way gives."""

from __future__ import annotations

from array import array
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingti.ingest.reading import clean_columns
from lingti.ingest.reading.clean_columns import clean_column, gather
from lingti.ingest.reading.sheet_tables import CellError, Coded, Column, encode

_CELLS: list[Any] = [
    "", " ", "王某", " 王某", "王某\u200b", "\ufeff", "a b", 1.0, 2.5, True, False, 1, 0.0,
    date(2024, 6, 1), timedelta(hours=30),
]  # fmt: skip


def plainly(column: list[Any]) -> list[Any]:
    texts = (c.strip().strip("\u200b\ufeff") or None if isinstance(c, str) else c for c in column)
    return ["30:00:00" if isinstance(cell, timedelta) else cell for cell in texts]


def typed(cells: list[Any]) -> list[tuple[type, Any]]:
    return [(type(cell), cell) for cell in cells]


@given(
    st.lists(st.tuples(*[st.sampled_from(_CELLS)] * 2, st.sampled_from(_CELLS[:3])), max_size=60),
    st.integers(1, 20),
)
def test_columns_are_those_of_the_rows(rows: list[tuple[Any, ...]], block: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clean_columns, "_BLOCK", block)
        columns = gather(map(list, rows))
    for column, cells in zip(columns, zip(*rows, strict=True), strict=True):
        found, codes = column.cleaned()
        assert typed(found) == typed(plainly(list(cells))) == typed(clean_column(list(cells)))
        if codes is not None:
            assert typed([codes.values[at] for at in codes.codes]) == typed(found)
            assert len(set(typed(codes.values))) == len(codes.values)


def test_a_column_of_few_values_is_coded_and_one_of_many_is_not() -> None:
    rows = [["助老", f"人{at}", True if at == 1_500 else 1.0] for at in range(2_000)]
    few, many, mixed = (column.cleaned() for column in gather(rows))
    assert few == (["助老"] * 2_000, Coded(["助老"], array("i", [0] * 2_000)))
    assert many == ([f"人{at}" for at in range(2_000)], None)
    assert mixed[1] is None
    assert (mixed[0][0], mixed[0][1_500]) == (1.0, True)
    assert type(mixed[0][1_500]) is bool


def test_a_cell_is_put_in_its_row_or_nowhere() -> None:
    (column,) = gather([["a"]] * 9)
    column.put(1, CellError("#N/A"))
    column.put(9, CellError("#REF!"))
    assert column.cleaned() == (["a", CellError("#N/A"), *["a"] * 7], None)


@given(st.lists(st.integers(0, 6), max_size=30), st.integers(0, 10))
def test_a_coded_column_is_that_of_its_cells(codes: list[int], start: int) -> None:
    values: list[Any] = ["a", None, 1.5, True, date(2024, 6, 1), CellError("#N/A"), "b"]
    coded = Coded(values, array("i", codes))
    for part, own in ((coded, codes), (coded.part(start, 12), codes[start:12])):
        column = Column.of_codes(part)
        cells = [values[at] for at in own]
        assert column.cells() == cells
        found, positions = column.distinct()
        assert (found, list(positions)) == encode(cells)
    places = list(range(0, len(codes), 3))
    assert Column.of_codes(coded.rows(places)).cells() == [values[codes[at]] for at in places]
