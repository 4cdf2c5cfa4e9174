"""Finds the tables of a sheet: header, data rows, and the rest set aside with its reason."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lingti.ingest.layout import merged_marks, sign_up_chain
from lingti.ingest.layout.body_rows import Body, sort_rows
from lingti.ingest.layout.cell_kinds import (
    ends_as_names_do,
    is_captioned,
    is_footer,
    is_label,
    is_note,
    is_usual_label,
    is_value,
    note_kind,
    total_word,
)
from lingti.ingest.layout.grid import Grid, filled_counts, places
from lingti.ingest.layout.header import Header, find_header, is_title_row
from lingti.ingest.layout.printed_form import is_form
from lingti.ingest.layout.side_by_side import side_by_side
from lingti.ingest.reading.sheet_tables import Cell, Column, SetAside, Table
from lingti.ingest.values.plain_text import written

_MAX_TABLES = 50
_SHOWN = 60  # characters of a cell set aside that are shown
_NEAR = 5_000  # rows around one that are searched for the same word
_WORDS = re.compile(r"^[^\d\n+-].*$", re.MULTILINE)  # cells that do not begin like a value


@dataclass(frozen=True)
class _Piece:
    """A rectangle of the sheet that holds one table."""

    grid: Grid
    header: Header | None


def lay_out(grid: Grid, sheet: str, sheet_number: int) -> Table:
    """The first table of a sheet, with the others under `other_tables`.

    A sheet without a table gives one without columns; its rows are set aside.
    """
    if not any(grid.counts):
        return Table(sheet, sheet_number, "", [], [], [], [])
    empty = next(at for at, count in enumerate(grid.counts) if count)
    if empty:
        grid = grid.part(list(range(grid.width)), empty, grid.height)
    if chain := sign_up_chain.table_of(grid, sheet, sheet_number):
        return chain
    if is_form(grid):
        rows = [_aside(grid, at, "form") for at in range(grid.height)]
        rows = [row for at, row in enumerate(rows) if not grid.is_blank(at)]
        return Table(sheet, sheet_number, "", [], [], [], [], rows)
    grids, beside = side_by_side(grid)
    pieces = [piece for part in grids for piece in _stacked(part)]
    tables = [_table(piece, sheet, sheet_number) for piece in pieces]
    real = [table for table in tables if table.columns] or tables[:1]
    first = real[0]
    for table in tables:
        if table not in real:
            first.set_aside.extend(table.set_aside)
    first.set_aside.sort(key=lambda row: row.row)
    first.other_tables = [table for table in real if table is not first]
    first.set_aside_columns = beside
    return first


def _stacked(grid: Grid) -> list[_Piece]:
    """Cuts a sheet at the headers of further tables below the first."""
    pieces: list[_Piece] = []
    above: list[_Piece] = []
    top = 0
    columns = list(range(grid.width))
    while top < grid.height and len(pieces) < _MAX_TABLES:
        header = find_header(grid, top, grid.height)
        bottom = _next_table(grid, header) if header else None
        if header and (small := _list_above(grid, top, header)):
            cut = _with_title(grid, small.last, header.first)
            names = Header(small.first - top, small.last - top, small.names, small.score)
            above.append(_Piece(grid.part(columns, top, cut), names))
            top = cut
        part = grid.part(columns, top, bottom or grid.height)
        if header:
            header = Header(header.first - top, header.last - top, header.names, header.score)
        pieces.append(_Piece(part, header))
        if bottom is None:
            break
        top = bottom
    return pieces + above


def _list_above(grid: Grid, top: int, header: Header) -> Header | None:
    """The header of a small list above a table, such as of prices; None where notes stand."""
    list_header = find_header(grid, top, header.first) if header.first - top > 3 else None
    if list_header is None or len(list_header.names) < 2:
        return None
    below = range(list_header.last + 1, _with_title(grid, list_header.last, header.first))
    rows = [at for at in below if not grid.is_blank(at)]
    named = [[grid.columns[c][at] for at in rows] for c in list_header.names]
    is_full = all(None not in cells for cells in named)
    return (
        list_header
        if len(rows) > 1 and is_full and any(all(map(is_value, c)) for c in named)
        else None
    )


def _next_table(grid: Grid, header: Header) -> int | None:
    """The row at which the next table begins, with its title; None where there is none."""
    own = grid.row(header.last)
    typed = _typed_columns(grid, header.last + 1)
    for at in _candidates(grid, header.last + 1, typed):
        row = grid.row(at)
        filled = [(c, cell) for c, cell in enumerate(row) if cell is not None]
        if len(filled) < 2 or row == own or not all(is_label(cell) for _, cell in filled):
            continue
        if any(total_word(cell) or is_footer(cell) for _, cell in filled[:2]):
            continue
        next_header = find_header(grid, at, min(at + 1 + 40, grid.height))
        if next_header is None or next_header.first != at:
            continue
        misfits = any(c in typed for c, _ in filled)
        if not _is_parted(grid, header, at, filled, misfits) or not _has_rows(grid, next_header):
            continue
        if misfits or _fits_no_row(grid, header, filled):
            return _with_title(grid, header.last + 1, at)
    return None


def _is_parted(
    grid: Grid, header: Header, at: int, filled: Sequence[tuple[int, Cell]], misfits: bool
) -> bool:
    """Whether a row of words begins something new; 不详 in a column of numbers is a wrong cell.

    Right below other rows every cell must be named as columns are, after a gap half of them; or
    words must stand among values, and below a title of their own or in other columns.
    """
    labels = [cell for c, cell in filled if not _recurs(grid.columns[c], header.last, at)]
    named = sum(map(ends_as_names_do, labels))
    if grid.counts[at - 1] > 1:
        return named == len(filled)
    title = _with_title(grid, header.last + 1, at)
    is_titled = title < at and (
        not grid.counts[title - 1] or any(m.top == title for m in grid.merges)
    )
    is_elsewhere = {c for c, _ in filled} != set(header.names)
    return named * 2 >= len(filled) or (misfits and (is_titled or is_elsewhere))


def _recurs(cells: list[Cell], last: int, at: int) -> bool:
    """Whether a cell stands in other rows of its column too, as words of data do."""
    before, after = cells[max(last + 1, at - _NEAR) : at], cells[at + 1 : at + _NEAR]
    return cells[at] in before or cells[at] in after


def _has_rows(grid: Grid, header: Header) -> bool:
    """Whether a row follows that fills most of the columns named."""
    after = range(header.last + 1, min(header.last + 6, grid.height))
    return any(
        sum(grid.columns[c][at] is not None for c in header.names) * 2 > len(header.names)
        for at in after
    )


def _typed_columns(grid: Grid, start: int) -> set[int]:
    """Columns that mostly hold values in the rows right below a header."""
    typed = set()
    for c, column in enumerate(grid.columns):
        cells = [cell for cell in itertools.islice(column, start, start + 60) if cell is not None]
        head = cells[: max(3, len(cells) // 2)]
        if head and sum(map(is_value, head)) * 2 > len(head):
            typed.add(c)
    return typed


def _candidates(grid: Grid, start: int, typed: set[int]) -> list[int]:
    """Rows where another header may stand: after a gap or a lone title, or words among values."""
    after = (at + 1 for at in grid.sparse if start <= at < grid.height - 1)
    header_rows = {at for at in after if grid.counts[at] > 1}
    for c in typed:
        if c in grid.coded and not _may_have_labels(grid, c, start + 1):
            continue
        column = grid.columns[c][start + 1 :]
        kinds = set(map(type, column))
        if str not in kinds:
            continue
        texts = [cell for cell in column if isinstance(cell, str)] if len(kinds) > 1 else column
        if "".join(texts).isdecimal():  # type: ignore[arg-type]  # text only, as seen by `kinds`
            continue
        words = _WORDS.findall("\n".join(texts))  # type: ignore[arg-type]  # the same
        if labels := set(filter(is_label, words[:2_000])):
            header_rows.update(at for at, cell in enumerate(column, start + 1) if cell in labels)
    return sorted(header_rows)[:200]


def _may_have_labels(grid: Grid, column: int, start: int) -> bool:
    """Whether words that may name a column can stand in a coded one from a row on."""
    texts = grid.texts(column)
    if len(texts) > _NEAR:
        return True  # too many to look at each
    words = set(filter(is_label, _WORDS.findall("\n".join(texts))))
    cells = grid.columns[column]
    return any(next(places(cells, word, start), None) is not None for word in words)


def _fits_no_row(grid: Grid, header: Header, filled: Sequence[tuple[int, Cell]]) -> bool:
    """Whether the cells differ from the kind of row above: other columns, or known names."""
    columns = {c for c, _ in filled}
    return columns != set(header.names) or all(is_usual_label(cell) for _, cell in filled)


def _with_title(grid: Grid, start: int, at: int) -> int:
    """Moves up from a header over its title rows."""
    top = at
    while top - 1 > start:
        cells = [cell for cell in grid.row(top - 1) if cell is not None]
        if len(cells) != 1 or is_value(cells[0]) or is_footer(cells[0]) or total_word(cells[0]):
            break
        top -= 1
    return top


def _table(piece: _Piece, sheet: str, sheet_number: int) -> Table:
    grid, header = piece.grid, piece.header
    first = header.last + 1 if header else _first_full_row(grid)
    above = range(header.first if header else first)
    title, set_aside = _title_rows(grid, above)
    if first >= grid.height and header is None:
        return Table(sheet, sheet_number, title, [], [], [], [], set_aside)
    body = sort_rows(grid, header, first)
    is_prose = grid.width == 1 and any(why != "blank" for why in body.set_aside.values())
    if not body.rows and (header is None or is_prose):
        set_aside += _rows_aside(grid, body.set_aside)
        return Table(sheet, sheet_number, title, [], [], [], [], set_aside)
    kept = _columns_with_data(grid, header, body.rows)
    names = _unique([_name(grid, header, column) for column in kept])
    data = [_column(grid, c, body) for c in kept]
    marks = merged_marks.find(grid, body.rows)
    numbers = _numbers(grid, body.rows)
    own = [grid.column_numbers[c] for c in kept]
    return Table(
        sheet=sheet,
        sheet_number=sheet_number,
        title=title,
        header_rows=[grid.numbers[at] for at in range(header.first, header.last + 1)]
        if header
        else [],
        columns=names,
        data=data,
        row_numbers=numbers,
        set_aside=set_aside + _rows_aside(grid, body.set_aside),
        column_numbers=own,
        filled_down={
            names[kept.index(c)]: [grid.numbers[at] for at in rows]
            for c, rows in body.filled_down.items()
            if c in kept
        },
        merged=marks,
        merged_rows=merged_marks.rows_with_ticks(marks, numbers, own),
    )


def _column(grid: Grid, column: int, body: Body) -> Column:
    """The data rows of a column; coded where it is, unless cells were filled down."""
    rows, cells, coded = body.rows, grid.columns[column], grid.coded.get(column)
    whole = rows and rows[-1] - rows[0] == len(rows) - 1
    if coded and column not in body.filled_down:
        part = coded.part(rows[0], rows[-1] + 1) if whole else coded.rows(rows)
        return Column.of_codes(part)
    if whole:
        return Column(cells[rows[0] : rows[-1] + 1])
    return Column(list(map(cells.__getitem__, rows)))


def _rows_aside(grid: Grid, why: dict[int, str]) -> list[SetAside]:
    return [_aside(grid, at, why[at]) for at in sorted(why)]


def _aside(grid: Grid, at: int, why: str) -> SetAside:
    """A row set aside, with its cells so that people see what it is."""
    if why == "blank":
        return SetAside(grid.numbers[at], why)
    cells = zip(grid.column_numbers, grid.row(at), strict=True)
    shown = tuple((c, written(cell)[:_SHOWN]) for c, cell in cells if cell is not None)
    return SetAside(grid.numbers[at], why, shown)


def _numbers(grid: Grid, rows: list[int]) -> range | list[int]:
    """The spreadsheet's row numbers: a range where they follow one another."""
    if rows and rows[-1] - rows[0] == len(rows) - 1 and isinstance(grid.numbers, range):
        return grid.numbers[rows[0] : rows[-1] + 1]
    numbers = [grid.numbers[at] for at in rows]
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        return range(numbers[0], numbers[-1] + 1)
    return numbers


