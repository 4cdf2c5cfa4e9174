"""Tables whose rows hold counts: so many households visited, so many hours of so many people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lingti.ingest.mapping.dictionary import dictionary
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values import cell_values

_FITS = 0.8


@dataclass(frozen=True)
class Counted:
    """What is counted: the measure, its column, and that of how many people there were."""

    measure: str
    value: str
    people: str | None


def find(piece: Piece) -> Counted | None:
    """The first measure of ours that a column holds counts of; None where rows are single ones."""
    words: Mapping[str, list[str]] = dictionary()["totals"]
    names = {plain(name).split("(")[0]: name for name in piece.table.columns}
    people = next((names[word] for word in words["people"] if word in names), None)
    is_of_persons = any(word in names for word in dictionary()["persons"]["name"][:4])
    for measure, known in words.items():
        if measure == "people" or (measure == "hours" and (people is None or is_of_persons)):
            continue
        column = next((names[word] for word in map(plain, known) if word in names), None)
        if column is not None and _holds_numbers(piece, column):
            return Counted(measure, column, people if people != column else None)
    return None


def _holds_numbers(piece: Piece, column: str) -> bool:
    cells: list[Cell] = [cell for cell in piece.table.distinct(column)[0] if cell is not None]
    numbers = cell_values.decimals(cells).values
    return bool(cells) and sum(number is not None for number in numbers) >= _FITS * len(cells)
