"""The blocks of a grid: header, panels of names and values, rows; and names with a cell each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lingti.forms.reading import row_kinds
from lingti.forms.reading.grid import Grid, Place
from lingti.forms.reading.header_rows import (
    columns_of,
    covers,
    filed_of,
    gaps,
    headers,
    is_all_said,
    is_heading,
    is_name,
    statements_of,
    texts_of,
)

_MOST_EMPTY = 500
_COUNTS = re.compile(r"(?:数|率|量|额|比|值|时长)$")
_PART = re.compile(r"\s*[（(]?其中")


@dataclass(frozen=True)
class Row:
    """A row of values: its number, the sections it stands in, the row that it is a part of."""

    number: int
    context: tuple[str, ...]
    before: str


@dataclass(frozen=True)
class Panel:
    """Columns of names, of units and of values that belong together; `numbered`: by 序号."""

    labels: tuple[int, ...]
    units: tuple[int, ...]
    values: tuple[int, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Pair:
    """An empty cell with its names at the left, outermost first, which reach `named_to` a row.

    It is not `alone` where the cell beside it is empty too, and stands below a text.
    """

    place: Place
    names: tuple[str, ...]
    unit: str
    context: tuple[str, ...]
    before: str
    named_to: int
    alone: bool = True


@dataclass
class Block:
    """A table with a header, or (without `header`) names with their empty cells."""

    header: list[int] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    definitions: list[int] = field(default_factory=list)

    def header_of(self, grid: Grid, column: int) -> tuple[str, ...]:
        """The names above a column, outermost first, each once."""
        names: dict[Place, str] = {}
        for level, row in enumerate(self.header):
            place = grid.first(row, column)
            text = grid.at(*place).text.strip()
            if not text and level < len(self.header) - 1:
                place, text = _to_the_left(grid, row, column)
            if text and not row_kinds.is_index(text):
                names[place] = text
        return tuple(names.values())


@dataclass
class Blocks:
    """The blocks of a grid, and what stands above, between and below them."""

    blocks: list[Block] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    statements: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _to_the_left(grid: Grid, row: int, column: int) -> tuple[Place, str]:
    """The name of a group that stands over its first column only."""
    for left in range(column - 1, 0, -1):
        if text := grid.at(row, left).text.strip():
            return grid.first(row, left), text
    return (row, column), ""


def blocks_of(grid: Grid) -> Blocks:
    """Reads a grid from top to bottom."""
    blocks = Blocks()
    block, before = Block(), ""
    context: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()  # a heading with no row below it so far
    named = headers(grid)
    for row in range(1, _last_row(grid, named) + 1):
        texts = texts_of(grid, row)
        blocks.statements += filed_of(grid, row)
        words = [text for _place, text in texts]
        if row in named:
            if block.body or block.pairs:
                _close(grid, blocks, block)
                block, context, before = Block(), ahead, ""
            if not all(map(row_kinds.is_index, words)):
                block.header.append(row)
        elif _is_said(grid, row, words, blocks, bool(block.header or block.pairs)):
            continue
        elif not words and not _has_cells(grid, row):
            _close(grid, blocks, block)
            block, context, before = Block(), (), ""
        elif len(texts) == 1 and covers(grid, texts[0][0], row):
            context, before = (words[0],), ""
            ahead = context
        else:
            ahead = ()
            _take(grid, block, row, words, context, before)
            own = next((word for word in words if not row_kinds.is_index(word)), "")
            if row_kinds.is_chapter(own):
                context, before = (own,), ""
            elif own and not _PART.match(own) and not own[0].isspace():
                before = own
    _close(grid, blocks, block)
    return blocks


def _last_row(grid: Grid, named: set[int]) -> int:
    """The last row with a text; below a header also those that are only to be filled."""
    row = grid.rows
    if row in named:
        while row < grid.rows + _MOST_EMPTY and _has_cells(grid, row + 1):
            row += 1
    return row


def _has_cells(grid: Grid, row: int) -> bool:
    return any((row, column) in grid.cells for column in range(1, grid.columns + 1))


def _is_said(grid: Grid, row: int, words: list[str], blocks: Blocks, in_table: bool) -> bool:
    """Takes a row that is title, statement, note or signature; False for one of a table."""
    if not words:
        return False
    if all(row_kinds.is_note(word) for word in words[:1]) and len(words) == 1:
        blocks.notes.append(words[0])
        return True
    statements = statements_of(grid, row)
    if statements and is_all_said(words, statements):
        blocks.statements += statements
        return True
    is_first = not blocks.blocks and not in_table
    if len(words) == 1 and is_first and row_kinds.is_signed(words[0]):
        return True
    if row_kinds.is_section(words[0]):
        return False
    if len(words) == 1 and is_first and (row_kinds.is_title(words[0]) or _alone(grid, row)):
        blocks.titles.append(words[0])
        return True
    return False


def _alone(grid: Grid, row: int) -> bool:
    """Whether the one text of a row stands beside no empty cell."""
    ((place, text),) = texts_of(grid, row)
    return covers(grid, place, row) or (
        not row_kinds.is_signature(text)
        and not any((row, column) in grid.cells for column in range(2, grid.columns + 2))
    )


def _take(
    grid: Grid, block: Block, row: int, words: list[str], context: tuple[str, ...], before: str
) -> None:
    """Adds a row to a block: under a header as it is, else every name with its empty cell."""
    own = next((word for word in words if not row_kinds.is_index(word)), "")
    is_part = bool(own) and (_PART.match(own) is not None or own[0].isspace())
    above = before if is_part else ""
    if context and not row_kinds.is_within(context[-1], own):
        context = ()
    signed = any(map(row_kinds.is_signature, words))
    if block.header and not (signed and _is_footer(grid, row)):
        block.body.append(Row(row, context, above))
        return
    names: list[str] = []
    group: list[str] = []  # merged over rows, a name is over all pairs to its right
    column = 1
    while column <= grid.columns + 1:
        cell, place = grid.at(row, column), grid.first(row, column)
        beyond = column > grid.columns and place not in grid.cells
        if cell.text.strip():
            names.append(cell.text.strip())
            if grid.last(*place)[0] > place[0] and not row_kinds.is_index(cell.text):
                group = names[-1:]
        elif names and cell.kind in ("empty", "formula") and not beyond:
            if place[0] == row:
                labels, unit = _named(names)
                if group and len(labels) == 1 and labels[0] != group[0]:
                    labels = (*group, *labels)
                if labels:
                    to = grid.last(row, column - 1)[0]
                    alone = not _has_next(grid, place)
                    block.pairs.append(Pair(place, labels, unit, context, above, to, alone))
            names = []
        else:
            names = []
        column = grid.last(row, column)[1] + 1


def _has_next(grid: Grid, place: Place) -> bool:
    """Whether the cell at the right is to be filled too, of several that a row above names."""
    row, column = place[0], grid.last(*place)[1] + 1
    beside = grid.first(row, column)
    if beside not in grid.cells or grid.at(*beside).kind not in ("empty", "formula"):
        return False
    return any(
        grid.at(above, column).text.strip() and not is_heading(grid, above)
        for above in range(1, row)
    )


def _is_footer(grid: Grid, row: int) -> bool:
    """Whether a row with a signature in it is no row of the table above."""
    texts = texts_of(grid, row)
    return all(row_kinds.is_signature(text) or row_kinds.is_index(text) for _place, text in texts)


def _named(names: list[str]) -> tuple[tuple[str, ...], str]:
    """The names before an empty cell without statements among them, and the unit."""
    kept: list[str] = []
    skip = False
    for name, following in zip(names, [*names[1:], ""], strict=True):
        if skip:
            skip = False
        elif row_kinds.is_key(name) and following:
            skip = True
        elif not row_kinds.is_index(name):
            kept.append(name)
    is_unit = len(kept) > 1 and len(kept[-1]) <= 3 and not _COUNTS.search(kept[-1])
    if is_unit and not row_kinds.is_signature(kept[-1]):
        return tuple(kept[-3:-1]), kept[-1]
    return tuple(kept[-2:]), ""


def _close(grid: Grid, blocks: Blocks, block: Block) -> None:
    """Finishes a block: which of its columns are names, which are values."""
    if block.header and block.body:
        _find_panels(grid, block)
        blocks.blocks.append(block)
    elif block.pairs:
        blocks.blocks.append(block)


def _find_panels(grid: Grid, block: Block) -> None:
    named = {column for row in block.header for column in columns_of(grid, row)}
    columns = sorted(named.difference(*(gaps(grid, row) for row in block.header)))
    rows = [row.number for row in block.body]
    labels: list[int] = []
    units: list[int] = []
    values: list[int] = []
    numbered = False
    panels: list[Panel] = []
    for column in columns:
        header = block.header_of(grid, column)
        name = header[-1] if header else ""
        texts = sum(is_name(grid, row, column) for row in rows)
        if row_kinds.is_definition(name) or (row_kinds.is_remark(name) and texts):
            block.definitions.append(column)
            continue
        # 单位 without names before it is who reports, and not in which unit.
        is_unit = row_kinds.is_unit_column(name) and bool(labels or values)
        if is_unit and values and not units:  # behind the numbers: 数量, 单位
            units.append(column)
            continue
        names_rows = row_kinds.is_serial(name) or is_unit or 2 * texts > len(rows)
        if names_rows and values:
            panels.append(Panel(tuple(labels), tuple(units), tuple(values), numbered))
            labels, units, values, numbered = [], [], [], False
        if row_kinds.is_serial(name):
            numbered = True
        elif is_unit:
            units.append(column)
        elif names_rows or (not values and not labels and row_kinds.is_label_column(name)):
            labels.append(column)
        else:
            values.append(column)
    panels.append(Panel(tuple(labels), tuple(units), tuple(values), numbered))
    block.panels = [panel for panel in panels if panel.values]
