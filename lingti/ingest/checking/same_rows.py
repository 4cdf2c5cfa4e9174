"""Rows that stand in two tables of an import, as in a copied sheet or a sum sheet: asked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from lingti.district import Feed
from lingti.ingest.checking.convert_column import cells_of
from lingti.ingest.checking.row_outcomes import Flags, PieceRows
from lingti.ingest.mapping.match_source import Binding, Piece
from lingti.ingest.questions import Asking
from lingti.ingest.values import cell_values
from lingti.language import gettext as _

_Keys = np.ndarray[Any, np.dtype[np.uint64]]
_MOSTLY, _FEWEST = 0.8, 2  # of the rows of the shorter table
_ANY_YEAR = 2024  # 6月10日 is a day, whichever year
_SAMPLE = 64  # rows that are looked for first: most tables have none of another's
_NUMBERED = re.compile(r"[\d一二三四五六七八九十]+月?")
_PRIME = np.uint64(1_099_511_628_211)


def settle(asking: Asking, bindings: Sequence[Binding], rows: dict[int, PieceRows]) -> None:
    """Sets rows aside that repeat those of earlier tables, where they are to count once: asked
    once per table, whatever the numbers in its name."""
    by_feed: dict[int, list[Binding]] = {}
    for bound_piece in bindings:
        by_feed.setdefault(id(bound_piece.feed), []).append(bound_piece)
    for bound in by_feed.values():
        before: list[tuple[PieceRows, _Keys]] = []
        for binding in bound if len(bound) > 1 else ():
            mine, keys = rows[id(binding.piece)], _keys(binding.feed, binding.piece)
            repeated = _repeated(keys, [known for _rows, known in before])
            if repeated.any():
                others = (there for there, known in before if np.isin(known, keys[repeated]).any())
                if _ask(asking, mine, next(others), repeated) == "once":
                    mine.void.append(("repeated", repeated))
                    keys = keys[~repeated]
            before.append((mine, keys))


def settle_signed_twice(
    asking: Asking, bindings: Sequence[Binding], rows: dict[int, PieceRows]
) -> None:
    """Where each row has the same hours, told once for all, a person who signed in and out, or
    clocked in four times a day, would have them as often: asked whether once a day."""
    for binding in bindings:
        columns = binding.feed.columns
        if "hours" not in columns or columns["hours"].constant is None or "day" not in columns:
            continue
        mine = rows[id(binding.piece)]
        keys = _keys(binding.feed, binding.piece, days=True)
        _found, first = np.unique(keys, return_index=True)
        again: Flags = np.ones(len(keys), bool)
        again[first] = False
        for _why, flags in mine.void:
            again &= ~flags
        if again.any() and _ask_twice(asking, mine, again) == "once":
            mine.void.append(("repeated", again))


def _ask_twice(asking: Asking, piece_rows: PieceRows, again: Flags) -> str | None:
    return asking.ask(
        "signed_twice",
        _("Some people stand there several times on a day. How often do they count?"),
        {"once": _("Once a day"), "each": _("Each time; it happened twice")},
        default="once",
        sheet=piece_rows.piece.table.sheet,
        examples=[_("Rows {rows}").format(rows=_numbers(piece_rows, again))],
    )


def _repeated(keys: _Keys, before: Sequence[_Keys]) -> Flags:
    """Which rows stand in the tables before too, of equal ones as many as there; none if that is
    not most of the one or of the others."""
    repeated: Flags = np.zeros(len(keys), bool)
    known = np.concatenate(before) if before else keys[:0]
    few, many = sorted((keys, known), key=len)
    step = max(1, len(few) // _SAMPLE)
    if not len(few) or np.isin(few[::step], many).mean() < _MOSTLY / 2:
        return repeated
    distinct, counts = np.unique(known, return_counts=True)
    left = dict(zip(distinct.tolist(), counts.tolist(), strict=True))
    for at in np.flatnonzero(np.isin(keys, distinct)).tolist():
        key = int(keys[at])
        repeated[at] = left[key] > 0
        left[key] -= 1
    enough = np.count_nonzero(repeated) >= max(_FEWEST, _MOSTLY * len(few))
    return repeated if enough else np.zeros(len(keys), bool)


def _ask(asking: Asking, piece_rows: PieceRows, other: PieceRows, repeated: Flags) -> str | None:
    places = [rows.piece.place for rows in (other, piece_rows)]
    files = sorted({hashlib.sha256(r.piece.file.data).hexdigest() for r in (piece_rows, other)})
    return asking.ask(
        "same_rows",
        _("Rows of “{place}” stand in “{other}” too. How often do they count?").format(
            place=places[1], other=places[0]
        ),
        {"once": _("Once"), "each": _("Each time; it happened twice")},
        default="once",
        sheet=piece_rows.piece.table.sheet,
        word=_NUMBERED.sub("", piece_rows.piece.table.sheet or piece_rows.piece.file.name),
        examples=[_("Rows {rows}").format(rows=_numbers(piece_rows, repeated))],
        once={"each": "".join(files)},
    )


def _numbers(rows: PieceRows, flags: Flags, most: int = 12) -> str:
    places = np.flatnonzero(flags).tolist()
    shown = ", ".join(str(rows.numbers[at]) for at in places[:most])
    return shown + (" …" if len(places) > most else "")


def _keys(feed: Feed, piece: Piece, *, days: bool = False) -> _Keys:
    """A key of what the feed takes of each row; with `days`, of times of a day the day alone."""
    keys = np.zeros(len(piece.table), np.uint64)
    for name, mapped in feed.columns.items():
        if mapped.columns:
            cells, codes = cells_of(mapped, piece)
            written = [cell_values.written(cell).strip() for cell in cells]
            if days and name == "day":
                read = cell_values.days(cells, year_hint=_ANY_YEAR).values
                written = [str(day or text) for day, text in zip(read, written, strict=True)]
            texts = [hash(text) % 2**64 for text in written]
            keys = (keys * _PRIME) ^ np.array(texts, np.uint64)[codes]
    return keys
