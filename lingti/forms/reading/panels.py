"""The blocks of a grid: header, panels of names and values, rows; and names with a cell each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lingti.forms.reading import row_kinds
from lingti.forms.reading.grid import Grid, Place

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
    """An empty cell with its names at the left, outermost first, which reach `named_to` a row."""

    place: Place
    names: tuple[str, ...]
    unit: str
    context: tuple[str, ...]
    before: str
    named_to: int


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
        found: dict[Place, str] = {}
        for level, row in enumerate(self.header):
            place = grid.first(row, column)
            text = grid.at(*place).text.strip()
            if not text and level < len(self.header) - 1:
                place, text = _to_the_left(grid, row, column)
            if text and not row_kinds.is_index(text):
                found[place] = text
        return tuple(found.values())


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
    found = Blocks()
    block, before = Block(), ""
    context: tuple[str, ...] = ()
    headers = _headers(grid)
    for row in range(1, grid.rows + 1):
        texts = _texts(grid, row)
        words = [text for _place, text in texts]
        if row in headers:
            if block.body or block.pairs:
                _close(grid, found, block)
                block, context, before = Block(), (), ""
            if not all(map(row_kinds.is_index, words)):
                block.header.append(row)
        elif _is_said(grid, row, words, found, bool(block.header or block.pairs)):
            continue
        elif not words and not _has_cells(grid, row):
            _close(grid, found, block)
            block, context, before = Block(), (), ""
        elif len(texts) == 1 and _covers(grid, texts[0][0], row):
            context, before = (words[0],), ""
        else:
            _take(grid, block, row, words, context, before)
            own = next((one for one in words if not row_kinds.is_index(one)), "")
            if row_kinds.is_chapter(own):
                context, before = (own,), ""
            elif own and not _PART.match(own) and not own[0].isspace():
                before = own
    _close(grid, found, block)
    return found


def _texts(grid: Grid, row: int) -> list[tuple[Place, str]]:
    """The texts of a row with their first places; merged ones of rows above left out."""
    found: dict[Place, str] = {}
    for column in range(1, grid.columns + 1):
        place = grid.first(row, column)
        text = grid.at(*place).text.rstrip()
        if text.strip() and place[0] == row:
            found[place] = text
    return list(found.items())


def _has_cells(grid: Grid, row: int) -> bool:
    return any((row, column) in grid.cells for column in range(1, grid.columns + 1))


def _covers(grid: Grid, place: Place, row: int) -> bool:
    """Whether a text takes a whole row: nothing is left to be filled beside it."""
    first, last = place[1], grid.last(*place)[1]
    return last > first and not any(
        grid.at(row, column).kind in ("empty", "formula") and (row, column) in grid.cells
        for column in range(1, grid.columns + 2)
        if not first <= column <= last
    )


def _is_said(grid: Grid, row: int, words: list[str], found: Blocks, in_table: bool) -> bool:
    """Takes a row that is title, statement, note or signature; False for one of a table."""
    if not words:
        return False
    if all(row_kinds.is_note(one) for one in words[:1]) and len(words) == 1:
        found.notes.append(words[0])
        return True
    said = _statements(grid, row)
    if said and all(
        row_kinds.statement(one) or row_kinds.is_signature(one) or _is_meta_text(one, said)
        for one in words
    ):
        found.statements += said
        return True
    is_first = not found.blocks and not in_table
    if len(words) == 1 and is_first and (row_kinds.is_title(words[0]) or _alone(grid, row)):
        found.titles.append(words[0])
        return True
    return False


def _alone(grid: Grid, row: int) -> bool:
    """Whether the one text of a row stands beside no empty cell."""
    ((place, text),) = _texts(grid, row)
    return _covers(grid, place, row) or (
        not row_kinds.is_signature(text)
        and not any((row, column) in grid.cells for column in range(2, grid.columns + 2))
    )


def _is_meta_text(text: str, said: list[tuple[str, str]]) -> bool:
    plain = row_kinds.squeezed(text)
    return any(plain in (key, value, f"{key}:") for key, value in said)


def _statements(grid: Grid, row: int) -> list[tuple[str, str]]:
    """`填报单位：古桥社区` in one cell or in two."""
    found = []
    texts = _texts(grid, row)
    for position, (place, text) in enumerate(texts):
        if (one := row_kinds.statement(text)) and one[1]:
            found.append(one)
        elif row_kinds.is_key(text) and position + 1 < len(texts):
            following, value = texts[position + 1]
            if following[1] == grid.last(*place)[1] + 1 and row_kinds.is_value(value):
                key = row_kinds.squeezed(text).rstrip(":：")
                found.append((key, row_kinds.squeezed(value)))
        elif len(text.split()) > 1:  # several in one cell, with spaces between them
            parts = [said for part in text.split() if (said := row_kinds.statement(part))]
            found += [one for one in parts if one[1]]
    return found


def _headers(grid: Grid) -> set[int]:
    """The rows that name columns: no cell within them is empty, and cells below are."""
    full = [row for row in range(1, grid.rows + 1) if _is_full(grid, row)]
    found: set[int] = set()
    for row in reversed(full):
        below = row + 1
        if below in found or _has_empty(grid, below, _columns_of(grid, row)):
            found.add(row)
    for row in sorted(found):
        if row - 1 not in found and row > 1 and _heads(grid, row - 1, row):
            found.add(row - 1)
    return found


def _columns_of(grid: Grid, row: int) -> list[int]:
    texts = [column for column in range(1, grid.columns + 1) if grid.at(row, column).text.strip()]
    return list(range(texts[0], texts[-1] + 1)) if texts else []


def _is_full(grid: Grid, row: int) -> bool:
    columns = _columns_of(grid, row)
    cells = [grid.at(row, column) for column in columns]
    first = {grid.first(row, column) for column in columns}
    own = [text for _place, text in _texts(grid, row)]
    named = all(cell.kind == "text" or _is_year(cell.text) for cell in cells)
    if len(first) < 2 or not own or not (named or all(map(row_kinds.is_index, own))):
        return False
    if _is_under_wider(grid, row, columns[-1]):
        return False
    if any(row_kinds.says_nothing(cell.text) for cell in cells):
        return False
    said = _statements(grid, row)
    if said and all(
        row_kinds.is_key(one) or row_kinds.statement(one) or _is_meta_text(one, said) for one in own
    ):
        return False
    return not any(row_kinds.is_signature(one) and ":" in row_kinds.squeezed(one) for one in own)


def _is_under_wider(grid: Grid, row: int, last: int) -> bool:
    """Whether cells are left to be filled at the right, below names that reach further."""
    if _has_empty(
        grid, row, [c for c in range(last + 1, grid.columns + 1) if (row, c) in grid.cells]
    ):
        return True
    for above in range(row - 1, 0, -1):
        texts = _texts(grid, above)
        if not texts:
            return False
        if len(texts) > 1 and not _statements(grid, above):
            place = texts[-1][0]
            if grid.last(*place)[1] > last:
                return True
    return False


def _is_year(text: str) -> bool:
    return re.fullmatch(r"20\d\d", text.strip()) is not None


def _has_empty(grid: Grid, row: int, columns: list[int]) -> bool:
    return any(grid.at(row, column).kind in ("empty", "formula") for column in columns)


def _heads(grid: Grid, above: int, row: int) -> bool:
    """Whether a row with gaps names groups over a header: where it is empty, the header is not."""
    texts = _texts(grid, above)
    if (
        len(texts) < 2
        or _statements(grid, above)
        or any(row_kinds.is_signature(text) or row_kinds.statement(text) for _place, text in texts)
    ):
        return False
    return all(
        grid.at(above, column).text.strip() or grid.at(row, column).text.strip()
        for column in range(texts[0][0][1], grid.columns + 1)
    )


def _take(
    grid: Grid, block: Block, row: int, words: list[str], context: tuple[str, ...], before: str
) -> None:
    """Adds a row to a block: under a header as it is, else every name with its empty cell."""
    own = next((one for one in words if not row_kinds.is_index(one)), "")
    is_part = bool(own) and (_PART.match(own) is not None or own[0].isspace())
    above = before if is_part else ""
    if context and not row_kinds.is_within(context[-1], own):
        context = ()
    signed = any(map(row_kinds.is_signature, words))
    if block.header and not (signed and _is_footer(grid, row)):
        block.body.append(Row(row, context, above))
        return
    names: list[str] = []
    column = 1
    while column <= grid.columns + 1:
        cell, place = grid.at(row, column), grid.first(row, column)
        beyond = column > grid.columns and place not in grid.cells
        if cell.text.strip():
            names.append(cell.text.strip())
        elif names and cell.kind in ("empty", "formula") and not beyond:
            if place[0] == row:
                labels, unit = _named(names)
                if labels:
                    to = grid.last(row, column - 1)[0]
                    block.pairs.append(Pair(place, labels, unit, context, above, to))
            names = []
        else:
            names = []
        column = grid.last(row, column)[1] + 1


def _is_footer(grid: Grid, row: int) -> bool:
    """Whether a row with a signature in it is no row of the table above."""
    texts = _texts(grid, row)
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
    if len(kept) > 1 and len(kept[-1]) <= 3 and not row_kinds.is_signature(kept[-1]):
        return tuple(kept[-3:-1]), kept[-1]
    return tuple(kept[-2:]), ""


def _close(grid: Grid, found: Blocks, block: Block) -> None:
    """Finishes a block: which of its columns are names, which are values."""
    if block.header and block.body:
        _find_panels(grid, block)
        found.blocks.append(block)
    elif block.pairs:
        found.blocks.append(block)


def _find_panels(grid: Grid, block: Block) -> None:
    columns = sorted({column for row in block.header for column in _columns_of(grid, row)})
    rows = [row.number for row in block.body]
    labels: list[int] = []
    units: list[int] = []
    values: list[int] = []
    numbered = False
    panels: list[Panel] = []
    for column in columns:
        header = block.header_of(grid, column)
        name = header[-1] if header else ""
        texts = sum(_names(grid, row, column) for row in rows)
        if row_kinds.is_definition(name) or (row_kinds.is_remark(name) and texts):
            block.definitions.append(column)
            continue
        is_unit = row_kinds.is_unit_column(name)
        is_name = row_kinds.is_serial(name) or is_unit or 2 * texts > len(rows)
        if is_name and values:
            panels.append(Panel(tuple(labels), tuple(units), tuple(values), numbered))
            labels, units, values, numbered = [], [], [], False
        if row_kinds.is_serial(name):
            numbered = True
        elif is_unit:
            units.append(column)
        elif is_name or (not values and not labels and row_kinds.is_label_column(name)):
            labels.append(column)
        else:
            values.append(column)
    panels.append(Panel(tuple(labels), tuple(units), tuple(values), numbered))
    block.panels = [one for one in panels if one.values]


def _names(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell holds a name: text that is no number, or a merged one above it."""
    cell = grid.at(row, column)
    return (
        cell.kind == "text"
        and not row_kinds.says_nothing(cell.text)
        and (re.fullmatch(r"[\d.,%]+", cell.text.strip()) is None)
    )
