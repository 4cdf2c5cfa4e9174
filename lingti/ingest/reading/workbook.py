"""Workbooks → grids: xlsx by calamine, xls by xlrd (and calamine where xlrd fails).

Runs in the child process: what these files can do to a parser ends there.
"""

from __future__ import annotations

import io
import itertools
import os
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from lingti.ingest.layout.grid import Grid, Merge
from lingti.ingest.reading.clean_columns import clean_column, gather
from lingti.ingest.reading.sheet_tables import Cell, CellError, Coded, Refused
from lingti.ingest.reading.sheet_xml import (
    SheetFacts,
    WorkbookFacts,
    declares_wide,
    last_inside,
    look_through,
    with_plain_names,
)

_UNICODE = 80  # the version of xls from which on text is Unicode


@dataclass
class Sheet:
    """A visible sheet: its name, its place in the file (from 1), its cells, and rows (from 1) with
    cells left out, with a line through them, or hidden."""

    name: str
    number: int
    grid: Grid
    outside: list[int] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


@dataclass
class Workbook:
    """The visible sheets with cells, and the names of the others."""

    sheets: list[Sheet]
    hidden: list[str]
    empty: list[str]
    date1904: bool = False
    shows_strikes: bool = True


def read_xlsx(data: bytes, cells: int, *, careful: bool) -> Workbook:
    """Reads an xlsx; `cells` is the most a sheet may span. Raises Refused."""
    import python_calamine as calamine

    try:
        data = with_plain_names(data)
        if careful or declares_wide(data):
            facts = look_through(data, careful=careful)
            return _by_calamine(facts.data, cells, lambda: facts)
        with ThreadPoolExecutor(1) as beside:
            looking = beside.submit(look_through, data, careful=False)
            return _by_calamine(data, cells, looking.result)
    except calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except (
        calamine.CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        KeyError,
        StopIteration,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
    ) as error:
        raise Refused("damaged") from error


def read_other(data: bytes, cells: int) -> Workbook:
    """Reads an ods or xlsb by calamine alone, which sees no lines through cells. Raises Refused."""
    import python_calamine as calamine

    try:
        workbook = _by_calamine(data, cells, lambda: WorkbookFacts(data, {}, False))
    except calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Refused("damaged") from error
    workbook.shows_strikes = False
    return workbook


def _by_calamine(data: bytes, cells: int, facts: Callable[[], WorkbookFacts]) -> Workbook:
    """Reads by calamine; `facts` are asked for late, as they may still be looked for."""
    import python_calamine as calamine

    opened = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    workbook = Workbook([], [], [])
    for index, about in enumerate(opened.sheets_metadata):
        if about.visible != calamine.SheetVisibleEnum.Visible:
            workbook.hidden.append(about.name)
            continue
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            workbook.empty.append(about.name)
            continue
        sheet = opened.get_sheet_by_index(index)
        if sheet.start is None or sheet.end is None:
            workbook.empty.append(about.name)
            continue
        if sheet.height * sheet.width > cells:
            raise Refused("too_many_cells", limit=cells)
        own = facts().sheets.get(about.name, SheetFacts())
        rows = itertools.islice(sheet.iter_rows(), sheet.start[0], None)  # those above are empty
        grid = _grid(rows, sheet.start, sheet.merged_cell_ranges or [], own)
        if grid is None:
            workbook.empty.append(about.name)
        else:
            workbook.sheets.append(
                Sheet(about.name, index + 1, grid, own.outside, own.struck, own.hidden)
            )
    workbook.date1904 = facts().date1904
    return workbook


def _grid(
    rows: Iterable[list[Any]],
    start: tuple[int, int],
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
    facts: SheetFacts,
) -> Grid | None:
    """The grid of a sheet whose first row and column with cells are at `start` (from 0)."""
    gathered = gather(rows)
    top, left = start
    for (row, column), text in facts.errors.items():
        if row >= top and 0 <= column - left < len(gathered):
            gathered[column - left].put(row - top, CellError(text))
    columns, coded = [], {}
    for place, column_gathered in enumerate(gathered):
        cells, codes = column_gathered.cleaned()
        columns.append(cells)
        if codes is not None:
            coded[place] = codes
    return _trimmed(columns, top, left, merged, coded)


def _trimmed(
    columns: list[list[Cell]],
    top: int,
    left: int,
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
    coded: dict[int, Coded] | None = None,
) -> Grid | None:
    """The grid without empty rows below and empty columns at the right; None if all is empty."""
    while columns and not any(cell is not None for cell in columns[-1]):
        columns.pop()
    height = len(columns[0]) if columns else 0
    while height and all(column[height - 1] is None for column in columns):
        height -= 1
    if not height:
        return None
    if height < len(columns[0]):
        columns = [column[:height] for column in columns]
    width = len(columns)
    merges = []
    for (row, column), (last_row, last_column) in merged:
        if top <= row < top + height and left <= column < left + width:
            bottom, right = min(last_row - top, height - 1), min(last_column - left, width - 1)
            merges.append(Merge(row - top, column - left, bottom, right))
    return Grid(
        columns,
        range(top + 1, top + height + 1),
        list(range(left + 1, left + width + 1)),
        merges,
        {c: one.part(0, height) for c, one in (coded or {}).items() if c < width},
    )


