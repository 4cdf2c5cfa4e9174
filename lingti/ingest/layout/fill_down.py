"""Fills down what stands only in the first row of a merged cell or of a group of rows.

A row takes from above only if it has something of its own: printed rows of a template that hold
their number and a formula's zero are none.
"""

from __future__ import annotations

import re

from lingti.ingest.layout.cell_kinds import folded, is_value
from lingti.ingest.layout.grid import Grid
from lingti.ingest.reading.sheet_tables import Cell, CellError

SERIAL = re.compile(r"序号?|编号|no\.?|id|#", re.IGNORECASE)
_MEASURE = re.compile(r"时长|小时|积分|分数|金额|数量|次数|人数|单价|总价|合计|hours|points|amount")
_REMARK = re.compile(r"备注|备考|说明|remark|note")
_NO_GROUP = re.compile(f"{_MEASURE.pattern}|{_REMARK.pattern}|电话|手机|证号|phone")
_ZERO = re.compile(r"0+(\.0+)?|0*:0+(:0+)?|-+|—+|/")
_SAMPLE = 200
_TEMPLATE_TAIL = 4  # values in rows that follow one another before a blank tail: no groups


def is_nothing_of_its_own(cell: Cell) -> bool:
    """Whether a cell is empty, a zero, or an error: what printed rows hold without being rows."""
    if cell is None or isinstance(cell, CellError):
        return True
    if isinstance(cell, (bool, int, float)):
        return cell == 0
    return _ZERO.fullmatch(folded(cell)) is not None if isinstance(cell, str) else False


def fill_down(
    grid: Grid, names: dict[int, str], rows: list[int], last: int
) -> dict[int, list[int]]:
    """Fills the grid's columns in `rows`, up to `last`: per column the rows that were filled."""
    if not rows:
        return {}
    owns = _Owns(grid, names, rows)
    filled = _fill_merged(grid, names, set(rows), last, owns)
    for column, places in _fill_groups(grid, names, rows, owns).items():
        filled.setdefault(column, []).extend(places)
    return {column: sorted(places) for column, places in sorted(filled.items()) if places}


class _Owns:
    """Tells which rows have something of their own, beside the columns that are filled down."""

    def __init__(self, grid: Grid, names: dict[int, str], rows: list[int]) -> None:
        self.grid = grid
        telling = [
            c
            for c in range(grid.width)
            if not SERIAL.fullmatch(names.get(c, "")) and not _REMARK.search(names.get(c, ""))
        ]
        varying = [c for c in telling if _varies(grid.columns[c], rows)]
        self.columns = varying or telling
        self.amounts = {c for c in self.columns if _MEASURE.search(names.get(c, ""))}

    def __call__(self, at: int, filled: int, *, beside_amounts: bool = False) -> bool:
        """Whether row `at` has more than what column `filled` would give it; amounts alone, as a
        total without a word has them, may not do."""
        columns = self.grid.columns
        telling = [c for c in self.columns if c not in self.amounts] if beside_amounts else None
        return any(
            not is_nothing_of_its_own(columns[c][at])
            for c in telling or self.columns
            if c != filled
        )


def _varies(cells: list[Cell], rows: list[int]) -> bool:
    """Whether a column says more than one thing; 古桥社区 printed in each row says nothing."""
    first = None
    for at in rows:
        cell = cells[at]
        if is_nothing_of_its_own(cell):
            continue
        if first is not None and cell != first:
            return True
        first = cell
    return False


def _fill_merged(
    grid: Grid, names: dict[int, str], rows: set[int], last: int, owns: _Owns
) -> dict[int, list[int]]:
    """Gives every row of a vertical merge its value; but an amount stays one amount."""
    filled: dict[int, list[int]] = {}
    merged = {m.top: m for m in grid.merges if m.top in rows and m.bottom > m.top}
    if not merged:
        return filled
    for merge in grid.merges:
        column = grid.columns[merge.left]
        if merge.top not in rows or merge.bottom == merge.top or column[merge.top] is None:
            continue
        value = column[merge.top]
        if is_value(value) and _MEASURE.search(names.get(merge.left, "")):
            continue
        for at in range(merge.top + 1, min(merge.bottom, last) + 1):
            if column[at] is None and at in rows and owns(at, merge.left):
                column[at] = value
                filled.setdefault(merge.left, []).append(at)
    return filled


def _fill_groups(
    grid: Grid, names: dict[int, str], rows: list[int], owns: _Owns
) -> dict[int, list[int]]:
    """Fills leading columns that are written only in the first row of a group."""
    filled: dict[int, list[int]] = {}
    usual = sorted(grid.counts[at] for at in rows)[len(rows) // 2]
    if len(rows) < 3 or usual < 2:
        return filled
    for column in range(grid.width - 1):
        cells = grid.columns[column]
        name = names.get(column, "")
        if None not in cells:
            if SERIAL.fullmatch(name):
                continue
            break
        if _NO_GROUP.search(name) or not _is_group(cells, rows):
            break
        value: Cell = None
        places: list[int] = []
        for at in rows:
            if cells[at] is None and owns(at, column, beside_amounts=True):
                cells[at] = value
                places.append(at)
            elif cells[at] is not None:
                value = cells[at]
        filled[column] = places
    return filled


def _is_group(cells: list[Cell], rows: list[int]) -> bool:
    """Whether blanks mean "as above": the first row is filled and a good part is blank."""
    blanks = sum(cells[at] is None for at in rows)
    if cells[rows[0]] is None or blanks * 4 < len(rows):
        return False
    first_blank = next((i for i, at in enumerate(rows) if cells[at] is None), len(rows))
    if first_blank >= _TEMPLATE_TAIL and first_blank + blanks == len(rows):
        return False  # full rows, then none: the list ends, and no group goes on
    return not any(folded(cells[at]).startswith(("-", "/")) for at in rows[:_SAMPLE])
