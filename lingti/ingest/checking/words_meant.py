"""Words in a column with a fixed list of values: known as people call them, else asked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lingti.catalog import Column
from lingti.district import ColumnMap
from lingti.ingest.checking.convert_column import Codes
from lingti.ingest.checking.row_outcomes import FedRows
from lingti.ingest.mapping.known_words import meanings, same
from lingti.ingest.questions import Asking
from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values import cell_values
from lingti.ingest.values.plain_text import is_nothing
from lingti.language import gettext as _

CORRECT = "correct"  # no value: rows with the word are to be corrected
_FEWEST = 3  # rows with a word, below which it may be a slip of the hand
_MOST = 12  # words that are asked


def settle(
    asking: Asking,
    fed: FedRows,
    column: Column,
    mapped: ColumnMap,
    cells: Sequence[Cell],
    codes: Codes,
    label: str,
) -> ColumnMap:
    """The column with what its words stand for; one that is asked and open stands for nothing."""
    if not mapped.columns:
        return mapped
    known = meanings(fed.canonical, column)
    rows = np.bincount(codes[fed.chosen], minlength=len(cells)).tolist()
    meant = dict(mapped.values)
    asked = 0
    for cell, number in zip(cells, rows, strict=True):
        word = cell_values.written(cell).strip()
        if not word or word in meant or not number:
            continue
        if (value := known.get(same(word))) is not None:
            meant[word] = value
        elif not is_nothing(word) and number >= _FEWEST and asked < _MOST:
            asked += 1
            answer = _ask(asking, fed, column, label, word)
            meant |= {word: answer} if answer in column.allowed else {}
    return replace(mapped, values=meant)


def _ask(asking: Asking, fed: FedRows, column: Column, label: str, word: str) -> str:
    choices = {
        value: column.words[value].pick() for value in column.allowed if value in column.words
    }
    return (
        asking.ask(
            "word_means",
            _("What does “{word}” in “{column}” mean?").format(word=word, column=label),
            {**choices, CORRECT: _("None of these; rows with it are to be corrected")},
            default=CORRECT,
            sheet=fed.rows.piece.table.sheet,
            column=label,
            word=word,
            examples=[word],
        )
        or CORRECT
    )
