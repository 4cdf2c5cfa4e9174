"""One column of an export → one column of ours: typed, mapped and held against its rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from lingti import catalog
from lingti.district import ColumnMap
from lingti.ingest import values
from lingti.ingest.mapping import Piece
from lingti.ingest.shapes import Cell, encode
from lingti.ingest.titles import year_in
from lingti.language import gettext as _

Codes = np.ndarray[Any, np.dtype[np.int64]]


@dataclass
class Distinct:
    """Distinct cells of a column, parsed: values, and the problem of those that are wrong."""

    cells: list[Cell]
    values: list[Any]
    wrong: dict[int, tuple[str, str]]

    def empty(self) -> list[int]:
        return [i for i, v in enumerate(self.values) if v is None and i not in self.wrong]


def parse(
    column: catalog.Column, mapped: ColumnMap, cells: list[Cell], piece: Piece, today: date
) -> Distinct:
    if mapped.values:
        known = mapped.values
        cells = [known.get(values.written(cell).strip(), cell) for cell in cells]
    result = _typed(column, mapped, cells, piece)
    parsed = Distinct(
        cells, list(result.values), {p.index: (p.code, p.expected) for p in result.problems}
    )
    if mapped.sign:
        turned = {"-1": lambda v: -abs(v), "abs": abs}[mapped.sign]
        parsed.values = [None if value is None else turned(value) for value in parsed.values]
    for index, value in enumerate(parsed.values):
        problem = None if value is None else _broken_rule(column, value, today)
        if problem:
            parsed.wrong[index] = problem
            parsed.values[index] = None
    return parsed


def _typed(
    column: catalog.Column, mapped: ColumnMap, cells: list[Cell], piece: Piece
) -> values.Parsed[Any]:
    if column.type == "date":
        header = "".join(mapped.columns)
        year = year_in(piece.table.title) or year_in(piece.table.sheet) or year_in(piece.file.name)
        return values.days(cells, year_hint=year, roc="民国" in header)
    if column.name == "hours":
        parsed = values.hours(cells, mapped.unit or "hours")
        exact = [None if h is None else Decimal(str(round(h, 2))) for h in parsed.values]
        return values.Parsed[Any](exact, parsed.problems)
    parsers: dict[str, Callable[[list[Cell]], values.Parsed[Any]]] = {
        "integer": values.integers,
        "boolean": values.yes_no,
        "varchar": values.texts,
    }
    return parsers[column.type](cells)


def _broken_rule(column: catalog.Column, value: Any, today: date) -> tuple[str, str] | None:
    if column.allowed and value not in column.allowed:
        return "not_in_list", _("one of {allowed}").format(allowed=", ".join(column.allowed))
    low, high = column.low, column.high
    if low is not None and high is not None and not low <= value <= high:
        return "out_of_range", _("between {low:g} and {high:g}").format(low=low, high=high)
    if column.name != "due_on" and isinstance(value, date) and value > today:
        return "future_day", _("a day not after {today}").format(today=today)
    return None


def cells_of(mapped: ColumnMap, piece: Piece) -> tuple[list[Cell], Codes]:
    """The distinct cells that feed one column of ours, and each row's position among them."""
    if not mapped.columns:
        return [mapped.constant], np.zeros(len(piece.table), np.int64)
    names = [piece.name_of(name) or name for name in mapped.columns]
    if len(names) == 1:
        cells, codes = piece.table.distinct(names[0])
        return list(cells), np.asarray(codes, np.int64)
    parts = [map(values.written, piece.table.column(name)) for name in names]
    joined: list[Cell] = ["·".join(filter(None, row)) for row in zip(*parts, strict=True)]
    cells, found = encode(joined)
    return cells, np.asarray(found, np.int64)
