"""What the reader hands on: cells, columns, tables, and the refusal of a file.

Light on purpose: the child process that opens untrusted files imports this module.
"""

from __future__ import annotations

import itertools
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from lingti.ingest.reading.refusals import refusal_words


@dataclass(frozen=True)
class CellError:
    """An error a spreadsheet shows in place of a value, such as `#DIV/0!`."""

    text: str

    def __str__(self) -> str:
        return self.text


Cell = None | str | int | float | bool | date | datetime | time | CellError


@dataclass(frozen=True)
class Limits:
    """What one file may cost.

    `file_bytes` and `unpacked_bytes` are bytes, `cells` counts rows × columns of a sheet,
    `seconds` is the processor time a small file may take (large ones get more, in proportion), and
    `memory_bytes` bounds the child process for a small file in the same way.
    """

    file_bytes: int = 300 * 2**20
    unpacked_bytes: int = 2 * 2**30
    cells: int = 60_000_000
    seconds: float = 12.0
    memory_bytes: int = 400 * 2**20


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class SetAside:
    """A spreadsheet row (from 1) that is no data row, and why.

    `why` is one of: title, note, unit, hint, column_numbers, total, section,
    repeated_header, blank, footer, form, outside. `cells` are what stands in it: the column
    (from 1) and the text, as the file has it; not yet fit to be shown.
    """

    row: int
    why: str
    cells: tuple[tuple[int, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class SetAsideColumn:
    """A spreadsheet column (from 1) beside the table that is no part of it, and why (`legend`)."""

    column: int
    why: str
    text: str


@dataclass(frozen=True)
class Finding:
    """A cell or row the reader could not take as it stands; such a row must not be accepted.

    `code` is `damaged_text` (bytes that are no character of the encoding, shown as �),
    `extra_cells` (more cells than the header has), or `open_quote` (a quotation mark that is
    never closed).
    `column` is empty where the whole row is meant.
    """

    sheet: str
    row: int
    column: str
    code: str
    value: str


class Column:
    """The cells of one column: as a list, or as its distinct values and their positions.

    Parsing the distinct values only is what keeps long columns cheap.
    """

    def __init__(
        self,
        values: list[Cell] | None = None,
        codes: Sequence[int] | None = None,
        load: Callable[[], tuple[list[Cell], Sequence[int]]] | None = None,
    ) -> None:
        self._values = values
        self._codes = codes
        self._load = load

    @classmethod
    def of_codes(cls, coded: Coded) -> Column:
        """A column of codes whose values need not be in order, nor stand in any row."""
        return cls(coded.values, coded.codes, load=lambda: _compact(coded))

    def distinct(self) -> tuple[list[Cell], Sequence[int]]:
        """The distinct cells, and for each row the position of its cell among them."""
        if self._load is not None:
            self._values, self._codes = self._load()
            self._load = None
        if self._codes is None:
            self._values, self._codes = encode(self._values or [])
        assert self._values is not None
        return self._values, self._codes

    def raw(self) -> tuple[list[Cell], Sequence[int] | None]:
        """The cells, or values and positions, as the column was made of them."""
        if self._values is None:
            return self.distinct()
        return self._values, self._codes

    def cells(self) -> list[Cell]:
        """One cell per row."""
        if self._load is None and self._codes is None:
            return self._values or []
        values, codes = self.distinct()
        positions = codes.tolist() if hasattr(codes, "tolist") else codes
        return list(map(values.__getitem__, positions))


@dataclass(frozen=True)
class Coded:
    """The cells of a column as values, each but once, and each row's position among them.

    Values may stand in no row.
    """

    values: list[Cell]
    codes: array[int]

    def part(self, top: int, bottom: int) -> Coded:
        """The rows from `top` up to but not including `bottom`."""
        return Coded(self.values, self.codes[top:bottom])

    def rows(self, places: Sequence[int]) -> Coded:
        """The rows at these places."""
        return Coded(self.values, array("i", map(self.codes.__getitem__, places)))


def _compact(coded: Coded) -> tuple[list[Cell], Sequence[int]]:
    """The values that stand in a row, in the order in which rows show them, and the positions."""
    import numpy

    codes = numpy.frombuffer(coded.codes, numpy.int32)
    size = len(coded.values)
    first = numpy.full(size, len(codes))
    first[codes[::-1]] = numpy.arange(len(codes) - 1, -1, -1)  # of equal places the last one stays
    order = numpy.argsort(first, kind="stable")[: numpy.count_nonzero(first < len(codes))]
    places = numpy.zeros(size, numpy.int32)
    places[order] = numpy.arange(len(order))
    return [coded.values[at] for at in order.tolist()], places[codes]  # type: ignore[return-value]  # an array is as good


def encode(cells: list[Cell]) -> tuple[list[Cell], list[int]]:
    """Distinct cells and, per row, their positions; True, 1 and 1.0 stay three values."""
    # A missing key is given the next number: one look-up per cell, none of them in Python.
    places: defaultdict[Any, int] = defaultdict(itertools.count().__next__)
    if len({bool, int, float} & set(map(type, cells))) < 2:
        codes = list(map(places.__getitem__, cells))
        return list(places), codes
    codes = list(map(places.__getitem__, zip(map(type, cells), cells, strict=True)))
    return [cell for _type, cell in places], codes


@dataclass
class Table:
    """One table of a sheet: a header and one row per record, stored by column.

    `row_numbers` are the rows as the spreadsheet shows them, from 1: a range where they follow
    one another. `columns` are unique; levels of a header are joined with `·`. `filled_down`
    has per column the spreadsheet rows whose cell was taken from above (merged or grouped cells).
    `column_numbers` are the spreadsheet's columns, from 1. `date1904` says from which epoch
    bare numbers would count days (cells formatted as dates are dates already). `struck` and
    `hidden` are those of `row_numbers` with a line through a cell, and those that are hidden.
    Where a cross-tab was unfolded, `cell_columns` has the column (from 1) of each row's cell.
    `merged` has the tick or number of the cells that a merged one covers, by row and column;
    `merged_rows` are the positions of the rows that have a tick, or are a cell, from such a one.
    `made` are columns that no cell stands in: what was said once for all rows, as in a caption.
    """

    sheet: str
    sheet_number: int
    title: str
    header_rows: list[int]
    columns: list[str]
    data: list[Column]
    row_numbers: Sequence[int]
    set_aside: list[SetAside] = field(default_factory=list)
    other_tables: list[Table] = field(default_factory=list)
    column_numbers: list[int] = field(default_factory=list)
    set_aside_columns: list[SetAsideColumn] = field(default_factory=list)
    filled_down: dict[str, list[int]] = field(default_factory=dict)
    date1904: bool = False
    struck: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    cell_columns: list[int] = field(default_factory=list)
    made_columns: tuple[str, ...] = ()
    merged: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged_rows: list[int] = field(default_factory=list)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.columns)}

    def __len__(self) -> int:
        return len(self.row_numbers)

    def column(self, name: str) -> list[Cell]:
        """The cells of a column, one per data row. Raises KeyError for an unknown name."""
        return self.data[self._positions[name]].cells()

    def distinct(self, name: str) -> tuple[list[Cell], Sequence[int]]:
        """A column's distinct cells and each row's position among them (the fast way)."""
        return self.data[self._positions[name]].distinct()

    @property
    def rows(self) -> list[list[Cell]]:
        """One list of cells per data row. For small tables and tests; columns are cheaper."""
        if not self.columns:
            return []
        return [list(row) for row in zip(*(c.cells() for c in self.data), strict=True)]


