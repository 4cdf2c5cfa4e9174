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
_MONTHS = 24  # that are offered, the newest first
_NO_YEAR = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]?.*")


def settle(asking: Asking, context: Context, column: str, cells: Sequence[Cell]) -> Context:
    """What a column of days rests on, with the month or the year that somebody named for it.

    Asked of each file, where nothing names them and no cell does; one among days with a year is a
    wrong cell.
    """
    texts = [plain(written(cell)) for cell in cells if cell is not None]
    texts = [text for text in texts if text and not is_nothing(text)]
    if texts and context.month_hint is None and all(map(DAY_ONLY.fullmatch, texts)):
        month = _ask_month(asking, context, column, texts)
        return replace(context, months=frozenset({month}) if month else frozenset())
    if texts and context.year_hint is None and all(map(_NO_YEAR.fullmatch, texts)):
        year = _ask_year(asking, context, column, texts)
        return replace(context, years=frozenset({year}) if year else frozenset())
    return context


def _ask_month(
    asking: Asking, context: Context, column: str, texts: Sequence[str]
) -> tuple[int, int] | None:
    this = context.today.year * 12 + context.today.month - 1
    offered = [divmod(this - back, 12) for back in range(_MONTHS)]
    said = {f"{year}-{month + 1:02}": (year, month + 1) for year, month in offered}
    choice = asking.ask(
        "month",
        _("“{column}” holds days without a month. Of which month are they?").format(column=column),
        {one: one for one in said},
        default=list(said)[1],
        sheet=context.piece.table.sheet,
        column=column,
        examples=texts,
        file=hashlib.sha256(context.piece.file.data).hexdigest(),
    )
    return said.get(choice or "")


def _ask_year(asking: Asking, context: Context, column: str, texts: Sequence[str]) -> int | None:
    said = {str(context.today.year - back): context.today.year - back for back in range(4)}
    choice = asking.ask(
        "year",
        _("“{column}” holds days without a year. Of which year are they?").format(column=column),
        {**{one: one for one in said}, "none": _("Of several; such rows are to be corrected")},
        default=next(iter(said)),
        sheet=context.piece.table.sheet,
        column=column,
        examples=texts,
        file=hashlib.sha256(context.piece.file.data).hexdigest(),
    )
    return said.get(choice or "")
