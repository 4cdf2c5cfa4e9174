"""Reads an export file into plain tables, whatever it is and whatever it claims to be."""

from __future__ import annotations

import contextlib
import gc
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lingti.ingest.layout.find_tables import lay_out
from lingti.ingest.reading.large_text import LARGE, read_large
from lingti.ingest.reading.recognise import recognise
from lingti.ingest.reading.sandbox import read_in_child
from lingti.ingest.reading.sheet_tables import (
    DEFAULT_LIMITS,
    Cell,
    CellError,
    Column,
    Finding,
    Limits,
    Reading,
    Refused,
    SetAside,
    SetAsideColumn,
    Table,
)
from lingti.ingest.reading.text import DAMAGED, decode, grid_of, parse
from lingti.ingest.values.plain_text import written

__all__ = [
    "DEFAULT_LIMITS",
    "Cell",
    "CellError",
    "Column",
    "Finding",
    "Limits",
    "Reading",
    "Refused",
    "SetAside",
    "SetAsideColumn",
    "Table",
    "bytes_of",
    "inspect",
    "read",
]

_SAMPLES = 3


def bytes_of(path: Path) -> bytes:
    """An export's content, or as much as shows that it is too large. Raises OSError."""
    with path.open("rb") as file:
        return file.read(DEFAULT_LIMITS.file_bytes + 1)


def read(
    data: bytes,
    file_name: str,
    limits: Limits = DEFAULT_LIMITS,
    *,
    allow_empty: bool = False,
) -> Reading:
    """Reads an export; what it is shows in its content, the name says nothing.

    Raises Refused where it cannot be taken, also for a file without data rows unless
    `allow_empty`.
    """
    kind = recognise(data, limits)
    if kind == "text":
        reading = _read_text(data, limits)
    elif kind == "html":
        text, encoding = decode(data)
        page = text.encode("utf-8", "replace")
        reading = read_in_child(page, kind, len(page), limits)
        reading.encoding = encoding
        _find_damage(reading)
    else:
        reading = read_in_child(data, kind, _unpacked(data, kind), limits)
    _refuse_what_is_no_table(reading, allow_empty)
    return reading


def _unpacked(data: bytes, kind: str) -> int:
    if kind == "xls":
        return 4 * len(data)
    return sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())


def _read_text(data: bytes, limits: Limits) -> Reading:
    if len(data) > LARGE and (regular := read_large(data)) is not None:
        return regular
    text, encoding = decode(data)
    text = text.rstrip("\x1a")  # the mark of the end that old systems write
    with _without_collecting():
        records, findings = parse(text, limits)
        table = lay_out(grid_of(records, limits), "", 1)
    reading = Reading("csv", encoding, [table], findings=findings)
    _find_extra_cells(reading, records)
    _find_damage(reading)
    return reading


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Keeps the garbage collector from walking over millions of living rows again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _find_extra_cells(reading: Reading, records: list[list[Cell]]) -> None:
    """Rows with more cells than the header has: a delimiter inside a text shifts what follows."""
    table = reading.tables[0]
    if not table.header_rows or table.other_tables:
        return
    width = max(len(records[number - 1]) for number in table.header_rows)
    findings = []
    for number in table.row_numbers:
        extra = [cell for cell in records[number - 1][width:] if cell is not None]
        if extra:
            value = " ".join(written(cell) for cell in extra)
            findings.append(Finding("", number, "", "extra_cells", value))
    if len(findings) * 2 < len(table):  # else it is a column whose name is missing
        reading.findings += findings


def _find_damage(reading: Reading) -> None:
    """A finding for each cell with bytes that are no character."""
    for table in reading.tables:
        for each in (table, *table.other_tables):
            for name in each.columns:
                for number, cell in zip(each.row_numbers, each.column(name), strict=True):
                    if isinstance(cell, str) and DAMAGED in cell:
                        reading.findings.append(
                            Finding(each.sheet, number, name, "damaged_text", cell)
                        )


def _refuse_what_is_no_table(reading: Reading, allow_empty: bool) -> None:
    tables = [one for table in reading.tables for one in (table, *table.other_tables)]
    if any(len(table) for table in tables):
        return
    if not reading.tables and reading.skipped_sheets:
        raise Refused("all_hidden")
    if any(row.why == "form" for table in tables for row in table.set_aside):
        raise Refused("form")
    if not any(table.columns for table in tables):
        raise Refused("no_table")
    if not allow_empty:
        raise Refused("no_rows")


def inspect(data: bytes, file_name: str) -> dict[str, object]:
    """What `lingti inspect --json` prints. Raises Refused; a table without rows is shown."""
    reading = read(data, file_name, allow_empty=True)
    return {
        "format": reading.format,
        "encoding": reading.encoding,
        "sheets": [_sheet_json(table) for table in reading.tables],
        "skipped_sheets": reading.skipped_sheets,
        "empty_sheets": reading.empty_sheets,
        "findings": [
            {"sheet": f.sheet, "row": f.row, "column": f.column, "code": f.code}
            for f in reading.findings
        ],
    }


def _sheet_json(table: Table) -> dict[str, object]:
    return {
        "name": table.sheet,
        "title": table.title,
        "header_rows": table.header_rows,
        "columns": table.columns,
        "rows": len(table),
        "first_row": table.row_numbers[0] if len(table) else None,
        "set_aside": [{"row": row.row, "why": row.why} for row in table.set_aside],
        "set_aside_columns": [
            {"column": c.column, "why": c.why, "text": c.text} for c in table.set_aside_columns
        ],
        "filled_down": list(table.filled_down),
        "filled_rows": table.filled_down,
        "other_tables": [_sheet_json(other) for other in table.other_tables],
    }
