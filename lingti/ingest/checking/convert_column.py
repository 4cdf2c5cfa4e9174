"""One column of an export → one column of ours: typed, mapped and held against its rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from lingti import catalog
from lingti.district import ColumnMap
from lingti.ingest.layout.titles import named_in, year_in
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.reading.sheet_tables import Cell, encode
from lingti.ingest.values import cell_values, weights
from lingti.ingest.values.cell_values import Problem
from lingti.language import gettext as _

EARLIEST = date(1949, 10, 1)  # nothing that communities report began earlier
Codes = np.ndarray[Any, np.dtype[np.int32]]


_DITTO = frozenset({"同上", "同上。", "〃", "″", "”", "〞", '"', "''", "ditto"})
_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]$")
# Agreements end, and decisions are due, on days to come.
_MAY_BE_AHEAD = {"due_on", "ended_on"}
PERIOD = "period"  # a constant: the first day of what the table speaks for, or its last
MOST_DAYS = 366  # of a row that tells of a span


@dataclass(frozen=True)
class Context:
    """What a cell's meaning depends on: its table, today, the years and months the user named."""

    piece: Piece
    today: date
    years: frozenset[int] = frozenset()
    months: frozenset[tuple[int, int]] = frozenset()

    @property
    def month_hint(self) -> tuple[int, int] | None:
        """Year and month of a day that is only 10日: as `year_hint`."""
        for text in (self.piece.table.title, self.piece.table.sheet, self.piece.file.name):
            for span in named_in(text, self.year_hint):
                month = (span.first.year, span.first.month)
                return month if month == (span.last.year, span.last.month) else None
        return next(iter(self.months)) if len(self.months) == 1 else None

    @property
    def year_hint(self) -> int | None:
        """The year of a day without one: of the title, sheet, file name or the days chosen."""
        for text in (self.piece.table.title, self.piece.table.sheet, self.piece.file.name):
            if year := year_in(text):
                return year
        return next(iter(self.years)) if len(self.years) == 1 else None


@dataclass
class Distinct:
    """Distinct cells of a column, parsed: values, and the problem of those that are wrong.

    A doubtful cell has a value and a problem that is only a warning.
    """

    cells: list[Cell]
    values: list[Any]
    wrong: dict[int, tuple[str, str]]
    doubtful: dict[int, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: list[Cell], values: list[Any], problems: Iterable[Problem]) -> Distinct:
        """Puts the problems of a parser where they belong."""
        wrong: dict[int, tuple[str, str]] = {}
        doubtful: dict[int, tuple[str, str]] = {}
        for problem in problems:
            kept = doubtful if values[problem.index] is not None else wrong
            kept[problem.index] = (problem.code, problem.expected)
        return cls(cells, values, wrong, doubtful)

    def empty(self) -> list[int]:
        """The positions of cells that hold nothing."""
        return [i for i, v in enumerate(self.values) if v is None and i not in self.wrong]


def parse(
    column: catalog.Column, mapped: ColumnMap, cells: list[Cell], context: Context
) -> Distinct:
    """Parses distinct cells for a column: types, value map, sign, and the column's rules."""
    known = {**_words(column), **mapped.values}
    meant = cells
    if known:
        meant = [known.get(cell_values.written(cell).strip(), cell) for cell in cells]
    result = _typed(column, mapped, meant, context)
    parsed = Distinct.of(cells, list(result.values), result.problems)
    if mapped.sign:
        turned = {"-1": lambda v: -abs(v), "abs": abs}[mapped.sign]
        parsed.values = [None if value is None else turned(value) for value in parsed.values]
    for index, value in enumerate(parsed.values):
        problem = None if value is None else _broken_rule(column, value, context.today)
        if problem:
            parsed.wrong[index] = problem
            parsed.values[index] = None
    return parsed


def _words(column: catalog.Column) -> dict[str, str]:
    """The words for a column's values, in both languages, with the values they stand for."""
    return {word: value for value, text in column.words.items() for word in (text.zh, text.en)}


