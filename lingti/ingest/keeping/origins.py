"""Rows of a corrections workbook keep pointing to the file and row that they came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from lingti import catalog
from lingti.ingest.checking.row_outcomes import ARROW_TYPES, PieceRows
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import ExportFile
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.mapping.templates import ORIGINAL_FILE, ORIGINAL_ROW
from lingti.ingest.values import cell_values
from lingti.personal_data import masked_name

_SEPARATOR = "｜"  # as `Piece.place` writes a file and its sheet
Place = tuple[int, int, int]  # file, sheet and row, each from 1


@dataclass(frozen=True)
class Origins:
    """The files that rows came from at first, and the place there of each row that says so."""

    files: tuple[ExportFile, ...]
    places: Mapping[Place, Place]

    def applied(self, rows: pa.Table) -> pa.Table:
        """The rows of a batch, each with the place where its owner finds it."""
        if not self.places:
            return rows
        kind = ARROW_TYPES[catalog.SOURCE_ROW]
        places = [tuple(place.values()) for place in rows["source_row"].to_pylist()]
        names = [place.name for place in kind]
        moved = [dict(zip(names, self.places.get(place, place), strict=True)) for place in places]
        at = rows.column_names.index("source_row")
        return rows.set_column(at, "source_row", pa.array(moved, kind))


def find(home: Path, files: int, rows: Sequence[PieceRows]) -> Origins:
    """What the columns 原文件 and 原行号 of the tables say; `files` are those handed in."""
    original_rows = [row for piece in rows for row in _original_rows(piece.piece)]
    if not original_rows:
        return Origins((), {})
    sheets: dict[str, list[str]] = {}
    for _place, _row, name, sheet in original_rows:
        sheets.setdefault(name, [])
        if sheet not in sheets[name]:
            sheets[name].append(sheet)
    known = {file.name: file for manifest in batches.manifests(home) for file in manifest.files}
    originals = {name: _original(name, mine, known.get(name)) for name, mine in sheets.items()}
    numbers = {name: files + place for place, name in enumerate(originals, 1)}
    places = {
        place: (numbers[name], originals[name].sheets.index(sheet) + 1, row)
        for place, row, name, sheet in original_rows
    }
    return Origins(tuple(originals.values()), places)


def _original(name: str, sheets: list[str], known: ExportFile | None) -> ExportFile:
    """The file as an earlier batch knows it; of one that was never kept, what its rows say."""
    if known is not None and set(sheets) <= set(known.sheets):
        return known
    return ExportFile(name, "", 0, tuple(sheets))


def _original_rows(piece: Piece) -> Iterator[tuple[Place, int, str, str]]:
    """Of each row that says where it came from: its place, and its first row, file and sheet."""
    columns = [
        next((name for text in (one.zh, one.en) if (name := piece.name_of(text))), None)
        for one in (ORIGINAL_FILE, ORIGINAL_ROW)
    ]
    file_column, row_column = columns
    if file_column is None or row_column is None:
        return
    table = piece.table
    names, rows = table.column(file_column), cell_values.integers(table.column(row_column)).values
    for number, cell, row in zip(table.row_numbers, names, rows, strict=True):
        text = masked_name(cell_values.written(cell).strip())
        if text and row is not None and row > 0:
            name, _separator, sheet = text.partition(_SEPARATOR)
            yield (piece.file.number, table.sheet_number, number), row, name, sheet
