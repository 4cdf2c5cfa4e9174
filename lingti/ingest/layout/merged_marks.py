"""Ticks and numbers that stand in one merged cell for several rows or days.

Which of them it holds for cannot be read: each, or the first alone. So it is noted here, and asked
where it matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lingti.ingest.layout.grid import Grid
from lingti.ingest.reading.sheet_tables import Cell

TICKS = frozenset("√✓✔☑■●○到是勤")
Marks = Mapping[tuple[int, int], Cell]


def is_tick(cell: Cell) -> bool:
    """Whether a cell is a tick for who was there."""
    return isinstance(cell, str) and cell.strip() in TICKS


def find(grid: Grid, rows: Sequence[int]) -> dict[tuple[int, int], Cell]:
    """The mark of each cell that a merged one covers, but for its first, by spreadsheet row and
    column."""
    mark_at: dict[tuple[int, int], Cell] = {}
    there = set(rows) if grid.merges else set()
    for merge in grid.merges:
        if merge.top not in there:
            continue
        mark = grid.columns[merge.left][merge.top]
        if not is_tick(mark) and type(mark) not in (int, float):
            continue
        for at in there.intersection(range(merge.top, min(merge.bottom, rows[-1]) + 1)):
            for column in range(merge.left, merge.right + 1):
                if (at, column) != (merge.top, merge.left):
                    mark_at[grid.numbers[at], grid.column_numbers[column]] = mark
    return mark_at


def rows_with_ticks(
    marks: Marks, numbers: Sequence[int], column_numbers: Sequence[int]
) -> list[int]:
    """The positions of the rows of a list in which a tick comes from a merged cell above."""
    ticked = {
        row for (row, column), mark in marks.items() if column in column_numbers and is_tick(mark)
    }
    return [at for at, row in enumerate(numbers) if row in ticked] if ticked else []
