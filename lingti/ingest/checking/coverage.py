"""The days an export speaks for: reading them, and arithmetic on sets of days.

A set of days is a sorted list of `Span`s, inclusive at both ends, that neither touch nor overlap.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from lingti.language import gettext as _

BEGINNING = date(1900, 1, 1)
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: date
    last: date


class CoverageError(ValueError):
    """Days that cannot be understood; says how to write them."""


def parse(text: str) -> list[Span]:
    """Reads `2024`, `2024-06`, `2024-Q2`, `D/D`, 2024年6月 or several by commas.

    Raises CoverageError.
    """
    return merge(_parse_one(part.strip()) for part in text.split(","))


def _parse_one(text: str) -> Span:
    try:
        if "/" in text:
            first, last = map(date.fromisoformat, text.split("/"))
        elif quarter := re.fullmatch(r"(\d{4})-?[Qq]([1-4])", text):
            return quarter_span(int(quarter[1]), int(quarter[2]))
        elif month := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
            return month_span(int(month[1]), int(month[2]))
        elif re.fullmatch(r"\d{4}", text):
            return Span(date(int(text), 1, 1), date(int(text), 12, 31))
        elif written := _as_written(text):
            return written
        else:
            first = last = date.fromisoformat(text)
    except ValueError as error:
        raise CoverageError(
            _("{text!r} are no days: write 2024-06, 2024-Q2 or 2024-06-01/2024-06-30.").format(
                text=text
            )
        ) from error
    if first > last:
        raise CoverageError(_("{text!r}: the first day is after the last.").format(text=text))
    return Span(first, last)


def _as_written(text: str) -> Span | None:
    """Days as people write them: 2024年6月, 2024年上半年."""
    from lingti.ingest.layout import titles  # which reads spans of its own

    return titles.named_in(text)[0] if "年" in text and titles.named_in(text) else None


def write(spans: Iterable[Span]) -> str:
    """The days as `parse` reads them: whole months and quarters by name, else `D/D`."""
    return ",".join(map(_write_one, spans))


def _write_one(span: Span) -> str:
    first, last = span
    if first == month_span(first.year, first.month).first:
        if last == month_span(first.year, first.month).last:
            return f"{first:%Y-%m}"
        quarter = (first.month + 2) // 3
        if span == quarter_span(first.year, quarter):
            return f"{first.year}-Q{quarter}"
    return f"{first}/{last}"


def month_span(year: int, month: int) -> Span:
    """The days of a month. Raises ValueError for a month there is not."""
    first = date(year, month, 1)
    return Span(first, first.replace(day=monthrange(year, month)[1]))


def quarter_span(year: int, quarter: int) -> Span:
    """The days of a quarter from 1 to 4."""
    return Span(date(year, 3 * quarter - 2, 1), month_span(year, 3 * quarter).last)


def merge(spans: Iterable[Span]) -> list[Span]:
    """The union as a set of days: sorted, touching spans joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.first <= merged[-1].last + _DAY:
            merged[-1] = Span(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(Span(*span))
    return merged


def subtract(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """The days of `spans` that are not in `taken`."""
    left = merge(spans)
    for hole in taken:
        parts: list[Span] = []
        for span in left:
            if hole.last < span.first or hole.first > span.last:
                parts.append(span)
                continue
            if span.first < hole.first:
                parts.append(Span(span.first, hole.first - _DAY))
            if span.last > hole.last:
                parts.append(Span(hole.last + _DAY, span.last))
        left = parts
    return left


def cap(spans: Iterable[Span], last: date) -> list[Span]:
    """The days up to and including `last`."""
    return [Span(span.first, min(span.last, last)) for span in spans if span.first <= last]


def month_firsts(span: Span) -> list[date]:
    """The first day of a span, and of each month that begins in it."""
    firsts, day = [span.first], month_span(span.first.year, span.first.month).last + _DAY
    while day <= span.last:
        firsts.append(day)
        day = month_span(day.year, day.month).last + _DAY
    return firsts


def contains(spans: Iterable[Span], day: date) -> bool:
    """Whether a day is in the set."""
    return any(first <= day <= last for first, last in spans)


def months_touched(days: Iterable[date]) -> list[Span]:
    """The whole months in which at least one of the days lies."""
    return merge(month_span(year, month) for year, month in {(d.year, d.month) for d in days})
