"""Finds the header of a table: one to four rows that name its columns."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from lingti.ingest.layout.cell_kinds import (
    ends_as_names_do,
    is_captioned,
    is_day,
    is_footer,
    is_hint,
    is_in_brackets,
    is_label,
    is_note,
    is_period,
    is_title,
    is_usual_label,
    is_value,
    total_word,
)
from lingti.ingest.layout.grid import Grid
from lingti.ingest.reading.sheet_tables import Cell

MAX_LEVELS = 4
_LOOK_AT = 40  # rows in which a header must end, and rows under it that are looked at
_FARTHEST = 400  # the same where long instructions stand above, a line in each row
_MANY_DAYS = 5  # side by side, which no row of data has
_ENOUGH = 2.3  # the score from which on a row of labels is a header


@dataclass(frozen=True)
class Header:
    """Rows `first` to `last` of a grid, and the name of each column that has one."""

    first: int
    last: int
    names: dict[int, str]
    score: float


def find_header(grid: Grid, start: int, stop: int) -> Header | None:
    """The best header that begins within the first rows from `start`; None if there is none."""
    best: Header | None = None
    seen_full = passed = 0
    for at in _places(grid, start, stop):
        row = grid.row(at)
        if at > start and _only_explains(grid, at):
            continue
        if not _may_name_columns(row) and not (at > start and _completes(grid, at)):
            passed += best is not None and best.score >= _ENOUGH and any(map(is_value, row))
            if best and passed >= (1 if len(best.names) > 2 else 3):
                break  # its data has begun; what follows is a table below
            continue
        first, names = _with_upper_levels(grid, at, start)
        if len(set(names.values())) < min(2, grid.width):
            continue
        score = _score(grid, first, at, stop, names, start)
        if best is None or score > best.score:
            best = Header(first, at, names, score)
        seen_full += len(names) >= max(2, 0.7 * grid.width)
        if seen_full > 8:
            break
    return best if best and best.score >= _ENOUGH else None


def _places(grid: Grid, start: int, stop: int) -> Iterator[int]:
    """Rows in which a header may end; lines of instructions above it do not count."""
    looked_at = 0
    for at in range(start, min(start + _FARTHEST, stop)):
        if looked_at == _LOOK_AT:
            return
        looked_at += grid.width == 1 or grid.counts[at] != 1
        yield at


def _only_explains(grid: Grid, at: int) -> bool:
    """Whether all cells stand in brackets under a row that names the columns."""
    cells = [cell for cell in grid.row(at) if cell is not None]
    hanging = any(m.top < at <= m.bottom for m in grid.merges)
    return bool(cells) and not hanging and all(map(is_in_brackets, cells))


def _may_name_columns(row: list[Cell]) -> bool:
    filled = [cell for cell in row if cell is not None]
    if not filled:
        return False
    others = [cell for cell in filled if not is_label(cell)]
    named = sum(map(ends_as_names_do, filled))
    colons = [cell for cell in others if isinstance(cell, str) and is_label(cell.rstrip(" :："))]
    if len(colons) * 3 <= len(filled):
        others = [cell for cell in others if cell not in colons]
    if len(others) == 1 and named >= 3 and named * 4 >= 3 * (len(filled) - 1):
        others = [cell for cell in others if not is_value(cell)]  # one odd number
    if _are_days_across(filled, others):
        return True
    if len(filled) >= 4 * len(others) and not any(map(is_value, others)):
        others = [cell for cell in others if is_captioned(cell) or is_note(cell)]  # long questions
    if any(is_captioned(cell) or is_note(cell) for cell in others if isinstance(cell, str)):
        return False
    if others == filled[:1] == [0] and len(filled) > 3:
        return True  # what a program wrote over its column of row numbers
    if others and not _is_series(others):
        return False
    return len(others) < len(filled)


def _are_days_across(filled: Sequence[Cell], others: Sequence[Cell]) -> bool:
    """Whether days out of step, each later than the last, stand side by side among names."""
    days = [day for cell in others if (day := _day(cell))]
    if not len(days) == len(others) > 2:
        return False
    first = next(place for place, cell in enumerate(filled) if cell is others[0])
    together = list(filled[first : first + len(others)]) == list(others)
    names = [*filled[:first], *filled[first + len(others) :]]
    later = all(a < b for a, b in itertools.pairwise(days)) or len(days) >= _MANY_DAYS
    return together and later and bool(names) and all(map(ends_as_names_do, names))


def _completes(grid: Grid, at: int) -> bool:
    """Whether a row of years or days alone fills the gaps under the labels of the row above."""
    above, row = grid.row(at - 1), grid.row(at)
    hanging = any(m.top < at <= m.bottom for m in grid.merges)
    hanging = hanging or any(is_label(a) and c is None for a, c in zip(above, row, strict=True))
    return hanging and _may_name_columns(above) and _is_series([c for c in row if c is not None])


def _is_series(cells: Sequence[Cell]) -> bool:
    """Whether the cells are years, months or days one after the other, as over a wide table."""
    if len(cells) < 2:
        return False
    steps: set[float]
    if all(is_period(cell) for cell in cells if isinstance(cell, str)) and all(
        isinstance(cell, str) for cell in cells
    ):
        return True
    if days := [day for cell in cells if (day := _day(cell))]:
        steps = {(b - a).days for a, b in itertools.pairwise(days)}
        return len(days) == len(cells) > 2 and len(steps) == 1 and steps <= {1, 7, -1, -7}
    try:
        numbers = [float(cell) for cell in cells]  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError):
        return False
    steps = {b - a for a, b in itertools.pairwise(numbers)}
    return (len(numbers) > 2 and steps in ({1.0}, {-1.0})) or (
        all(1900 <= n <= 2100 for n in numbers) and len(set(numbers)) == len(numbers)
    )


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", str(cell))
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


@lru_cache(maxsize=1 << 15, typed=True)
def label_text(cell: Cell) -> str:
    """A header cell as a name: no line breaks, no blanks between Chinese characters."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = re.sub(r"\s+", " ", str(cell)).strip(" ：:")
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)


