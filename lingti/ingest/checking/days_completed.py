"""Days that lack their year or month everywhere: 6月3日 of a sheet that names no year. Asked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from lingti.ingest.checking.convert_column import Context
from lingti.ingest.questions import Asking
from lingti.ingest.reading.sheet_tables import Cell
from lingti.ingest.values.plain_text import is_nothing, plain, written
from lingti.language import gettext as _

DAY_ONLY = re.compile(r"\d{1,2}[日号]")
_MONTHS = 36  # that are offered, the newest first
_TWO_YEARS = re.compile(r"(20\d\d)\s*年?\s*[-–—~～至/到]+\s*((?:20)?\d\d)(?!\d)")
_NO_YEAR = re.compile(r"(?P<month>\d{1,2})\s*月\s*\d{1,2}\s*[日号]?.*")


def settle(
    asking: Asking, context: Context, column: str, cells: list[Cell]
) -> tuple[list[Cell], Context]:
    """The distinct cells of a column of days, and what they rest on with the month or the year that
    somebody named for them.

    Asked of each file, where nothing names them and no cell does; one among days with a year is a
    wrong cell.
    """
    texts = [plain(written(cell)) for cell in cells if cell is not None]
    texts = [text for text in texts if text and not is_nothing(text)]
    if texts and context.month_hint is None and all(map(DAY_ONLY.fullmatch, texts)):
        month = _ask_month(asking, context, column, texts)
        return cells, replace(context, months=frozenset({month}) if month else frozenset())
    if texts and context.year_hint is None and all(map(_NO_YEAR.fullmatch, texts)):
        years = _ask_year(asking, context, column, texts)
        if len(years) > 1:
            return _over_two_years(cells, years), context
        return cells, replace(context, years=frozenset(years))
    return cells, context


def _over_two_years(cells: Sequence[Cell], years: Sequence[int]) -> list[Cell]:
    """The days with their year: the first one is of the first year, and so are all of a month not
    before its own."""
    matches = [_NO_YEAR.fullmatch(plain(written(cell))) for cell in cells]
    months = [int(match["month"]) for match in matches if match]
    return [
        f"{years[0] if int(match['month']) >= months[0] else years[1]}年{match[0]}"
        if match
        else cell
        for cell, match in zip(cells, matches, strict=True)
    ]


def _two_years(context: Context) -> tuple[int, int] | None:
    """The two years in a row that a title names: 2023—2024年度."""
    piece = context.piece
    for text in (piece.table.title, piece.table.sheet, piece.file.name):
        match = _TWO_YEARS.search(text)
        if match and int(match[2]) % 100 == (int(match[1]) + 1) % 100:
            return int(match[1]), int(match[1]) + 1
    return None


def _ask_month(
    asking: Asking, context: Context, column: str, texts: Sequence[str]
) -> tuple[int, int] | None:
    this = context.today.year * 12 + context.today.month - 1
    offered = [divmod(this - back, 12) for back in range(_MONTHS)]
    month_of = {f"{year}-{month + 1:02}": (year, month + 1) for year, month in offered}
    choice = asking.ask(
        "month",
        _("“{column}” holds days without a month. Of which month are they?").format(column=column),
        {key: key for key in month_of},
        default=list(month_of)[1],
        sheet=context.piece.table.sheet,
        column=column,
        examples=texts,
        file=hashlib.sha256(context.piece.file.data).hexdigest(),
    )
    return month_of.get(choice or "")


def _ask_year(
    asking: Asking, context: Context, column: str, texts: Sequence[str]
) -> tuple[int, ...]:
    now = context.today.year
    years_of: dict[str, tuple[int, ...]] = {str(year): (year,) for year in range(now, now - 4, -1)}
    names = {year: year for year in years_of}
    if both := _two_years(context):
        key = f"{both[0]}/{both[1]}"
        years_of = {key: both} | {str(year): (year,) for year in both}
        over = _("{first}, from the first month again {second}")
        names = {key: over.format(first=both[0], second=both[1]), **{str(y): str(y) for y in both}}
    choice = asking.ask(
        "year",
        _("“{column}” holds days without a year. Of which year are they?").format(column=column),
        {**names, "none": _("Of several; such rows are to be corrected")},
        default=next(iter(years_of)),
        sheet=context.piece.table.sheet,
        column=column,
        examples=texts,
        file=hashlib.sha256(context.piece.file.data).hexdigest(),
    )
    return years_of.get(choice or "", ())
