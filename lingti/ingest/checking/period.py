"""Tables without a day: which days they speak for is told, or asked of each file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from lingti.ingest.checking import coverage
from lingti.ingest.checking.coverage import Span, month_span, quarter_span
from lingti.ingest.checking.row_outcomes import FedRows
from lingti.ingest.layout.titles import named_in, year_in
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.questions import Asking
from lingti.language import gettext as _

_MONTHS, _QUARTERS, _YEARS = 36, 12, 4  # that are offered, the newest first


def day_of(
    asking: Asking, piece: Piece, given: Sequence[Span], today: date, which: str
) -> date | None:
    """The first day a table speaks for, or with `through` the last; None while that is open."""
    span = _given(piece, given) or _asked(asking, piece, today)
    if span is None:
        return None
    return min(span.last, today) if which == "through" else span.first


def keep_only_spans(fed: FedRows) -> None:
    """A row of one day tells of no span: its last day is left empty."""
    if "through" not in fed.columns or fed.columns["through"].null_count == len(fed.chosen):
        return
    first, last = (fed.columns[name].dictionary_decode() for name in ("day", "through"))
    longer = pc.fill_null(pc.greater(last, first), False)
    kept = pc.if_else(longer, last, pa.scalar(None, last.type))
    fed.columns["through"] = kept.dictionary_encode()


def _given(piece: Piece, given: Sequence[Span]) -> Span | None:
    """The span the user names, or that a title, sheet or file name does."""
    if len(given) == 1:
        return given[0]
    texts = (piece.table.title, piece.table.sheet, piece.file.name)
    year = next((found for text in texts if (found := year_in(text))), None)
    named = [spans[0] for text in texts if (spans := named_in(text, year))]
    return named[0] if named else None


def _asked(asking: Asking, piece: Piece, today: date) -> Span | None:
    offered = list(_offered(today))
    choice = asking.ask(
        "period",
        _("No column holds a day. Which days does this table speak for?"),
        {one: one for one in offered},
        default=offered[1],
        sheet=piece.table.sheet,
        examples=[name for name in piece.table.columns if name not in piece.table.made_columns][:5],
        file=hashlib.sha256(piece.file.data).hexdigest(),
    )
    return coverage.parse(choice)[0] if choice else None


def _offered(today: date) -> Iterator[str]:
    """The newest months, quarters and years, as `--covers` takes them."""
    last = today
    for _month in range(_MONTHS):
        span = month_span(last.year, last.month)
        yield f"{last:%Y-%m}"
        last = span.first - timedelta(days=1)
    last = today
    for _quarter in range(_QUARTERS):
        quarter = (last.month + 2) // 3
        yield f"{last.year}-Q{quarter}"
        last = quarter_span(last.year, quarter).first - timedelta(days=1)
    for before in range(_YEARS):
        yield str(today.year - before)
