"""Finds the tables of a sheet: header, data rows, and the rest set aside with its reason."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

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
from lingti.ingest.layout.header import Header, find_header
from lingti.ingest.layout.printed_form import is_form
from lingti.ingest.reading.sheet_tables import Cell, Column, SetAside, SetAsideColumn, Table

_MAX_TABLES = 50
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
    if is_form(grid):
        rows = [SetAside(grid.numbers[at], "form") for at in range(grid.height)]
        rows = [row for at, row in enumerate(rows) if not grid.is_blank(at)]
        return Table(sheet, sheet_number, "", [], [], [], [], rows)
    grids, beside = _side_by_side(grid)
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


def _side_by_side(grid: Grid) -> tuple[list[Grid], list[SetAsideColumn]]:
    """Cuts the sheet at empty columns where these part tables; finds legends beside a table."""
    filled = [c for c in range(grid.width) if any(cell is not None for cell in grid.columns[c])]
    runs: list[list[int]] = []
    for column in filled:
        if runs and column == runs[-1][-1] + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    if len(runs) < 2:
        return _halves(grid.part(filled, 0, grid.height)), []
    groups: list[list[int]] = [runs[0]]
    beside: list[SetAsideColumn] = []
    for run in runs[1:]:
        if _are_apart(grid, groups[-1], run):
            groups.append(run)
        elif _is_legend(grid, groups[-1], run):
            beside += [_legend(grid, column) for column in run]
        else:
            # The empty columns between stay: their numbers are those of the sheet.
            groups[-1] = groups[-1] + run
    parts = [half for group in groups for half in _halves(grid.part(group, 0, grid.height))]
    return parts, beside


def _halves(grid: Grid) -> list[Grid]:
    """Parts a table printed in two columns: 姓名 电话 姓名 电话."""
    header = find_header(grid, 0, grid.height)
    if header is None or len(header.names) != grid.width or grid.width < 4:
        return [grid]
    names = [header.names[c] for c in range(grid.width)]
    for size in range(2, grid.width // 2 + 1):
        if grid.width % size == 0 and names == names[:size] * (grid.width // size):
            starts = range(0, grid.width, size)
            return [grid.part(list(range(s, s + size)), 0, grid.height) for s in starts]
    return [grid]


def _is_legend(grid: Grid, left: list[int], right: list[int]) -> bool:
    """Whether columns to the right of a table only explain it: few words, no header."""
    body = grid.part(right, 0, grid.height)
    cells = [cell for column in body.columns for cell in column if cell is not None]
    table = find_header(grid.part(left, 0, grid.height), 0, grid.height)
    if table is None or len(cells) > max(12, grid.height // 5) or len(right) > 2:
        return False
    labels = [grid.columns[c][table.last] for c in right]
    named = [cell for cell in labels if is_label(cell) and is_usual_label(cell)]
    if len(named) == len(right):
        return False
    return not all(is_value(cell) for cell in cells)


def _legend(grid: Grid, column: int) -> SetAsideColumn:
    words = [str(cell) for cell in grid.columns[column] if cell is not None]
    return SetAsideColumn(grid.column_numbers[column], "legend", " ".join(words)[:200])


def _are_apart(grid: Grid, left: list[int], right: list[int]) -> bool:
    """Whether two groups of columns are tables of their own."""
    one, other = (grid.part(side, 0, grid.height) for side in (left, right))
    first, second = find_header(one, 0, one.height), find_header(other, 0, other.height)
    if first is None or second is None:
        return False
    if len(second.names) < 2 or len(first.names) < 2:
        return False
    if first.last != second.last or set(first.names.values()) & set(second.names.values()):
        return True
    above = [cell for at in range(second.first) for cell in other.row(at) if cell is not None]
    ends = [max(at for at in range(part.height) if not part.is_blank(at)) for part in (one, other)]
    return bool(above) or ends[0] != ends[1]


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
    found = find_header(grid, top, header.first) if header.first - top > 3 else None
    if found is None or len(found.names) < 2:
        return None
    below = range(found.last + 1, _with_title(grid, found.last, header.first))
    rows = [at for at in below if not grid.is_blank(at)]
    named = [[grid.columns[c][at] for at in rows] for c in found.names]
    is_full = all(None not in cells for cells in named)
    return (
        found if len(rows) > 1 and is_full and any(all(map(is_value, c)) for c in named) else None
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
        found = find_header(grid, at, min(at + 1 + 40, grid.height))
        if found is None or found.first != at:
            continue
        misfits = any(c in typed for c, _ in filled)
        if not _is_parted(grid, header, at, filled, misfits) or not _has_rows(grid, found):
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
    found = {at for at in after if grid.counts[at] > 1}
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
            found.update(at for at, cell in enumerate(column, start + 1) if cell in labels)
    return sorted(found)[:200]


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
    return Table(
        sheet=sheet,
        sheet_number=sheet_number,
        title=title,
        header_rows=[grid.numbers[at] for at in range(header.first, header.last + 1)]
        if header
        else [],
        columns=names,
        data=data,
        row_numbers=_numbers(grid, body.rows),
        set_aside=set_aside + _rows_aside(grid, body.set_aside),
        column_numbers=[grid.column_numbers[c] for c in kept],
        filled_down=[names[kept.index(c)] for c in body.filled_down if c in kept],
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
    return [SetAside(grid.numbers[at], why[at]) for at in sorted(why)]


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
        if not cells:
            continue
        texts += [" ".join(str(cell).split()) for cell in cells]
        why = "unit" if note_kind(cells) == "unit" else "note"
        if not titled and len(cells) == 1 and not (is_note(cells[0]) or is_captioned(cells[0])):
            why = "title"
        titled = titled or why == "title"
        rows.append(SetAside(grid.numbers[at], why))
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
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        fresh = name
        while seen[name] > 1 and fresh in taken:
            fresh = f"{name}_{seen[name]}"
            seen[name] += fresh in taken
        taken.add(fresh)
        found.append(fresh)
    return found
