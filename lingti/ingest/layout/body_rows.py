"""Sorts the rows under a header: data, or set aside with the reason; fills what is merged."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lingti.ingest.layout.cell_kinds import (
    TOTAL_MARKS,
    folded,
    is_captioned,
    is_day,
    is_example,
    is_footer,
    is_hint,
    is_in_brackets,
    is_note,
    is_remark,
    is_rule,
    is_section,
    is_sentence,
    is_signature,
    is_signer,
    is_unit,
    is_value,
    note_kind,
    opens_a_note,
    total_word,
)
from lingti.ingest.layout.fill_down import SERIAL, fill_down, is_nothing_of_its_own
from lingti.ingest.layout.grid import Grid, places
from lingti.ingest.layout.header import Header, label_text
from lingti.ingest.reading.sheet_tables import Cell

_HEADS = re.compile(r"(出勤|签到|到场|实到|应到|参加|参与)?人[数次]:?")
_TAIL = 60  # rows at the end among which remarks and signatures are looked for
_SAMPLE = 200


@dataclass
class Body:
    """Positions of the data rows, and of the others with the reason why they are none."""

    rows: list[int]
    set_aside: dict[int, str]
    filled_down: dict[int, list[int]] = field(default_factory=dict)  # rows per column


class _Rows:
    """The rows under a header while they are being sorted."""

    def __init__(self, grid: Grid, header: Header | None, first: int) -> None:
        self.grid, self.header, self.first = grid, header, first
        self.counts = counts = grid.counts
        self.last = grid.height - 1
        while self.last >= first and not counts[self.last]:
            self.last -= 1
        self.why: dict[int, str] = {}
        self.typed = [_is_typed(column, range(first, self.last + 1)) for column in grid.columns]
        self.usual = _usual_count(counts[first : self.last + 1])

    def filled(self, at: int) -> list[tuple[int, Cell]]:
        return [(c, cell) for c, cell in enumerate(self.grid.row(at)) if cell is not None]

    def left(self) -> Iterable[int]:
        """Rows not set aside yet."""
        return (at for at in range(self.first, self.last + 1) if at not in self.why)

    def sparse(self) -> list[int]:
        """Rows not set aside yet that have at most one cell."""
        rows = (at for at in self.grid.sparse if self.first <= at <= self.last)
        return [at for at in rows if at not in self.why]


def sort_rows(grid: Grid, header: Header | None, first: int) -> Body:
    """Sorts the rows from `first` on. Filling down changes the grid's columns."""
    rows = _Rows(grid, header, first)
    for at in rows.sparse():
        if not rows.counts[at] or (rows.usual > 1 and is_rule(rows.filled(at)[0][1])):
            rows.why[at] = "blank"
    if header is not None:
        _hints_under_header(rows, header)
        _repeated_headers(rows, header)
    _totals(rows)
    _remarks_at_end(rows)
    _sections(rows)
    if header is not None:
        _numbered_blanks(rows, header)
    data = list(rows.left()) if rows.why else list(range(first, rows.last + 1))
    names = header.names if header else {}
    return Body(data, rows.why, fill_down(grid, names, data, rows.last))


