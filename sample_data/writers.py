"""Writes tables as the files offices have: xlsx, legacy xls, CSV. The same bytes every time."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import xlsxwriter

Cell = str | int | float | date | None
Row = TypeVar("Row")

# A fixed moment in the files' properties, so that writing again changes nothing.
WRITTEN_AT = datetime(2025, 1, 3, 9, 0)


@dataclass(frozen=True)
class Sheet:
    """One sheet: what stands above the header, the header, the rows, what stands below."""

    name: str
    columns: list[str]
    rows: list[list[Cell]]
    title: str = ""
    below: tuple[list[Cell], ...] = ()


@dataclass(frozen=True)
class Export:
    """One file a community sends. `encoding` is for CSV only."""

    path: str
    sheets: list[Sheet]
    encoding: str = "utf-8"


def sheet(
    rows: Iterable[Row],
    columns: Mapping[str, Callable[[Row], Cell]],
    *,
    name: str = "Sheet1",
    title: str = "",
    total: str = "",
    notes: tuple[str, ...] = (),
) -> Sheet:
    """A sheet of the rows, in the community's own columns. `total` names the column to sum;
    a column called 序号 numbers the rows."""
    cells: list[list[Cell]] = [
        [number if column == "序号" else take(row) for column, take in columns.items()]
        for number, row in enumerate(rows, start=1)
    ]
    below: list[list[Cell]] = []
    if total:
        place = list(columns).index(total)
        line: list[Cell] = [None] * len(columns)
        line[0] = "合计"
        numbers = [row[place] for row in cells]
        line[place] = sum(number for number in numbers if isinstance(number, int | float))
        below.append(line)
    below += [[note] for note in notes]
    return Sheet(name, list(columns), cells, title, tuple(below))


def write(folder: Path, export: Export) -> None:
    """Writes an export below the folder, in the format its name says."""
    path = folder / export.path
    path.parent.mkdir(parents=True, exist_ok=True)
    {".xlsx": _write_xlsx, ".xls": _write_xls, ".csv": _write_csv}[path.suffix](path, export)


def _write_xlsx(path: Path, export: Export) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": WRITTEN_AT})
        heading = book.add_format({"bold": True, "border": 1, "align": "center"})
        title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
        day = book.add_format({"num_format": "yyyy/m/d"})
        for part in export.sheets:
            page = book.add_worksheet(part.name)
            page.set_column(0, len(part.columns) - 1, 14)
            top = 0
            if part.title:
                page.merge_range(0, 0, 0, len(part.columns) - 1, part.title, title)
                top = 1
            page.write_row(top, 0, part.columns, heading)
            for number, row in enumerate([*part.rows, *part.below], start=top + 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(number, column, cell, day)
                    elif cell is not None:
                        page.write(number, column, cell)


def _write_xls(path: Path, export: Export) -> None:
    import xlwt  # needed for this one old format only, and only to make the sample anew

    book: Any = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for part in export.sheets:
        page = book.add_sheet(part.name)
        top = 0
        if part.title:
            page.write_merge(0, 0, 0, len(part.columns) - 1, part.title)
            top = 1
        header: list[Cell] = [*part.columns]
        for number, row in enumerate([header, *part.rows, *part.below], start=top):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write(number, column, cell, day)
                elif cell is not None:
                    page.write(number, column, cell)
    book.save(str(path))


def _write_csv(path: Path, export: Export) -> None:
    (part,) = export.sheets
    with path.open("w", encoding=export.encoding, newline="") as file:
        lines = csv.writer(file)
        lines.writerow(part.columns)
        lines.writerows([*part.rows, *part.below])
