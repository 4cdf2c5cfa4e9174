"""Rows of a sheet as a library hands them over → cleaned columns.

Most columns repeat a few values: these are kept as values and positions from the start, since all
that comes after is cheaper with them.
"""

from __future__ import annotations

import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from lingti.ingest.reading.sheet_tables import Cell, Coded, encode

_BLOCK = 500  # rows that are turned into columns at once, while the processor has them at hand
_NUMBERS = {bool, int, float}


class Gathered:
    """The cells of one column: values and positions while each value stands three times or more,
    as it does in most columns, else one by one."""

    def __init__(self) -> None:
        self._cells: list[Any] = []
        self._codes: list[int] | None = []
        self._kinds: set[type] = set()
        # A missing value is given the next number.
        self._places: defaultdict[Any, int] = defaultdict(itertools.count().__next__)

    def add(self, block: Sequence[Any]) -> None:
        """Adds the cells of further rows."""
        if self._codes is not None:
            self._kinds.update(map(type, block))
            if len(self._kinds & _NUMBERS) > 1:  # True, 1 and 1.0 would become one
                self._spell_out()
        if self._codes is None:
            self._cells += block
            return
        self._codes += map(self._places.__getitem__, block)
        if len(self._codes) > _BLOCK:
            self._spell_out_if_many()

    def put(self, row: int, cell: Cell) -> None:
        """Puts another cell in a row, if there is such a row."""
        self._spell_out()
        if row < len(self._cells):
            self._cells[row] = cell

    def cleaned(self) -> tuple[list[Cell], Coded | None]:
        """The cells cleaned, and once more as values and positions if they are kept as such."""
        self._spell_out_if_many()
        if self._codes is None:
            return clean_column(self._cells), None
        distinct, codes = list(self._places), self._codes
        values = clean_column(distinct)
        if values is not distinct:  # some may have become equal
            values, places = encode(values)
            codes = list(map(places.__getitem__, codes))
        return list(map(values.__getitem__, codes)), Coded(values, array("i", codes))

    def _spell_out_if_many(self) -> None:
        if self._codes is not None and len(self._places) * 3 > len(self._codes):
            self._spell_out()

    def _spell_out(self) -> None:
        if self._codes is not None:
            self._cells = list(map(list(self._places).__getitem__, self._codes))
            self._codes = None


def gather(rows: Iterable[list[Any]]) -> list[Gathered]:
    """The columns of rows that are all of one length."""
    left = iter(rows)
    columns: list[Gathered] = []
    while block := list(itertools.islice(left, _BLOCK)):
        columns = columns or [Gathered() for _ in block[0]]
        for column, cells in zip(columns, zip(*block, strict=True), strict=True):
            column.add(cells)
    return columns


def clean_column(column: list[Any]) -> list[Cell]:
    """Trimmed text, None for what is empty, lengths of time as text such as 30:00:00."""
    kinds = set(map(type, column))
    if str in kinds:
        texts = column if len(kinds) == 1 else [cell for cell in column if type(cell) is str]
        joined = "\0".join(texts)
        if joined.split(None, 1) != [joined] or "\u200b" in joined or "\ufeff" in joined:
            trimmed = {text: text.strip().strip("\u200b\ufeff") for text in set(texts)}
            if list(trimmed) != list(trimmed.values()):
                column = [trimmed[cell] if type(cell) is str else cell for cell in column]
        if "" in column:
            column = [None if cell == "" else cell for cell in column]
    if timedelta in kinds:
        column = [_as_clock(cell) if type(cell) is timedelta else cell for cell in column]
    return column


def _as_clock(length: timedelta) -> str:
    seconds = round(length.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, second = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{second:02}"
