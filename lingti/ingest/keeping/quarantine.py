"""What a batch left out: every wrong cell, masked, with what is expected of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lingti.ingest.checking.cell_problems import in_words
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import Manifest

PLACE = ("code", "file", "sheet", "column")


def cells(home: Path, manifest: Manifest) -> list[dict[str, Any]]:
    """The cells of a batch that were turned away or doubtful, one each, in the order of the file.

    Keys: file, sheet, row, column, value, expected, advice.
    """
    words = {tuple(finding[key] for key in PLACE): finding for finding in manifest.findings}
    turned_away = _turned_away(home, manifest.batch)
    listed = {_place(cell) for cell in turned_away}
    doubtful = [
        {**{key: one[key] for key in PLACE}, "row": row, "value": value}
        for place, one in words.items()
        if place not in listed
        for row, value in zip(one["rows"], one["values"], strict=False)
    ]
    listed_cells = []
    for cell in sorted([*turned_away, *doubtful], key=lambda c: (c["file"], c["sheet"], c["row"])):
        shown = {key: cell[key] for key in ("file", "sheet", "row", "column", "value")}
        said = words.get(_place(cell))
        listed_cells.append(shown | (in_words(said) if said else {}))
    return listed_cells


def _place(cell: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(cell[key] for key in PLACE)


def _turned_away(home: Path, batch: int) -> list[dict[str, Any]]:
    (folder,) = (path for path in batches.folders(home) if int(path.name) == batch)
    read: list[dict[str, Any]] = json.loads((folder / batches.QUARANTINE).read_text("utf-8"))
    return read
