"""A sheet before anyone knows what its rows mean: cells by column, row numbers, merged cells."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lingti.ingest.reading.sheet_tables import Cell, Coded


@dataclass(frozen=True)
class Merge:
    """A merged range; positions in the grid from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def width(self) -> int:
        return self.right - self.left + 1


@dataclass
class Grid:
    """Cells by column, all of one length; None is an empty cell, text is trimmed.

    `numbers` are the spreadsheet's row numbers (from 1), `column_numbers` its columns.
    A merged range keeps its value in its first cell only. `coded` has the columns once more where
    they are known as values and positions; it says nothing of what was filled down.
    """

    columns: list[list[Cell]]
    numbers: Sequence[int]
    column_numbers: list[int]
    merges: list[Merge] = field(default_factory=list)
    coded: dict[int, Coded] = field(default_factory=dict)

    @property
    def height(self) -> int:
        return len(self.numbers)

    @property
    def width(self) -> int:
        return len(self.columns)

    @cached_property
    def counts(self) -> list[int]:
        """How many cells each row has, as long as nothing was filled down."""
        return filled_counts(self)

    @cached_property
    def sparse(self) -> list[int]:
        """The rows with at most one cell."""
        return [at for at, count in enumerate(self.counts) if count < 2]

    def texts(self, column: int) -> list[str]:
        """The texts of a column: one per row, or if it is coded one per value, perhaps with some
        that stand above or below."""
        known = self.coded.get(column)
        cells = known.values if known else self.columns[column]
        return [cell for cell in cells if type(cell) is str]

    def row(self, at: int) -> list[Cell]:
        """The cells of one row."""
        return [column[at] for column in self.columns]

    def is_blank(self, at: int) -> bool:
        """Whether a row has no cell."""
        return all(column[at] is None for column in self.columns)

    def part(self, lefts: list[int], top: int, bottom: int) -> Grid:
        """The columns at `lefts`, rows from `top` up to but not including `bottom`."""
        places = {left: i for i, left in enumerate(lefts)}
        merges = []
        for merge in self.merges:
            inside = [places[c] for c in range(merge.left, merge.right + 1) if c in places]
            if inside and merge.top >= top and merge.bottom < bottom:
                merges.append(Merge(merge.top - top, inside[0], merge.bottom - top, inside[-1]))
        whole = top == 0 and bottom == self.height
        part = Grid(
            [self.columns[c] if whole else self.columns[c][top:bottom] for c in lefts],
            self.numbers[top:bottom],
            [self.column_numbers[c] for c in lefts],
            merges,
            {
                place: coded if whole else coded.part(top, bottom)
                for c, place in places.items()
                if (coded := self.coded.get(c))
            },
        )
        if len(lefts) == self.width:
            part.counts = self.counts[top:bottom]  # counted already
        return part


def filled_counts(grid: Grid) -> list[int]:
    """How many cells each row has."""
    counts, full = [0] * grid.height, 0
    for place, column in enumerate(grid.columns):
        known = grid.coded.get(place)
        if None not in (known.values if known else column):
            full += 1
        else:
            filled = map(operator.is_not, column, itertools.repeat(None))
            counts = list(map(operator.add, counts, filled))
    return [count + full for count in counts]


def places(cells: list[Cell], cell: Cell, start: int) -> Iterator[int]:
    """The rows from `start` on that hold just this cell."""
    at = start - 1
    while True:
        try:
            at = cells.index(cell, at + 1)
        except ValueError:
            return
        yield at


def from_rows(rows: list[list[Cell]], merges: list[Merge] | None = None) -> Grid:
    """A grid of rows that may be of different lengths. For text, HTML and tests."""
    width = max(map(len, rows), default=0)
    if any(len(row) != width for row in rows):
        rows = [row + [None] * (width - len(row)) for row in rows]
    columns: list[list[Cell]] = [list(column) for column in zip(*rows, strict=True)]
    return Grid(columns, range(1, len(rows) + 1), list(range(1, width + 1)), merges or [])
