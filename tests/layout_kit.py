"""Sheets of a few rows, written as they look, and laid out."""

from __future__ import annotations

from reading_kit import all_of, coded

from lingti.ingest.layout.find_tables import lay_out
from lingti.ingest.layout.grid import Grid, Merge, from_rows
from lingti.ingest.reading.sheet_tables import Cell, Table

PEOPLE: list[list[Cell]] = [
    ["姓名", "服务日期", "服务时长", "积分"],
    ["王某", "2024-06-01", 2.0, 20],
    ["李某", "2024-06-02", 1.5, 15],
    ["赵某", "2024-06-03", 3.0, 30],
]


def grid(rows: list[list[Cell]], *merges: tuple[int, int, int, int]) -> Grid:
    """A grid of rows; merges as rows and columns from 1: top, left, bottom, right."""
    return from_rows(
        [list(row) for row in rows], [Merge(a - 1, b - 1, c - 1, d - 1) for a, b, c, d in merges]
    )


def sheet(rows: list[list[Cell]], *merges: tuple[int, int, int, int]) -> Table:
    """The sheet laid out by its cells; the same must come of columns that are coded."""
    table = lay_out(grid(rows, *merges), "Sheet1", 1)
    assert all_of(lay_out(coded(grid(rows, *merges)), "Sheet1", 1)) == all_of(table)
    return table


def drawn(text: str) -> list[list[Cell]]:
    """Rows drawn with | between cells; numbers become numbers, blanks stay empty."""
    rows: list[list[Cell]] = []
    for line in text.strip("\n").split("\n"):
        cells: list[Cell] = []
        for part in line.split("|"):
            word = part.strip()
            try:
                cells.append(float(word))
            except ValueError:
                cells.append(word or None)
        rows.append(cells)
    return rows


def why(table: Table) -> dict[int, str]:
    return {row.row: row.why for row in table.set_aside}