def _with_upper_levels(grid: Grid, at: int, start: int) -> tuple[int, dict[int, str]]:
    """The first row of the header that ends in row `at`, and the joined names."""
    first = at
    while first > start and at - first + 1 < MAX_LEVELS and _is_upper_level(grid, first - 1, at):
        first -= 1
    levels = [_spread(grid, row, at, first) for row in range(first, at + 1)]
    names = {}
    for column in range(grid.width):
        parts: list[str] = []
        for level in levels:
            text = level.get(column, "")
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        if parts:
            names[column] = "·".join(parts)
    return first, names


def _spread(grid: Grid, at: int, last: int, first: int) -> dict[int, str]:
    """The labels of one header row by column, spread over their merged or following columns."""
    labels = {c: label_text(cell) for c, cell in enumerate(grid.row(at)) if cell is not None}
    own = dict(labels)
    merged = False
    for merge in grid.merges:
        top_left = grid.columns[merge.left][merge.top]
        if first <= merge.top <= at <= merge.bottom and top_left is not None:
            merged = merged or (merge.width > 1 and merge.bottom < last)
            for column in range(merge.left, merge.right + 1):
                labels[column] = label_text(top_left)
    if at < last and not merged:
        anchor = -1
        for column in range(grid.width):
            if column in own:
                anchor = column
            elif (
                column not in labels
                and column - 1 in labels
                and _named_below(grid, column, at, last)
                and _named_below(grid, anchor, at, last)
            ):
                labels[column] = labels[column - 1]
    return labels


def _named_below(grid: Grid, column: int, at: int, last: int) -> bool:
    return any(grid.columns[column][row] is not None for row in range(at + 1, last + 1))