def read_xls(data: bytes, cells: int) -> Workbook:
    """Reads an xls; `cells` is the most a sheet may span. Raises Refused."""
    import xlrd

    try:
        return _by_xlrd(data, cells)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Refused("encrypted") from error
    except (MemoryError, Refused):
        raise
    except Exception:  # xlrd meets a damaged file with whatever error comes first
        pass
    import python_calamine as calamine

    try:
        workbook = _by_calamine(data, cells, lambda: WorkbookFacts(data, {}, False))
        workbook.shows_strikes = False
        return workbook
    except calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Refused("damaged") from error


def _by_xlrd(data: bytes, cells: int) -> Workbook:
    import xlrd

    def opened(formatting: bool, encoding: str | None = None) -> Any:
        return xlrd.open_workbook(
            file_contents=data,
            formatting_info=formatting,
            ragged_rows=True,
            on_demand=True,
            encoding_override=encoding,
            logfile=open(os.devnull, "w"),  # noqa: PTH123 - xlrd writes warnings
        )

    try:
        book = opened(True)
    except xlrd.XLRDError:
        raise
    except Exception:  # formats of some report programs are wrong where the cells are right
        book = opened(False)
    if book.codepage is None and book.biff_version < _UNICODE:  # it says not how it writes text
        book = opened(bool(book.formatting_info), "gb18030")
    workbook = Workbook([], [], [], bool(book.datemode), bool(book.formatting_info))
    struck = _struck_formats(book)
    clocks = _clock_formats(book)
    for index, name in enumerate(book.sheet_names()):
        sheet = book.sheet_by_index(index)
        if sheet.visibility:
            workbook.hidden.append(name)
            continue
        rows, outside = _xls_rows(book, sheet, clocks)
        width = max(map(len, rows), default=0)
        if width * len(rows) > cells:
            raise Refused("too_many_cells", limit=cells)
        padded = [row + [None] * (width - len(row)) for row in rows]
        columns = [clean_column(list(column)) for column in zip(*padded, strict=True)]
        merged = [((a, c), (b - 1, d - 1)) for a, b, c, d in sheet.merged_cells]
        grid = _trimmed(columns, 0, 0, merged)
        if grid is None:
            workbook.empty.append(name)
        else:
            marked = _xls_struck(sheet, struck) if struck else []
            hidden = [at + 1 for at, row in sheet.rowinfo_map.items() if row.hidden]
            workbook.sheets.append(Sheet(name, index + 1, grid, outside, marked, sorted(hidden)))
        book.unload_sheet(index)
    return workbook


def _clock_formats(book: Any) -> set[int]:
    """Formats such as [h]:mm, which show a length of time and no time of day."""
    formats = set()
    for index, style in enumerate(book.xf_list):
        shape = book.format_map.get(style.format_key)
        if shape is not None and "[h" in shape.format_str.lower():
            formats.add(index)
    return formats


def _struck_formats(book: Any) -> set[int]:
    """The formats whose font has a line through it."""
    fonts = {at for at, font in enumerate(book.font_list) if font.struck_out}
    return {at for at, style in enumerate(book.xf_list) if style.font_index in fonts}


def _xls_struck(sheet: Any, formats: set[int]) -> list[int]:
    """The rows (from 1) with a filled cell that has a line through it."""
    return [
        at + 1
        for at in range(sheet.nrows)
        if any(
            kind not in (0, 6) and sheet.cell_xf_index(at, c) in formats
            for c, kind in enumerate(sheet.row_types(at))
        )
    ]


def _xls_rows(book: Any, sheet: Any, clocks: set[int]) -> tuple[list[list[Any]], list[int]]:
    """The rows up to their last cell, without the few cells far outside all others."""
    rows: list[list[Any]] = []
    for at in range(sheet.nrows):
        kinds, values = sheet.row_types(at), sheet.row_values(at)
        row = [
            value if kind == 1 else _xls_cell(book, sheet, clocks, at, c, kind, value)
            for c, (kind, value) in enumerate(zip(kinds, values, strict=True))
        ]
        while row and (row[-1] is None or row[-1] == ""):
            row.pop()
        rows.append(row)
    counts = Counter(len(row) - 1 for row in rows if row)
    last = last_inside(counts, 100) + 1 if counts else 0
    outside = [at + 1 for at, row in enumerate(rows) if len(row) > last]
    lines = Counter({at: len(row) for at, row in enumerate(rows) if row})
    last_row = last_inside(lines, 5_000) + 1 if lines else 0
    outside += [at + 1 for at in lines if at >= last_row and at + 1 not in outside]
    return [row[:last] for row in rows[:last_row]], sorted(outside)


def _xls_cell(
    book: Any, sheet: Any, clocks: set[int], row: int, column: int, kind: int, value: Any
) -> Any:
    import xlrd

    if kind == xlrd.XL_CELL_NUMBER:
        return value
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return CellError(xlrd.error_text_from_code.get(value, "#ERR!"))
    if kind != xlrd.XL_CELL_DATE:
        return None
    if clocks and sheet.formatting_info and sheet.cell_xf_index(row, column) in clocks:
        return timedelta(days=value)
    try:
        moment = xlrd.xldate.xldate_as_datetime(value, book.datemode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return value
    if 0 <= value < 1:
        return moment.time()
    return moment.date() if float(value).is_integer() else moment
