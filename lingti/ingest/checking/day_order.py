"""Days that can be read in two ways, such as 03/04/2024: asked once per column."""

from __future__ import annotations

import re

from lingti.ingest.questions import Asking
from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values.days import parse_day
from lingti.ingest.values.plain_text import Wrong, plain, written
from lingti.language import gettext as _

_SHORT = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_YEAR_SHORT = re.compile(r"\d{2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")


def settle(asking: Asking, sheet: str, column: str, cells: list[Cell]) -> list[Cell]:
    """The distinct cells of a column of days, the year first where somebody said how to read it.

    The usual answer is what the days say that can be read in one way only, such as 25/04/2024.
    """
    parts_at = {index: parts for index, cell in enumerate(cells) if (parts := _parts(cell))}
    open_ones = [
        index
        for index, (first, second, *_rest) in parts_at.items()
        if first != second and max(first, second) <= 12
    ]
    if not open_ones:
        return cells
    month_first = sum(second > 12 for _first, second, *_rest in parts_at.values())
    day_first = sum(first > 12 for first, *_rest in parts_at.values())
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
        first, second, year, rest = parts_at[index]
        day, month = (first, second) if choice == "day" else (second, first)
        read[index] = f"{year}-{month}-{day}{rest}"
    return read


def settle_short_year(
    asking: Asking, sheet: str, column: str, cells: list[Cell], year_hint: int | None
) -> list[Cell]:
    """The distinct cells of a column of days, 24.6.1 with its year where it was said that the year
    comes first; where a weekday or the title tells it is not asked."""
    short = [index for index, cell in enumerate(cells) if _has_short_year(cell, year_hint)]
    if not short or "民国" in column:
        return cells
    choice = asking.ask(
        "short_year",
        _("“{column}” holds years of two digits. What comes first in {example}?").format(
            column=column, example=written(cells[short[0]]).strip()
        ),
        {
            "year": _("The year, then month and day"),
            "none": _("Not the year; such rows are to be corrected"),
        },
        default="year",
        sheet=sheet,
        column=column,
        examples=[written(cells[index]).strip() for index in short],
    )
    if choice != "year":
        return cells
    read = list(cells)
    for index in short:
        read[index] = f"20{plain(written(cells[index]))}"
    return read


def _has_short_year(cell: Cell, year_hint: int | None) -> bool:
    if not isinstance(cell, str) or not _YEAR_SHORT.match(plain(cell)):
        return False
    day = parse_day(cell, year_hint=year_hint, roc=False, date1904=False)
    return isinstance(day, Wrong) and day.code == "ambiguous_day"


def settle_short(asking: Asking, sheet: str, column: str, cells: list[Cell]) -> list[Cell]:
    """The distinct cells of a column of days, 6.3 and 02-16 with their month where it was said
    which of the two numbers that is; the year is that of the title or of the days covered."""
    pairs = {index: parts for index, cell in enumerate(cells) if (parts := _short(cell))}
    if not pairs:
        return cells
    month_first = sum(second > 12 >= first for first, second in pairs.values())
    day_first = sum(first > 12 >= second for first, second in pairs.values())
    choice = asking.ask(
        "short_day",
        _("“{column}” holds days without a year. What comes first, the month or the day?").format(
            column=column
        ),
        {
            "month": _("The month: 6.3 is 3 June"),
            "day": _("The day: 6.3 is 6 March"),
            "none": _("Neither; these are no days"),
        },
        default="day" if day_first > month_first else "month",
        sheet=sheet,
        column=column,
        examples=[written(cells[index]).strip() for index in pairs],
    )
    if choice not in ("month", "day"):
        return cells
    read = list(cells)
    for index, pair in pairs.items():
        month, day = pair if choice == "month" else pair[::-1]
        read[index] = f"{month}月{day}日"
    return read


def is_short(cell: Cell) -> bool:
    """Whether a cell may be a day without its year, such as 6.3, or with two digits of it."""
    return _short(cell) is not None or _has_short_year(cell, None)


def _short(cell: Cell) -> tuple[int, int] | None:
    """The two numbers of 02-16, 6.3 or 6/5; of a number only where no zero can be lost: 6.1 may
    have been 6.10."""
    if isinstance(cell, float) and written(cell)[-2:] in (".1", ".2", ".3"):
        return None
    match = _SHORT.fullmatch(plain(written(cell))) if isinstance(cell, str | float) else None
    pair = match and (int(match[1]), int(match[2]))
    return pair if pair and min(pair) >= 1 and min(pair) <= 12 and max(pair) <= 31 else None


def _parts(cell: Cell) -> tuple[int, int, str, str] | None:
    """The first two numbers of such a day, its year, and what stands behind."""
    if not isinstance(cell, str):
        return None
    text = plain(cell)
    match = _YEAR_LAST.match(text)
    return match and (int(match[1]), int(match[2]), match[3], text[match.end() :])