def _typed(
    column: catalog.Column, mapped: ColumnMap, cells: list[Cell], context: Context
) -> cell_values.Parsed[Any]:
    if column.type == "date":
        roc = "民国" in "".join(mapped.columns)
        date1904 = context.piece.table.date1904
        year, month = context.year_hint, context.month_hint
        return cell_values.days(cells, year_hint=year, roc=roc, date1904=date1904, month_hint=month)
    if column.is_weight:
        return weights.parse(cells, mapped.unit)
    if column.type.startswith("decimal") and column.name != "hours" and not mapped.unit:
        amounts = cell_values.decimals(_without_unit(column, cells))
        rounded = [None if n is None else Decimal(str(round(n, 2))) for n in amounts.values]
        return cell_values.Parsed[Any](rounded, amounts.problems)
    if column.type.startswith("decimal"):
        parsed = cell_values.hours(cells, mapped.unit or "hours")
        exact = [None if h is None else Decimal(str(round(h, 2))) for h in parsed.values]
        return cell_values.Parsed[Any](exact, parsed.problems)
    parsers: dict[str, Callable[[list[Cell]], cell_values.Parsed[Any]]] = {
        "integer": cell_values.integers,
        "boolean": cell_values.yes_no,
        "varchar": cell_values.texts,
    }
    return parsers[column.type](cells)


def _without_unit(column: catalog.Column, cells: list[Cell]) -> list[Cell]:
    """Cells without the unit that the column's title has in brackets; another unit stays."""
    match = _IN_BRACKETS.search(column.title.zh)
    if match is None:
        return cells
    return [
        cell.strip().removesuffix(match[1]) if isinstance(cell, str) else cell for cell in cells
    ]


def _broken_rule(column: catalog.Column, value: Any, today: date) -> tuple[str, str] | None:
    if column.allowed and value not in column.allowed:
        allowed = [
            column.words[one].pick() if one in column.words else one for one in column.allowed
        ]
        return "not_in_list", _("one of {allowed}").format(allowed=", ".join(allowed))
    low, high = column.low, column.high
    if low is not None and high is not None and not low <= value <= high:
        return "out_of_range", _("between {low:g} and {high:g}").format(low=low, high=high)
    if isinstance(value, date):
        if value > today and column.name not in _MAY_BE_AHEAD:
            return "future_day", _("a day not after {today}").format(today=today)
        if value < EARLIEST:
            return "too_early", _("a day after {day}").format(day=EARLIEST)
    return None


def cells_of(mapped: ColumnMap, piece: Piece) -> tuple[list[Cell], Codes]:
    """The distinct cells that feed one column of ours, and each row's position among them."""
    if not mapped.columns:
        return [mapped.constant], np.zeros(len(piece.table), np.int32)
    names = [piece.name_of(name) or name for name in mapped.columns]
    if len(names) == 1:
        return _cells(piece, names[0])
    parts = [map(cell_values.written, _column(piece, name)) for name in names]
    joined: list[Cell] = ["·".join(filter(None, row)) for row in zip(*parts, strict=True)]
    cells, positions = encode(joined)
    return cells, np.asarray(positions, np.int32)


def _column(piece: Piece, name: str) -> list[Cell]:
    cells, codes = _cells(piece, name)
    return [cells[code] for code in codes.tolist()]


def _cells(piece: Piece, name: str) -> tuple[list[Cell], Codes]:
    """The distinct cells of a column and each row's position; 同上 and ″ mean the row above."""
    cells, positions = piece.table.distinct(name)
    codes = np.asarray(positions, np.int32)
    if not _DITTO.isdisjoint(cells):
        marks = [index for index, cell in enumerate(cells) if cell in _DITTO]
        above = np.where(np.isin(codes, marks), -1, np.arange(len(codes)))
        last = np.maximum.accumulate(above)
        codes = codes[np.where(last < 0, np.arange(len(codes)), last)]
    return list(cells), codes
