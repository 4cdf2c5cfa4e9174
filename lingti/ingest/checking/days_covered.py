"""Which days an import speaks for: as given, as its titles say, or the months it touches."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lingti.ingest.checking import coverage
from lingti.ingest.checking.cell_problems import ImportRefused
from lingti.ingest.checking.coverage import CoverageError, Span
from lingti.ingest.checking.row_outcomes import Checked
from lingti.ingest.layout import titles
from lingti.ingest.mapping.match_source import Piece
from lingti.ingest.questions import Asking
from lingti.language import gettext as _

# A title speaks for the file if nearly all of its rows lie in the days it names; the rest are
# findings. If fewer do, the title means something else, such as the day of printing.
_MOSTLY = 0.8
# A month at the beginning or the end with no more than this has got in by mistake, or has begun.
_STRAY_SHARE, _STRAY_OF_LARGEST, _STRAY_DAYS = 0.1, 0.25, 2


@dataclass(frozen=True)
class Covered:
    """The days an import speaks for, and what said so: given, title, sheet, file_name or months."""

    spans: list[Span]
    because: str


def decide(
    checked: Checked, pieces: Sequence[Piece], given: str | None, today: date, asking: Asking
) -> Covered:
    """The days an export speaks for; never past the day of export or today.

    Where a few rows lie in a month beside those of nearly all, it is asked whether it speaks for
    that month too.

    Raises ImportRefused where the days given cannot be read or none are left.
    """
    days = checked.days()
    try:
        spans, because = (
            (coverage.parse(given), "given") if given else _named(checked, pieces, days)
        )
    except CoverageError as error:
        raise ImportRefused("covers", str(error), _("Write 2024-06 or 2024-Q2.")) from error
    named = [] if spans else _of_another_year(checked, pieces, days)
    if named and _ask_year(asking, pieces, named, days) == "title":
        spans, because = named, "title"
    if not spans:
        known = [(day, n) for day, n in days if day <= today]
        spans, because = _months(checked, pieces, known, asking), "months"
    spans = coverage.cap(spans, _last(checked, pieces, given, days, today))
    if not spans:
        raise ImportRefused(
            "no_days",
            _("It cannot be told which days the file speaks for."),
            _("Say which (--covers), such as 2024-06."),
            checked.findings,
        )
    return Covered(spans, because)


def _of_another_year(
    checked: Checked, pieces: Sequence[Piece], days: list[tuple[date, int]]
) -> list[Span]:
    """The days that titles or sheets name where all rows of a log are of other years than these:
    then one of the two is a slip."""
    if checked.source.replaces != "days" or not days:
        return []
    texts = [(piece.table.title, piece.table.sheet) for piece in pieces]
    named = [next((s for text in both if (s := titles.named_in(text))), []) for both in texts]
    spans = coverage.merge(span for one in named for span in one)
    years = {year for span in spans for year in (span.first.year, span.last.year)}
    return spans if all(named) and not years.intersection(day.year for day, _n in days) else []


def _ask_year(
    asking: Asking, pieces: Sequence[Piece], named: list[Span], days: list[tuple[date, int]]
) -> str | None:
    content = "".join(sorted({hashlib.sha256(piece.file.data).hexdigest() for piece in pieces}))
    touched = coverage.write(coverage.months_touched([day for day, _n in days]))
    days_named = coverage.write(named)
    return asking.ask(
        "other_year",
        _("The title names {named}, but the rows are of {days}. Which is right?").format(
            named=days_named, days=touched
        ),
        {
            "title": _("The title; the rows are to be corrected"),
            "rows": _("The rows; it speaks for {days}").format(days=touched),
        },
        default="title",
        examples=[str(day) for day, _n in days],
        once=dict.fromkeys(("title", "rows"), content),
    )


def _months(
    checked: Checked, pieces: Sequence[Piece], days: list[tuple[date, int]], asking: Asking
) -> list[Span]:
    """The months that the rows touch; those of a few stray rows only where somebody says so."""
    touched = coverage.months_touched([day for day, _n in days])
    stray = _stray_months(days, at_end_only=checked.source.replaces == "key")
    if not stray or checked.source.replaces == "all":
        return touched
    mostly = coverage.subtract(touched, stray)
    few = [(day, n) for day, n in days if coverage.contains(stray, day)]
    contents = sorted(hashlib.sha256(piece.file.data).hexdigest() for piece in pieces)
    choice = asking.ask(
        "covers",
        _("Nearly all rows lie in {months}, {count} in {others}. Which does it speak for?").format(
            months=coverage.write(mostly),
            count=sum(n for _day, n in few),
            others=coverage.write(stray),
        ),
        {
            "mostly": _("For {months} only; the other rows are to be corrected").format(
                months=coverage.write(mostly)
            ),
            "both": _("For {months}: nothing else happened in them").format(
                months=coverage.write(touched)
            ),
        },
        default="mostly",
        examples=[str(day) for day, _n in few],
        once={"both": "".join(contents)},
    )
    return touched if choice == "both" else mostly


def _stray_months(days: list[tuple[date, int]], *, at_end_only: bool) -> list[Span]:
    """The months, first or last, with a few rows on a day or two beside months with many."""
    rows: dict[Span, list[int]] = defaultdict(list)
    for day, n in days:
        rows[coverage.month_span(day.year, day.month)].append(n)
    largest, total = max((sum(ns) for ns in rows.values()), default=0), sum(n for _d, n in days)

    def is_stray(month: Span) -> bool:
        few = sum(rows[month])
        return len(rows[month]) <= _STRAY_DAYS and (
            few <= max(1, _STRAY_SHARE * total) and few <= _STRAY_OF_LARGEST * largest
        )

    months = sorted(rows)
    last = list(itertools.takewhile(is_stray, reversed(months)))
    first = [] if at_end_only else list(itertools.takewhile(is_stray, months))
    return coverage.merge([*first, *last])


def _last(
    checked: Checked,
    pieces: Sequence[Piece],
    given: str | None,
    days: list[tuple[date, int]],
    today: date,
) -> date:
    """The day of export, as a title states it, or today; rows later than a day that is stated
    show that it means something else where the user says which days are covered."""
    stated = [day for piece in pieces if (day := titles.as_of_in(piece.table.title))]
    if given or checked.source.replaces != "days":
        stated = [max([day, *(d for d, _n in days)]) for day in stated]
    return min([today, *stated])


def _named(
    checked: Checked, pieces: Sequence[Piece], days: list[tuple[date, int]]
) -> tuple[list[Span], str]:
    """The days that titles, sheets or file names state, if nearly every row lies in them."""
    named: list[Span] = []
    because = set()
    for piece in pieces:
        year = titles.year_in(piece.table.title) or titles.year_in(piece.file.name)
        texts = {
            "title": piece.table.title,
            "sheet": piece.table.sheet,
            "file_name": Path(piece.file.name).stem,
        }
        place_and_spans = next(
            ((k, s) for k, text in texts.items() if (s := titles.named_in(text, year))), None
        )
        if place_and_spans is None:
            return [], ""
        because.add(place_and_spans[0])
        named += place_and_spans[1]
    named = coverage.merge(named)
    if checked.source.replaces == "days":
        inside = sum(n for day, n in days if coverage.contains(named, day))
    else:
        inside = sum(n for day, n in days if named and day <= named[-1].last)
    if inside < _MOSTLY * sum(n for _day, n in days):
        return [], ""
    return named, next(iter(because)) if len(because) == 1 else "title"
