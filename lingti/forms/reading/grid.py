"""A sheet or a Word table as one grid of cells, whose places are named as Excel names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

Place = tuple[int, int]  # row and column, from 1


@dataclass(frozen=True)
class Cell:
    """One cell: its text; what it holds; whether it may be written to.

    `kind` is empty, text, number or formula. `percent`: numbers are shown times 100 with a %.
    """

    text: str = ""
    kind: str = "empty"
    percent: bool = False
    locked: bool = False


@dataclass
class Grid:
    """Cells by place; `anchors` lead from each place within a merged cell to its first one."""

    name: str
    cells: dict[Place, Cell] = field(default_factory=dict)
    anchors: dict[Place, Place] = field(default_factory=dict)
    spans: dict[Place, Place] = field(default_factory=dict)  # first place → last place
    table: str = ""  # a Word table's: T1, or within a cell of that T1R2C3T1
    within: tuple[int, Place] | None = None  # the grid, from 0, and cell that it stands in

    def at(self, row: int, column: int) -> Cell:
        """The cell at a place; within a merged one, that one."""
        return self.cells.get(self.anchors.get((row, column), (row, column)), _EMPTY)

    def first(self, row: int, column: int) -> Place:
        """The first place of the cell there."""
        return self.anchors.get((row, column), (row, column))

    def last(self, row: int, column: int) -> Place:
        """The last place of the cell there."""
        first = self.first(row, column)
        return self.spans.get(first, first)

    def merge(self, first: Place, last: Place) -> None:
        """Makes one cell of all from `first` to `last`."""
        self.spans[first] = last
        for row in range(first[0], last[0] + 1):
            for column in range(first[1], last[1] + 1):
                self.anchors[row, column] = first

    @cached_property
    def rows(self) -> int:
        """The last row with a text."""
        return max((row for (row, _c), cell in self.cells.items() if cell.text), default=0)

    @cached_property
    def columns(self) -> int:
        """The last column with a text."""
        return max((column for (_r, column), cell in self.cells.items() if cell.text), default=0)

    def address(self, place: Place) -> str:
        """How the cell is called: `C3`, `T1R2C4` in a Word table, `T1R2C4T1R1C2` in one within."""
        row, column = place
        return f"{self.table}R{row}C{column}" if self.table else f"{letters(column)}{row}"


_EMPTY = Cell()


@dataclass(frozen=True)
class Line:
    """A paragraph of a document with blanks to be filled: `P3`, and its text."""

    address: str
    text: str


@dataclass
class Form:
    """What stands in a form: its grids, the lines of text outside them, in order.

    `around` are texts above each table of a document, by the number of the table.
    """

    kind: str
    grids: list[Grid] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    around: Mapping[int, list[str]] = field(default_factory=dict)


def letters(column: int) -> str:
    """The letters of a column: 1 → A, 28 → AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def place_of(reference: str) -> Place:
    """The row and column of `AB12`. Raises ValueError."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d+)", reference)
    if match is None:
        raise ValueError(reference)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
