"""What people write for the values of a column with a fixed list of them."""

from __future__ import annotations

import unicodedata

from lingti.catalog import Column, Table
from lingti.ingest.mapping.dictionary import dictionary
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.values import cell_values

_TRIED = 50  # distinct cells of a column that are looked at


def meanings(table: Table, column: Column) -> dict[str, str]:
    """Word, as `same` spells it → value: the value itself, its titles, and what people call it."""
    spoken = dictionary()["words"].get(table.name, {}).get(column.name, {})
    value_of: dict[str, str] = {}
    for value in column.allowed:
        titles = (column.words[value].zh, column.words[value].en) if value in column.words else ()
        for word in (value, *titles, *spoken.get(value, ())):
            value_of.setdefault(same(word), value)
    return value_of


def same(word: str) -> str:
    """A word without what does not matter: case, width, gaps."""
    return "".join(unicodedata.normalize("NFKC", word).lower().split())


def words_of(
    table: Table, known: Column | None, column: str | None, piece: Piece
) -> tuple[dict[str, str], list[str]]:
    """Of a column with a fixed list of values: what each cell stands for, and the unknown ones."""
    if known is None or not known.allowed or column is None:
        return {}, []
    named = meanings(table, known)
    meant: dict[str, str] = {}
    unknown = []
    for cell in piece.table.distinct(column)[0][:_TRIED]:
        written = cell_values.written(cell).strip()
        if value := named.get(same(written)):
            meant[written] = value
        elif written:
            unknown.append(written)
    return meant, unknown
