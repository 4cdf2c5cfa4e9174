"""Cuts a sheet at empty columns where these part tables; finds legends beside a table."""

from __future__ import annotations

import itertools
import re

from lingti.ingest.layout.cell_kinds import is_label, is_usual_label, is_value
from lingti.ingest.layout.grid import Grid
from lingti.ingest.layout.header import find_header
from lingti.ingest.reading.sheet_tables import SetAsideColumn

# How a table that stands beside another names its first column.
_BEGINS_ROWS = re.compile(
    r"序号?$|编号|姓名|名称|物品|商品|商家|小区|社区|网格|项目|类别|类型|name|no\.?$"
)
_TITLE = re.compile("(登记|清单|台账|名单|名册|明细|一览|统计|公示|货架|库存)(表|簿|本)?$")
_NUMBERS_ROWS = re.compile(r"序号?|编号|no\.?")


def side_by_side(grid: Grid) -> tuple[list[Grid], list[SetAsideColumn]]:
    """Cuts the sheet at empty columns where these part tables; finds legends beside a table."""
    filled = [c for c in range(grid.width) if any(cell is not None for cell in grid.columns[c])]
    spanned = {(m.left, m.right) for m in grid.merges if m.right > m.left}
    runs: list[list[int]] = []
    for column in filled:
        if runs and (column == runs[-1][-1] + 1 or _are_bridged(spanned, runs[-1][-1], column)):
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


def _are_bridged(spanned: set[tuple[int, int]], left: int, right: int) -> bool:
    """Whether one cell is merged over all the columns between two, as one wide column is."""
    return any(a <= left < right - 1 <= b for a, b in spanned)


def _halves(grid: Grid) -> list[Grid]:
    """Parts a table printed in two columns: 姓名 电话 姓名 电话."""
    header = find_header(grid, 0, grid.height)
    if header is not None and (titled := _titled(grid, header.last)):
        spans = itertools.pairwise([*titled, grid.width])
        return [grid.part(list(range(a, b)), 0, grid.height) for a, b in spans]
    if header is None or len(header.names) != grid.width or grid.width < 4:
        return [grid]
    names = [header.names[c] for c in range(grid.width)]
    for size in range(2, grid.width // 2 + 1):
        if grid.width % size == 0 and names == names[:size] * (grid.width // size):
            starts = range(0, grid.width, size)
            return [grid.part(list(range(s, s + size)), 0, grid.height) for s in starts]
    return [grid]


def _titled(grid: Grid, last: int) -> list[int]:
    """The first columns of tables that stand beside one another without a gap, each below a title
    of its own, as 兑换登记 and 物品清单 do; none for the groups of one table."""
    if not last:
        return []
    above = [(c, cell) for c, cell in enumerate(grid.row(last - 1)) if cell is not None]
    titles = [c for c, cell in above if isinstance(cell, str) and _TITLE.search(cell.strip())]
    return titles if len(titles) > 1 == len(above) - len(titles) + 1 and titles[0] == 0 else []


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
    left_side, right_side = (grid.part(side, 0, grid.height) for side in (left, right))
    first, second = (
        find_header(left_side, 0, left_side.height),
        find_header(right_side, 0, right_side.height),
    )
    if first is None or second is None:
        return False
    if len(second.names) < 2 or len(first.names) < 2:
        return False
    if first.last != second.last or set(first.names.values()) & set(second.names.values()):
        return True
    above = [cell for at in range(second.first) for cell in right_side.row(at) if cell is not None]
    begins = second.names[min(second.names)]
    if above or _NUMBERS_ROWS.fullmatch(begins):
        return True
    rows = [[part.is_blank(at) for at in range(part.height)] for part in (left_side, right_side)]
    if rows[0][first.last :] == rows[1][first.last :]:
        return False  # an empty column within a table
    ends = [max(at for at, blank in enumerate(part) if not blank) for part in rows]
    return _BEGINS_ROWS.search(begins) is not None or ends[1] > ends[0]  # fewer may only be blank
