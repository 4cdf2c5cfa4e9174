"""Carries a reading from the child process to the parent: plain values in one marshalled block.

Marshal is several times faster than pickle here, and both ends are the same interpreter.
"""

from __future__ import annotations

import marshal
from array import array
from datetime import date, datetime, time
from typing import Any

from lingti.ingest.reading.sheet_tables import (
    Cell,
    CellError,
    Coded,
    Column,
    Finding,
    Reading,
    SetAside,
    SetAsideColumn,
    Table,
    encode,
)

_PLAIN = {type(None), str, int, float, bool}


def pack(reading: Reading) -> bytes:
    """The reading as bytes."""
    plain = {
        "format": reading.format,
        "tables": [_table_out(table) for table in reading.tables],
        "skipped": reading.skipped_sheets,
        "empty": reading.empty_sheets,
        "shows_strikes": reading.shows_strikes,
        "findings": [(f.sheet, f.row, f.column, f.code, f.value) for f in reading.findings],
    }
    return marshal.dumps(plain, 2)  # version 2 keeps no table of references: much faster


def unpack(block: bytes) -> Reading:
    """The reading that was packed. Raises ValueError, TypeError, KeyError or EOFError else."""
    plain: dict[str, Any] = marshal.loads(block)
    return Reading(
        format=plain["format"],
        encoding=None,
        tables=[_table_in(table) for table in plain["tables"]],
        skipped_sheets=plain["skipped"],
        empty_sheets=plain["empty"],
        findings=[Finding(*finding) for finding in plain["findings"]],
        shows_strikes=plain["shows_strikes"],
    )


def _table_out(table: Table) -> dict[str, Any]:
    numbers = table.row_numbers
    return {
        "sheet": table.sheet,
        "sheet_number": table.sheet_number,
        "title": table.title,
        "header_rows": table.header_rows,
        "columns": table.columns,
        "data": [_column_out(column) for column in table.data],
        "rows": (numbers.start, numbers.stop) if isinstance(numbers, range) else list(numbers),
        "set_aside": [(row.row, row.why, row.cells) for row in table.set_aside],
        "others": [_table_out(other) for other in table.other_tables],
        "column_numbers": table.column_numbers,
        "beside": [(c.column, c.why, c.text) for c in table.set_aside_columns],
        "filled_down": table.filled_down,
        "date1904": table.date1904,
        "struck": table.struck,
        "hidden": table.hidden,
        "merged": (list(table.merged), _cells_out(list(table.merged.values()))),
        "merged_rows": table.merged_rows,
    }


def _table_in(plain: dict[str, Any]) -> Table:
    rows = plain["rows"]
    return Table(
        sheet=plain["sheet"],
        sheet_number=plain["sheet_number"],
        title=plain["title"],
        header_rows=plain["header_rows"],
        columns=plain["columns"],
        data=[_column_in(column) for column in plain["data"]],
        row_numbers=range(*rows) if isinstance(rows, tuple) else rows,
        set_aside=[SetAside(*row) for row in plain["set_aside"]],
        other_tables=[_table_in(other) for other in plain["others"]],
        column_numbers=plain["column_numbers"],
        set_aside_columns=[SetAsideColumn(*column) for column in plain["beside"]],
        filled_down=plain["filled_down"],
        date1904=plain["date1904"],
        struck=plain["struck"],
        hidden=plain["hidden"],
        merged=dict(zip(plain["merged"][0], _cells_in(plain["merged"][1]), strict=True)),
        merged_rows=plain["merged_rows"],
    )


def _column_out(column: Column) -> tuple[list[object], bytes | None]:
    """A column as its cells, or as values and positions where that is shorter."""
    cells, positions = column.raw()
    if positions is not None:
        return _cells_out(cells), array("i", positions).tobytes()
    if len(cells) > 64 and len(set(cells[:1000])) * 3 < min(len(cells), 1000):
        values, codes = encode(cells)
        return _cells_out(values), array("i", codes).tobytes()
    return _cells_out(cells), None


def _column_in(plain: tuple[list[object], bytes | None]) -> Column:
    values = _cells_in(plain[0])
    if plain[1] is None:
        return Column(values)
    codes = array("i")
    codes.frombytes(plain[1])
    return Column.of_codes(Coded(values, codes))


def _cells_out(cells: list[Cell]) -> list[object]:
    if set(map(type, cells)) <= _PLAIN:
        return list(cells)
    return [cell if type(cell) in _PLAIN else _tagged(cell) for cell in cells]


def _tagged(cell: Cell) -> tuple[str, str]:
    if isinstance(cell, datetime):
        return "datetime", cell.isoformat()
    if isinstance(cell, date):
        return "date", cell.isoformat()
    if isinstance(cell, time):
        return "time", cell.isoformat()
    return "error", str(cell)


def _cells_in(plain: list[object]) -> list[Cell]:
    if tuple not in set(map(type, plain)):
        return plain  # type: ignore[return-value]  # what was packed here
    return [_untagged(cell) if type(cell) is tuple else cell for cell in plain]  # type: ignore[misc]  # the same


def _untagged(cell: tuple[str, str]) -> Cell:
    kind, text = cell
    if kind == "datetime":
        return datetime.fromisoformat(text)
    if kind == "date":
        return date.fromisoformat(text)
    return time.fromisoformat(text) if kind == "time" else CellError(text)
