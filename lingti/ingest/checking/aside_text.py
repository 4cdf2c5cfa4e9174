"""A row that is set aside as people may see it: its cells as text, persons masked."""

from __future__ import annotations

import re

from lingti import person_names as names
from lingti.district import Source
from lingti.ingest.checking.cell_problems import shown_cell
from lingti.ingest.checking.pseudonyms import mask_person
from lingti.ingest.checking.row_outcomes import PERSON_COLUMNS
from lingti.ingest.layout.cell_kinds import is_signer, is_usual_label
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.reading.sheet_tables import SetAside
from lingti.personal_data import masked_signers

_MOST = 120  # characters
_SHORT = re.compile("[\u4e00-\u9fff]{2,4}")


def of_persons(source: Source, piece: Piece) -> frozenset[int]:
    """The spreadsheet's columns (from 1) of a table that hold what identifies a person."""
    named: set[str] = set()
    for feed in source.feeds:
        columns = {column.name: column for column in source.catalog.tables[feed.table].columns}
        for ours, mapped in feed.columns.items():
            if ours in PERSON_COLUMNS.values() or columns[ours].role == "keyed":
                named.update(mapped.columns)
    table = piece.table
    places = dict(zip(table.columns, table.column_numbers, strict=True))
    spelt = (piece.name_of(name) for name in named)
    return frozenset(places[name] for name in spelt if name is not None)


def shown(row: SetAside, hidden: frozenset[int]) -> str:
    """The cells of a row, one after the other; empty for a row that is blank."""
    cells = []
    after_signer = False
    for column, text in row.cells:
        is_alone = row.why == "footer" and _SHORT.fullmatch(text) and not is_signer(text)
        is_filled_in = (
            row.why == "form" and not is_usual_label(text) and names.may_be_persons([text])
        )
        if (
            after_signer
            or is_alone
            or is_filled_in
            or (column in hidden and row.why not in _OF_WORDS)
        ):
            cells.append(mask_person(text))
        else:
            cells.append(shown_cell(masked_signers(text), ()))
        after_signer = is_signer(text.rstrip("：: "))
    return " ｜ ".join(cells)[:_MOST]


_OF_WORDS = ("title", "unit", "column_numbers", "repeated_header", "total")  # name no person
