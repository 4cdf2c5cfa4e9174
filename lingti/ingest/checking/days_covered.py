"""Which days an import speaks for: as given, as its titles say, or the months it touches."""

from __future__ import annotations

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
from lingti.language import gettext as _

# A title speaks for the file if nearly all of its rows lie in the days it names; the rest are
# findings. If fewer do, the title means something else, such as the day of printing.
_MOSTLY = 0.8


@dataclass(frozen=True)
class Covered:
    """The days an import speaks for, and what said so: given, title, sheet, file_name or months."""

    spans: list[Span]
    because: str


def decide(checked: Checked, found: Sequence[Piece], given: str | None, today: date) -> Covered:
    """The days an export speaks for; never past the day of export or today.

    Raises ImportRefused where the days given cannot be read or none are left.
    """
    days = checked.days()
    try:
        spans, because = (coverage.parse(given), "given") if given else _named(checked, found, days)
    except CoverageError as error:
        raise ImportRefused("covers", str(error), _("Write 2024-06 or 2024-Q2.")) from error
    if not spans:
        spans, because = coverage.months_touched([d for d, _n in days if d <= today]), "months"
    spans = coverage.cap(spans, _last(checked, found, given, days, today))
    if not spans:
        raise ImportRefused(
            "no_days",
            _("It cannot be told which days the file speaks for."),
            _("Say which (--covers), such as 2024-06."),
            checked.findings,
        )
    return Covered(spans, because)


def _last(
    checked: Checked,
    found: Sequence[Piece],
    given: str | None,
    days: list[tuple[date, int]],
    today: date,
) -> date:
    """The day of export, as a title states it, or today; rows later than a day that is stated
    show that it means something else where the user says which days are covered."""
    stated = [day for one in found if (day := titles.as_of_in(one.table.title))]
    if given or checked.source.replaces != "days":
        stated = [max([day, *(d for d, _n in days)]) for day in stated]
    return min([today, *stated])


def _named(
    checked: Checked, found: Sequence[Piece], days: list[tuple[date, int]]
) -> tuple[list[Span], str]:
    """The days that titles, sheets or file names state, if nearly every row lies in them."""
    named: list[Span] = []
    because = set()
    for piece in found:
        year = titles.year_in(piece.table.title) or titles.year_in(piece.file.name)
        texts = {
            "title": piece.table.title,
            "sheet": piece.table.sheet,
            "file_name": Path(piece.file.name).stem,
        }
        said = next(
            ((k, s) for k, text in texts.items() if (s := titles.named_in(text, year))), None
        )
        if said is None:
            return [], ""
        because.add(said[0])
        named += said[1]
    named = coverage.merge(named)
    if checked.source.replaces == "days":
        inside = sum(n for day, n in days if coverage.contains(named, day))
    else:
        inside = sum(n for day, n in days if named and day <= named[-1].last)
    if inside < _MOSTLY * sum(n for _day, n in days):
        return [], ""
    return named, next(iter(because)) if len(because) == 1 else "title"