@dataclass
class Reading:
    """A file as read: its tables in the order of the file.

    `shows_strikes` says whether a line through a cell could be seen.
    """

    format: str  # xlsx | xlsb | ods | xls | csv | html
    # Of text and html only: utf-8, utf-8-sig, gb18030, utf-16; without a mark utf-16-le, utf-16-be.
    encoding: str | None
    tables: list[Table]
    skipped_sheets: list[str] = field(default_factory=list)
    empty_sheets: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    shows_strikes: bool = False


class Refused(Exception):  # noqa: N818 - the design's word
    """A file that cannot be taken: `code` is stable; `message` and `advice` are for people."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def message(self) -> str:
        """What is wrong, in the language of the user."""
        return refusal_words(self.code)[0].format(**self.facts)

    @property
    def advice(self) -> str:
        """What the user can do about it, in the language of the user."""
        return refusal_words(self.code)[1].format(**self.facts)

    def __str__(self) -> str:
        return f"{self.message} {self.advice}"

    def __reduce__(self) -> tuple[object, ...]:
        return _refused, (self.code, self.facts)

    def as_json(self) -> dict[str, str]:
        """The refusal as the command line prints it."""
        return {"code": self.code, "message": self.message, "advice": self.advice}


def _refused(code: str, facts: dict[str, object]) -> Refused:
    """Puts a refusal together again after it went from one process to another."""
    return Refused(code, **facts)