def _first_full_row(grid: Grid) -> int:
    """Where data begins in a sheet without a header: after titles and notes."""
    counts = filled_counts(grid)
    usual = sorted(n for n in counts if n)[len([n for n in counts if n]) // 2] if any(counts) else 0
    if usual < 2:
        lines = [cell for cell in grid.columns[0] if cell is not None] if grid.width else []
        values = sum(map(is_value, lines))
        return 0 if grid.width == 1 and values * 2 > len(lines) else grid.height
    for at, count in enumerate(counts):
        row = grid.row(at)
        opening = next((cell for cell in row if cell is not None), None)
        if count * 2 > usual and not is_note(opening) and not is_captioned(opening):
            return at
    return grid.height


def _title_rows(grid: Grid, above: range) -> tuple[str, list[SetAside]]:
    """The text above a header, and its rows."""
    texts: list[str] = []
    rows = []
    titled = False
    for at in above:
        cells = [cell for cell in grid.row(at) if cell is not None]
        cells = cells[:1] if len(set(cells)) == 1 else cells  # a title in each cell
        if not cells:
            continue
        texts += [" ".join(str(cell).split()) for cell in cells]
        why = "unit" if note_kind(cells) == "unit" else "note"
        lone = len(cells) == 1 or is_title_row(cells)
        if not titled and lone and not (is_note(cells[0]) or is_captioned(cells[0])):
            why = "title"
        titled = titled or why == "title"
        rows.append(_aside(grid, at, why))
    return " ".join(texts), rows


def _columns_with_data(grid: Grid, header: Header | None, rows: list[int]) -> list[int]:
    """Columns with a name or with a cell in a data row."""
    named = header.names if header else {}
    return [
        c
        for c in range(grid.width)
        if c in named or any(grid.columns[c][at] is not None for at in rows)
    ]


def _name(grid: Grid, header: Header | None, column: int) -> str:
    given = header.names.get(column) if header else None
    return given or f"列{grid.column_numbers[column]}"


def _unique(names: list[str]) -> list[str]:
    """The names, the second 备注 as 备注_2."""
    taken = set(names)
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        fresh = name
        while seen[name] > 1 and fresh in taken:
            fresh = f"{name}_{seen[name]}"
            seen[name] += fresh in taken
        taken.add(fresh)
        unique.append(fresh)
    return unique
