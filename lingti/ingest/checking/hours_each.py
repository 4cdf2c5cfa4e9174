"""Hours that no cell holds: a tick for who was there, or a sign-in sheet without hours. Asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from lingti.ingest.layout.merged_marks import is_tick
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.questions import Asking
from lingti.ingest.reading.sheet_tables import Cell
from lingti.language import gettext as _

ASKED = "asked"  # a constant: the hours of every row, as somebody says of each file
_OFFERED = ("0.5", "1", "1.5", "2", "2.5", "3", "4", "6", "8")


def are_ticks(cells: Sequence[Cell], mostly: float = 1) -> bool:
    """Whether all of the cells that hold anything, or a share of them, are ticks."""
    there = [cell for cell in cells if cell is not None]
    return bool(there) and sum(map(is_tick, there)) >= mostly * len(there)


def settle(asking: Asking, piece: Piece, column: str, cells: list[Cell]) -> list[Cell]:
    """The distinct cells of a column of hours, with what somebody said that a tick stands for."""
    is_asked = cells == [ASKED]
    ticks = [at for at, cell in enumerate(cells) if is_tick(cell)]
    if not ticks and not is_asked:
        return cells
    asks = _("“{column}” holds ticks. How many hours does one stand for?")
    if is_asked:
        asks = _("No column holds hours. How many hours did each person serve?")
    choice = asking.ask(
        "hours_each",
        asks.format(column=column),
        {one: _("{hours} hours").format(hours=one) for one in _OFFERED}
        | {"none": _("None of these; such rows are to be corrected")},
        default="2",
        sheet=piece.table.sheet,
        column="" if is_asked else column,
        examples=[] if is_asked else [str(cells[at]) for at in ticks],
        file=hashlib.sha256(piece.file.data).hexdigest() if is_asked else "",
    )
    hours = None if choice in (None, "none") else float(str(choice))
    return [hours if at in ticks or is_asked else cell for at, cell in enumerate(cells)]