def _is_upper_level(grid: Grid, at: int, last: int) -> bool:
    """Whether row `at` groups the columns named in the rows below it, up to `last`."""
    row = grid.row(at)
    filled = [c for c, cell in enumerate(row) if cell is not None]
    if not filled or not _may_name_columns(row) or is_title_row([row[c] for c in filled]):
        return False
    wide = {m.left: m for m in grid.merges if m.top <= at <= m.bottom}
    if any(m.width >= grid.width and grid.width > 1 for m in wide.values()):
        return False  # a title
    if any(at < m.bottom <= last for m in wide.values()):
        return True  # a label that spans both rows
    if len(filled) == 1 and filled[0] == 0 and 0 in wide:
        return False  # a title that is merged over some of the columns only
    below = {c for c in range(grid.width) if _named_below(grid, c, at, last)}
    groups = singles = 0
    for column in filled:
        if column not in below:
            continue
        if wide:
            is_group = column in wide and wide[column].width > 1
        else:
            is_group = column + 1 in below and column + 1 < grid.width and row[column + 1] is None
        groups += is_group
        singles += not is_group
    if wide:
        return groups > singles or (groups == singles > 0 and len(below) < grid.width)
    # Without merged cells: each label above stands over blanks, or has nothing below it.
    complete = len(below | set(filled)) >= 0.9 * grid.width
    return groups > singles and complete and len(filled) > 1


def is_title_row(cells: Sequence[Cell]) -> bool:
    """Whether a title stands first, and beside it no more than the time it is of."""
    return is_title(cells[0]) and all(is_period(cell) or is_day(cell) for cell in cells[1:])


def _score(
    grid: Grid, first: int, last: int, stop: int, names: dict[int, str], start: int
) -> float:
    body = _sample(grid, last + 1, stop)
    if not body and grid.width == 1:
        return 0.0  # a line of text
    usual = sum(map(is_usual_label, names.values())) / len(names)
    full_above = sum(
        sum(cell is not None for cell in grid.row(row)) >= max(2, 0.7 * len(names))
        and _may_name_columns(grid.row(row))
        for row in range(start, first)
    )
    crossing = any(
        first <= m.top <= last < m.bottom and grid.columns[m.left][m.top] is not None
        for m in grid.merges
    )
    score = 1.2 * usual - 0.4 * full_above - 2 * crossing
    if not body:
        return score + 2 + min(len(names), grid.width) / max(grid.width, 1)
    return score + _score_over(body, names)


def _sample(grid: Grid, start: int, stop: int) -> list[list[Cell]]:
    """The first rows under a header that are neither empty nor remarks."""
    sample: list[list[Cell]] = []
    for at in range(start, min(start + 2 * _LOOK_AT, stop)):
        row = grid.row(at)
        filled = [cell for cell in row if cell is not None]
        if not filled and sample:
            break  # after a gap there may be another table
        if not filled or is_note(filled[0]) or is_footer(filled[0]) or total_word(filled[0]):
            continue
        if sum(map(is_hint, filled)) * 3 >= len(filled):
            continue
        sample.append(row)
        if len(sample) >= _LOOK_AT:
            break
    return sample


def _score_over(body: list[list[Cell]], names: dict[int, str]) -> float:
    """How well the rows under the labels look like rows, and unlike labels."""
    weights, covered, contrast, consistent = 0, 0, 0.0, 0.0
    repeated = 0
    for column in range(len(body[0])):
        cells = [row[column] for row in body if row[column] is not None]
        weights += len(cells)
        if not cells or column not in names:
            continue
        covered += len(cells)
        values = sum(map(is_value, cells))
        contrast += len(cells) * (values * 2 > len(cells))
        consistent += max(values, len(cells) - values)
        repeated += any(
            isinstance(cell, str) and label_text(cell) == names[column].rsplit("·")[-1]
            for cell in cells
        )
    if not weights:
        return 0.0
    first = [cell for cell in body[0] if cell is not None]
    like_labels = sum(is_label(c) and is_usual_label(c) for c in first) / len(first)
    all_repeated = repeated >= 0.8 * len(names) and len(names) > 1  # the header, printed again
    return (
        2 * covered / weights
        + 1.2 * contrast / weights
        + consistent / weights
        - (0 if all_repeated else 3 * repeated / len(names))
        - (1.2 * like_labels if like_labels >= 0.5 else 0)
    )