def _is_typed(cells: list[Cell], rows: range) -> bool:
    """Whether a column mostly holds values (numbers, dates) rather than words in these rows."""
    step = max(1, len(rows) // _SAMPLE)
    sample = [cells[at] for at in rows[::step] if cells[at] is not None]
    return bool(sample) and sum(map(is_value, sample)) * 2 > len(sample)


def _usual_count(counts: list[int]) -> int:
    """The number of cells that a row usually has; lone cells are mostly remarks and blanks."""
    present = Counter(counts)
    del present[0]
    if len(present) > 1 and max(present) > 2:
        del present[1]
    left = present.total() // 2
    for count in sorted(present):
        left -= present[count]
        if left < 0:
            return count
    return 0


def _hints_under_header(rows: _Rows, header: Header) -> None:
    """Units, numbers of the columns and instructions in the first rows under the header."""
    for at in list(itertools.islice(rows.left(), 3)):
        filled = rows.filled(at)
        cells = [cell for _, cell in filled]
        more = rows.last > at
        if all(map(is_rule, cells)):
            rows.why[at] = "blank"
        elif all(is_unit(cell) for cell in cells) and len(cells) > 1:
            rows.why[at] = "unit"
        elif more and _numbers_columns(filled, len(header.names)) and not _goes_on(rows, at):
            rows.why[at] = "column_numbers"
        elif (
            is_example(cells[0])
            or (len(cells) > 1 and all(map(is_in_brackets, cells)))
            or sum(map(is_hint, cells)) * (2 if _fits(rows, filled) else 3) > len(cells)
            or (any(map(is_hint, cells)) and _is_misfit(rows, filled))
        ):
            rows.why[at] = "hint"
        else:
            break


def _numbers_columns(filled: list[tuple[int, Cell]], named: int) -> bool:
    """Whether a row counts the columns: 1 2 3 4, (1) (2), 甲 乙 1 2."""
    if len(filled) < 3 or len(filled) < named - 1:
        return False
    texts = [label_text(cell).strip("()（）") for _, cell in filled]
    while texts and texts[0] in "甲乙丙丁":
        texts.pop(0)
    return len(texts) > 1 and texts == [str(i + 1) for i in range(len(texts))]


def _goes_on(rows: _Rows, at: int) -> bool:
    """Whether the next row has a 2 under the 1: then they are numbers of rows."""
    column, cell = rows.filled(at)[0]
    below = rows.grid.columns[column][at + 1]
    return (label_text(cell), label_text(below)) == ("1", "2")


def _is_misfit(rows: _Rows, filled: list[tuple[int, Cell]]) -> bool:
    """Whether words stand in columns that otherwise hold values."""
    return any(rows.typed[column] and not is_value(cell) for column, cell in filled)


def _fits(rows: _Rows, filled: list[tuple[int, Cell]]) -> bool:
    """Whether a value stands in a column of values, as in a row of data."""
    return any(rows.typed[c] and is_value(cell) for c, cell in filled if not is_unit(cell))


def _repeated_headers(rows: _Rows, header: Header) -> None:
    """The header printed again on each page, with the title above it."""
    grid = rows.grid
    levels = [grid.row(at) for at in range(header.first, header.last + 1)]
    key = next((c for c, cell in enumerate(levels[-1]) if cell is not None), None)
    if key is None:
        return
    label = levels[-1][key]
    for at in places(grid.columns[key], label, rows.first):
        if grid.row(at) != levels[-1]:
            continue
        for back, level in enumerate(reversed(levels)):
            if grid.row(at - back) == level:
                rows.why[at - back] = "repeated_header"
        above = at - len(levels)
        while above >= rows.first and above not in rows.why and rows.counts[above] == 1:
            rows.why[above] = "footer" if is_footer(rows.filled(above)[0][1]) else "title"
            above -= 1


def _totals(rows: _Rows) -> None:
    """合计, 小计 and their like in the first words of a row, above, between or below."""
    grid = rows.grid
    named: list[int] = []  # rows with such a word at the end of a name, as 一期小计
    looked_at = [c for c in range(grid.width) if not rows.typed[c]][:4]
    for column in sorted({*looked_at, *range(min(2, grid.width))}):
        texts = grid.texts(column)
        joined = "\n".join(texts).lower()
        may_be = any(mark in joined for mark in TOTAL_MARKS)
        words = {
            cell: word
            for cell in (set(texts) if may_be else ())
            if len(cell) < 40 and (word := total_word(cell) or _heads(cell, column))
        }
        cells = grid.columns[column]
        for at in range(rows.first, rows.last + 1) if words else ():
            cell = cells[at]
            if cell not in words or at in rows.why:
                continue
            if words[cell] == "whole":
                rows.why[at] = "total"
            else:
                named.append(at)
    _named_totals(rows, named)
    for merge in grid.merges:
        if rows.why.get(merge.top) == "total" and merge.bottom > merge.top:
            spanned = range(merge.top + 1, min(merge.bottom, rows.last) + 1)
            rows.why.update((at, "total") for at in spanned if at not in rows.why)


def _heads(cell: str, column: int) -> str:
    """`whole` for a row of how many there were, at the left: 人数 below a list of who was there."""
    return "whole" if column < 2 and _HEADS.fullmatch(folded(cell)) else ""


def _named_totals(rows: _Rows, named: list[int]) -> None:
    """年终总计 may be the name of a thing: then its row is as full as the others."""
    if not named:
        return
    passed = set(named)
    others = list(itertools.islice((at for at in rows.left() if at not in passed), _SAMPLE))
    always = [c for c, cells in enumerate(rows.grid.columns) if _mostly_filled(cells, others)]
    for at in named:
        lacks = any(rows.grid.columns[c][at] is None for c in always)
        if lacks or rows.counts[at] < rows.usual or _adds_up(rows, at, passed):
            rows.why[at] = "total"


def _adds_up(rows: _Rows, at: int, named: set[int]) -> bool:
    """Whether a number of the row is the sum of those right above, right below, or of all."""
    for column in rows.grid.columns:
        total = _number(column[at])
        if not total:
            continue

        def amounts(places: Iterable[int], column: list[Cell] = column) -> list[float]:
            return [_number(column[i]) for i in places if i not in rows.why]

        def is_none(i: int) -> bool:
            return i in named or i in rows.why

        above = itertools.takewhile(lambda i: not is_none(i), range(at - 1, rows.first - 1, -1))
        below = itertools.takewhile(lambda i: not is_none(i), range(at + 1, rows.last + 1))
        everywhere = (i for i in range(rows.first, rows.last + 1) if i not in named)
        for others in (above, below, everywhere):
            parts = amounts(others)
            if len(parts) > 1 and abs(sum(parts) - total) < 1e-6 * abs(total):
                return True
    return False


def _number(cell: Cell) -> float:
    """A cell as a number; 0 for what is none."""
    if isinstance(cell, bool):
        return 0.0
    try:
        return float(cell.replace(",", "") if isinstance(cell, str) else cell)  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError):
        return 0.0


