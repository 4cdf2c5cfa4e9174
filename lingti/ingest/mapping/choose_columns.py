"""Which column of an export is which of ours: by its header and its cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lingti.catalog import PERSON, Column, Table
from lingti.ingest.mapping import said_once
from lingti.ingest.mapping.likeness import LIKELY, fitting_share, likeness
from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.mapping.templates import ADDED
from lingti.ingest.values import cell_values

_FILLS = 0.5  # likeness below fills nothing


def chosen(
    table: Table, ours: Mapping[str, Column | None], piece: Piece, today: date
) -> dict[str, tuple[str, float]]:
    """The column of the export for each of ours, with its sureness; weak likeness fills nothing.

    What is required comes first: it may need the column that another one would also like.
    """
    scored = [
        (score, name, column)
        for name, known in ours.items()
        for column in piece.table.columns
        if plain(column) not in ADDED
        and (like := likeness(table, name, known, column, piece)) >= _FILLS
        and (score := like * fitting_share(known, name, column, piece, today)) >= _FILLS
    ]
    chosen: dict[str, tuple[str, float]] = {}
    used: set[str] = set()
    for score, name, column in sorted(scored, key=lambda one: -one[0]):
        if name not in chosen and column not in used:
            chosen[name] = (column, score)
            used.add(column)
    for name, known in ours.items():
        if known is not None and known.required and name not in chosen and name != PERSON:
            mine = [(score, column) for score, wants, column in scored if wants == name]
            if mine:
                score, column = max(mine)
                _yield_to(name, column, score, chosen, ours)
    _share_said_once(ours, piece, chosen)
    return chosen


def _yield_to(
    name: str,
    column: str,
    score: float,
    chosen: dict[str, tuple[str, float]],
    ours: Mapping[str, Column | None],
) -> None:
    """Gives a required column of ours what an optional one has taken."""
    holder = next((one for one, (taken, _score) in chosen.items() if taken == column), None)
    held = ours.get(holder or "")
    if holder is None or (held is not None and not held.required):
        chosen.pop(holder or "", None)
        chosen[name] = (column, score)


def _share_said_once(
    ours: Mapping[str, Column | None], piece: Piece, chosen: dict[str, tuple[str, float]]
) -> None:
    """A day in a caption, title or sheet name; its range of clock time is the hours too."""
    days = [name for name in piece.table.made_columns if name in said_once.DAYS]
    if "day" in ours and "day" not in chosen and days:
        chosen["day"] = (days[0], LIKELY)
    day = chosen.get("day", ("", 0.0))[0]
    if "hours" in ours and "hours" not in chosen and day in piece.table.made_columns:
        parsed = cell_values.hours(piece.table.distinct(day)[0])
        if parsed.values and not parsed.problems and None not in parsed.values:
            chosen["hours"] = (day, LIKELY)
    names_sheet = (
        said_once.GROUP in piece.table.made_columns,
        said_once.SHEET_NAME in piece.table.made_columns,
    )
    for there, name in zip(names_sheet, (said_once.GROUP, said_once.SHEET_NAME), strict=True):
        if there and "activity" in ours and "activity" not in chosen:
            chosen["activity"] = (name, LIKELY)
