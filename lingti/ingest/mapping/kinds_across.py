"""Sheets with a column per kind, as 厨余垃圾（公斤） and 可回收物（公斤）: each cell is a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lingti.catalog import PERSON, Column, Table
from lingti.district import ColumnMap, Feed
from lingti.ingest.mapping.known_words import meanings, same
from lingti.ingest.mapping.likeness import unit_of
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.values import cell_values, weights

BLANK = ("", "-", "—", "–", "/", "无")  # cells that are no row of their kind
_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_BESIDES = re.compile(r"^其中|(?:的)?(?:重量|收运量|清运量|投放量|称重量?|量)$")
_MOSTLY = 0.8


@dataclass(frozen=True)
class Across:
    """Our column of the kind, that of the amount, and where the sheet has that of each kind."""

    kind: str
    amount: str
    columns: Mapping[str, ColumnMap]


def find(table: Table, piece: Piece, *, has_kind: bool) -> Across | None:
    """The columns of two kinds or more; None where a column says the kind, or a row is a person."""
    needed = [one for one in table.columns if one.required and one.name != PERSON]
    kinds = [one for one in needed if one.allowed]
    amounts = [one for one in needed if one.type.startswith(("decimal", "integer"))]
    if has_kind or table.has_person or len(kinds) != 1 or len(amounts) != 1:
        return None
    words = meanings(table, kinds[0])
    columns: dict[str, ColumnMap] = {}
    for column in piece.table.columns:
        value = next((words[same(part)] for part in _parts(column) if same(part) in words), None)
        if value and value not in columns and _holds_amounts(piece, column, amounts[0]):
            columns[value] = ColumnMap((column,), unit=unit_of(amounts[0], column))
    return Across(kinds[0].name, amounts[0].name, columns) if len(columns) > 1 else None


def spread(feed: Feed, across: Across) -> list[Feed]:
    """A feed for each kind: its column is the amount, and a blank cell is no row."""
    return [
        replace(
            feed,
            columns={
                **feed.columns,
                across.kind: ColumnMap(constant=value),
                across.amount: mapped,
            },
            unless={**feed.unless, mapped.columns[0]: BLANK},
        )
        for value, mapped in across.columns.items()
    ]


def _parts(column: str) -> list[str]:
    """What a header says, without a unit in brackets: each of two levels by itself."""
    texts = [_BESIDES.sub("", _BRACKETS.sub("", one)) for one in plain(column).split("·")]
    return [text for text in texts if text]


def _holds_amounts(piece: Piece, column: str, amount: Column) -> bool:
    """Whether cells are numbers of the unit that ours has: buckets are no weight."""
    in_brackets = _BRACKETS.search(plain(column))
    if in_brackets and amount.is_weight and not weights.unit_in(column):
        return False
    cells = [one for one in piece.table.distinct(column)[0] if _is_there(one)]
    parsed = weights.parse(cells).values if amount.is_weight else cell_values.decimals(cells).values
    return sum(one is not None for one in parsed) >= _MOSTLY * len(cells) > 0


def _is_there(cell: object) -> bool:
    return str(cell if cell is not None else "").strip() not in BLANK