def _mostly_filled(cells: list[Cell], rows: list[int]) -> bool:
    return bool(rows) and sum(cells[at] is None for at in rows) * 20 <= len(rows)


def _remarks_at_end(rows: _Rows) -> None:
    """Notes, signatures and dates below the last data row; what may be data stays."""
    few = max(1, rows.grid.width // 3)
    pending: list[int] = []
    certain = False
    at_end = (at for at in range(rows.last, rows.first - 1, -1) if at not in rows.why)
    for at in itertools.islice(at_end, _TAIL):
        filled = rows.filled(at)
        cells = [cell for _, cell in filled]
        opening = cells[0]
        signed = _is_signed(rows, at, filled, few)
        lone_day = len(filled) == 1 and rows.usual > 2 and is_day(opening)  # under a signature
        evidence = not lone_day and _fits(rows, filled)
        if not signed and (len(filled) > few or evidence or _is_whole(rows, filled)):
            break
        pending.append(at)
        apart = at > rows.first and rows.why.get(at - 1) == "blank"
        lengthy = len(folded(opening)) > (6 if apart else 12) and rows.grid.width > 2
        lengthy = lengthy and not _is_usual_length(rows, filled[0])
        certain = certain or signed or _is_misfit(rows, filled) or lengthy
    if not certain:
        return
    for at in pending:
        rows.why[at] = note_kind([cell for _, cell in rows.filled(at)])


def _is_signed(rows: _Rows, at: int, filled: list[tuple[int, Cell]], few: int) -> bool:
    """Whether a row is a signature or a note by its words, rather than a row that speaks so."""
    cells = [cell for _, cell in filled]
    opening = cells[0]
    named = rows.header.names.get(filled[0][0], "") if rows.header else ""
    if SERIAL.fullmatch(named) and is_captioned(opening):
        return True  # 带队人： in the place of a number
    signers = sum(map(is_signer, cells))
    captions = signers + sum(is_footer(cell) or is_captioned(cell) for cell in cells)
    if not (is_remark(opening) or (is_signer(opening) and signers > 1)):
        return False
    if captions > 1 or is_signature(opening) or rows.grid.width == 1:
        return True
    if len(filled) > max(few, 0.7 * rows.grid.width) or _fits(rows, filled):
        return False
    speaks = is_sentence(opening) or is_captioned(opening)
    if speaks and not opens_a_note(opening):  # as the texts of its column may do
        apart = at > rows.first and rows.why.get(at - 1) == "blank"
        return len(filled) == 1 and (apart or not _speaks_so(rows, filled[0][0], at))
    return True


def _speaks_so(rows: _Rows, column: int, at: int) -> bool:
    """Whether the cells above are sentences or captioned too."""
    above = [cell for cell in rows.grid.columns[column][rows.first : at] if cell is not None]
    alike = sum(is_sentence(cell) or is_captioned(cell) for cell in above[-_SAMPLE:])
    return alike * 4 >= len(above[-_SAMPLE:]) > 0


def _is_usual_length(rows: _Rows, place: tuple[int, Cell]) -> bool:
    """Whether the texts of a column are as long as this one, so that length tells nothing."""
    column, cell = place
    above = rows.grid.columns[column][rows.first : rows.first + _SAMPLE]
    lengths = sorted(len(folded(one)) for one in above if isinstance(one, str))
    return bool(lengths) and len(folded(cell)) <= 2 * lengths[len(lengths) // 2]


def _is_whole(rows: _Rows, filled: list[tuple[int, Cell]]) -> bool:
    """Whether a row has as many cells as rows usually have."""
    return len(filled) >= rows.usual


def _sections(rows: _Rows) -> None:
    """Rows between data rows that only carry the name of a section."""
    if rows.usual < 3:
        return
    wide = {m.top for m in rows.grid.merges if m.width * 2 > rows.grid.width and m.width > 1}
    for at in rows.sparse():
        ((_, cell),) = rows.filled(at)
        if at in wide or is_section(cell):
            rows.why[at] = "note" if is_note(cell) else "section"


def _numbered_blanks(rows: _Rows, header: Header) -> None:
    """Printed rows that hold nothing but their number and zeros of formulas."""
    serial = next((c for c, name in header.names.items() if SERIAL.fullmatch(name)), None)
    if serial is None or len(header.names) < 3:
        return
    few = len(header.names) // 2 + 1
    for at in [at for at in rows.left() if rows.counts[at] <= few]:
        if rows.grid.columns[serial][at] is not None and all(
            c == serial or is_nothing_of_its_own(cell) for c, cell in rows.filled(at)
        ):
            rows.why[at] = "blank"
