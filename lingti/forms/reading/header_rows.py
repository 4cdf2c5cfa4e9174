"""Which rows of a grid name its columns, and what else rows say by themselves."""

from __future__ import annotations

import re

from lingti.forms.reading import row_kinds
from lingti.forms.reading.grid import Grid, Place


def headers(grid: Grid) -> set[int]:
    """The rows that name columns: no cell within them is empty, and cells below are."""
    full = [row for row in range(1, grid.rows + 1) if _is_full(grid, row)]
    header_rows: set[int] = set()
    for row in reversed(full):
        below = row + 1
        while below < grid.rows and (is_heading(grid, below) or _is_struck(grid, below)):
            below += 1
        if below in header_rows or _has_empty(grid, below, columns_of(grid, row)):
            header_rows.add(row)
    for row in range(1, grid.rows):
        if not {row, row + 1} & header_rows and _make_a_header(grid, row, row + 1):
            header_rows |= {row, row + 1}
    for row in sorted(header_rows):
        if row - 1 not in header_rows and row > 1 and _heads(grid, row - 1, row):
            header_rows.add(row - 1)
        if row + 1 not in header_rows and _parts(grid, row + 1, row):
            header_rows.add(row + 1)
    return header_rows


def is_heading(grid: Grid, row: int) -> bool:
    """Whether a row is one text over all columns, with nothing to be filled beside it."""
    texts = texts_of(grid, row)
    return len(texts) == 1 and covers(grid, texts[0][0], row)


def _is_struck(grid: Grid, row: int) -> bool:
    """Whether a row has a name, and dashes in all its other cells: a chapter of the table."""
    texts = [text for _place, text in texts_of(grid, row)]
    names = [text for text in texts if not row_kinds.is_index(text)]
    dashes = [text for text in texts if row_kinds.says_nothing(text)]
    return (
        len(names) - len(set(names) & set(dashes)) <= 1
        and bool(dashes)
        and not _has_empty(grid, row, columns_of(grid, row))
    )


def covers(grid: Grid, place: Place, row: int) -> bool:
    """Whether a text takes a whole row: nothing is left to be filled beside it."""
    first, last = place[1], grid.last(*place)[1]
    return last > first and not any(
        grid.at(row, column).kind in ("empty", "formula") and (row, column) in grid.cells
        for column in range(1, grid.columns + 2)
        if not first <= column <= last
    )


def _make_a_header(grid: Grid, row: int, below: int) -> bool:
    """Whether two rows name all columns only together: groups with gaps, and their parts."""
    upper, lower = columns_of(grid, row), columns_of(grid, below)
    if len(upper) < 3 or not lower or lower[0] <= upper[0] or not _heads(grid, row, below):
        return False
    texts = [place for line in (row, below) for place, _text in texts_of(grid, line)]
    named = all(is_name(grid, *place) for place in texts)
    return named and _has_empty(grid, below + 1, upper)


def _parts(grid: Grid, below: int, row: int) -> bool:
    """Whether a row below a header names parts of its columns: it has no name of its own."""
    columns = columns_of(grid, row)
    texts = [place for place, _text in texts_of(grid, below)]
    own = [column for column in columns if is_name(grid, below, column)]
    return bool(texts) and len(own) == len(texts) and columns[0] not in own


def columns_of(grid: Grid, row: int) -> list[int]:
    """The columns from the first text of a row to its last."""
    texts = [column for column in range(1, grid.columns + 1) if grid.at(row, column).text.strip()]
    return list(range(texts[0], texts[-1] + 1)) if texts else []


def gaps(grid: Grid, row: int) -> set[int]:
    """The empty columns between the headers of tables side by side, each with its 指标 or 序号."""
    columns = columns_of(grid, row)
    empty = {column for column in columns if not grid.at(row, column).text.strip()}
    if not empty:
        return empty
    firsts = columns[:1] + [column + 1 for column in empty if column + 1 not in empty]
    heads = [grid.at(row, column).text for column in firsts]
    is_split = len(heads) > 1 and all(
        row_kinds.is_label_column(head) or row_kinds.is_serial(head) for head in heads
    )
    return empty if is_split else set()


def _unheaded(grid: Grid, row: int) -> set[int]:
    """The columns of names behind 项目 that have no head of their own: 就业安置, 人次."""
    columns = columns_of(grid, row)
    if len(columns) < 3 or not row_kinds.is_label_column(grid.at(row, columns[0]).text):
        return set()
    empty = [column for column in columns if not grid.at(row, column).text.strip()]
    if empty != [columns[1]] or grid.first(row, columns[1]) != (row, columns[1]):
        return set()
    below = range(row + 1, min(row + 3, grid.rows) + 1)
    return set(empty) if all(is_name(grid, one, empty[0]) for one in below) else set()


