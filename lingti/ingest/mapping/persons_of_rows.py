"""Whether each row of a table names a person, so that it is no table of events or of cases."""

from __future__ import annotations

from collections import Counter

from lingti import person_names as names
from lingti.ingest.mapping.dictionary import dictionary
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.values import cell_values


def _holds_persons(piece: Piece, column: str) -> bool:
    cells, codes = piece.table.distinct(column)
    rows = Counter(codes)
    return names.are_persons(
        [cell_values.written(cell).strip() for cell in cells],
        [rows[at] for at in range(len(cells))],
    )


def names_people(piece: Piece) -> bool:
    """Whether a person stands in each row, with a phone or an ID number; without a header, by
    what the cells are."""
    if not piece.table.header_rows:
        return any(_holds_persons(piece, column) for column in piece.table.columns)
    words = [plain(word) for name in ("phone", "id") for word in dictionary()["persons"][name]]
    named = map(plain, dictionary()["persons"]["name"][:4])
    headers = {plain(name) for name in piece.table.columns}
    return bool(headers.intersection(words)) and bool(headers.intersection(named))
