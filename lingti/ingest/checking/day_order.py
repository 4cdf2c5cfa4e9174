"""Days that can be read in two ways, such as 03/04/2024: asked once per column."""

from __future__ import annotations

import re

from lingti.ingest.questions import Asking
from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values.plain_text import plain
from lingti.language import gettext as _

_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")


def settle(asking: Asking, sheet: str, column: str, cells: list[Cell]) -> list[Cell]:
    """The distinct cells of a column of days, the year first where somebody said how to read it.

    The usual answer is what the days say that can be read in one way only, such as 25/04/2024.
    """
    found = {index: parts for index, cell in enumerate(cells) if (parts := _parts(cell))}
    open_ones = [
        index
        for index, (first, second, *_rest) in found.items()
        if first != second and max(first, second) <= 12
    ]
    if not open_ones:
        return cells
    month_first = sum(second > 12 for _first, second, *_rest in found.values())
    day_first = sum(first > 12 for first, *_rest in found.values())
    choice = asking.ask(
        "day_order",
        _("“{column}” can be read in two ways. What comes first, the day or the month?").format(
            column=column
        ),
        {"day": _("The day: 03/04 is the 3rd of April"), "month": _("The month: 03/04 is 4 March")},
        default="day" if day_first > month_first else "month",
        sheet=sheet,
        column=column,
        examples=[str(cells[index]).strip() for index in open_ones],
    )
    if choice is None:
        return cells
    read = list(cells)
    for index in open_ones:
        first, second, year, rest = found[index]
        day, month = (first, second) if choice == "day" else (second, first)
        read[index] = f"{year}-{month}-{day}{rest}"
    return read


def _parts(cell: Cell) -> tuple[int, int, str, str] | None:
    """The first two numbers of such a day, its year, and what stands behind."""
    if not isinstance(cell, str):
        return None
    text = plain(cell)
    found = _YEAR_LAST.match(text)
    return found and (int(found[1]), int(found[2]), found[3], text[found.end() :])