def _is_full(grid: Grid, row: int) -> bool:
    between = gaps(grid, row) | _unheaded(grid, row)
    columns = [column for column in columns_of(grid, row) if column not in between]
    cells = [grid.at(row, column) for column in columns]
    first = {grid.first(row, column) for column in columns}
    own = [text for _place, text in texts_of(grid, row)]
    named = all(cell.kind == "text" or _is_year(cell.text) for cell in cells)
    if len(first) < 2 or not own or not (named or all(map(row_kinds.is_index, own))):
        return False
    if _is_under_wider(grid, row, columns[-1]):
        return False
    if any(row_kinds.says_nothing(cell.text) for cell in cells):
        return False
    statements = statements_of(grid, row)
    if statements and is_all_said(own, statements):
        return False
    return not any(row_kinds.is_signature(text) and ":" in row_kinds.squeezed(text) for text in own)


def _is_under_wider(grid: Grid, row: int, last: int) -> bool:
    """Whether cells are left to be filled at the right, below names that reach further."""
    if _has_empty(
        grid, row, [c for c in range(last + 1, grid.columns + 1) if (row, c) in grid.cells]
    ):
        return True
    for above in range(row - 1, 0, -1):
        texts = texts_of(grid, above)
        if not texts:
            return False
        if len(texts) > 1 and not statements_of(grid, above):
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
    texts = texts_of(grid, above)
    if (
        len(texts) < 2
        or statements_of(grid, above)
        or any(row_kinds.is_signature(text) or row_kinds.statement(text) for _place, text in texts)
    ):
        return False
    between = gaps(grid, row)
    return all(
        grid.at(above, column).text.strip() or grid.at(row, column).text.strip()
        for column in range(texts[0][0][1], grid.columns + 1)
        if column not in between
    )


def texts_of(grid: Grid, row: int) -> list[tuple[Place, str]]:
    """The texts of a row with their first places; merged ones of rows above left out."""
    by_place: dict[Place, str] = {}
    for column in range(1, grid.columns + 1):
        place = grid.first(row, column)
        text = grid.at(*place).text.rstrip()
        if text.strip() and place[0] == row:
            by_place[place] = text
    return list(by_place.items())


def is_meta_text(text: str, statements: list[tuple[str, str]]) -> bool:
    plain = row_kinds.squeezed(text)
    return any(plain in (key, value, f"{key}:") for key, value in statements)


def is_all_said(words: list[str], statements: list[tuple[str, str]]) -> bool:
    """Whether the texts of a row only say who reports, of when, and who filled it in and when."""
    signed = [
        position
        for position, text in enumerate(words)
        if row_kinds.is_signature(text) or row_kinds.is_signature(text + "：")
    ]
    return all(
        row_kinds.is_key(text)
        or row_kinds.statement(text)
        or (position + 1 < len(words) and row_kinds.paired(text, words[position + 1]))
        or is_meta_text(text, statements)
        or position in signed
        or (position - 1 in signed and row_kinds.is_day(text))
        for position, text in enumerate(words)
    )


def statements_of(grid: Grid, row: int) -> list[tuple[str, str]]:
    """`填报单位：古桥社区` in one cell or in two."""
    statements = []
    texts = texts_of(grid, row)
    for position, (place, text) in enumerate(texts):
        if len(several := row_kinds.statements_in(text)) > 1:
            statements += several
        elif (key_and_value := row_kinds.statement(text)) and key_and_value[1]:
            statements.append(key_and_value)
        elif position + 1 < len(texts) and row_kinds.paired(text, texts[position + 1][1]):
            following, value = texts[position + 1]
            (row, column), below = grid.last(*place), grid.last(*following)[0]
            if following[1] == column + 1 and below == row and row_kinds.is_value(value):
                statements += filter(None, [row_kinds.paired(text, value)])
        else:
            statements += several
    if statements:  # a time beside 填报单位 says of when the form is
        values = {value for _key, value in statements}
        times = [row_kinds.squeezed(name) for _place, name in texts if row_kinds.is_time(name)]
        statements += [(row_kinds.PERIOD, time) for time in times if time not in values]
    return statements


def filed_of(grid: Grid, row: int) -> list[tuple[str, str]]:
    """When a row says that the form was filled in."""
    return [one for _place, text in texts_of(grid, row) if (one := row_kinds.filed(text))]


def is_name(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell holds a name: text that is no number, or a merged one above it."""
    cell = grid.at(row, column)
    return (
        cell.kind == "text"
        and not row_kinds.says_nothing(cell.text)
        and (re.fullmatch(r"[\d.,%]+", cell.text.strip()) is None)
    )
