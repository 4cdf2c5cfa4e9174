"""Periods as people write them: 2025年1月, 2025年一季度, 上半年, 2026年1月至10月."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from lingti.ingest.checking.coverage import Span, month_span, quarter_span
from lingti.ingest.layout import titles

_ID = re.compile(r"\d{4}(?:-(?:\d{2}(?:-YTD)?|Q[1-4]|H[12]|JF|W\d{2}))?|programme")
_YEAR = re.compile(r"(\d{4})\s*年(?:度|全年)?")


def period_id(text: str, today: date) -> str:
    """The id of a period however it is written; the text itself where it is none.

    A period without a year is that of this year, or of the last where it has not begun. Months that
    are no period of ours, such as March to May, are a range `D/D`.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _ID.fullmatch(plain):
        return plain
    if year := _YEAR.fullmatch(plain):
        return year[1]
    span = _span(plain, today)
    return text if span is None else id_of(span)


def _span(text: str, today: date) -> Span | None:
    if spans := titles.named_in(text):
        return spans[0]
    for year in (today.year, today.year - 1):
        named = titles.named_in(text, year) or titles.named_in(f"{year}年{text}")
        if named and named[0].first <= today:
            return named[0]
    return None


def id_of(span: Span) -> str:
    """The id of the period with these days: the shortest name, else `D/D`."""
    first, last = span
    if span == month_span(first.year, first.month):
        return f"{first:%Y-%m}"
    quarter = (first.month + 2) // 3
    if span == quarter_span(first.year, quarter):
        return f"{first.year}-Q{quarter}"
    of_year = {
        (1, 6): f"{first.year}-H1",
        (7, 12): f"{first.year}-H2",
        (1, 12): f"{first.year}",
    }
    is_whole = first.day == 1 and span.last == month_span(last.year, last.month).last
    if not is_whole or first.year != last.year:
        return f"{first}/{last}"
    named = of_year.get((first.month, last.month))
    return named or (f"{last:%Y-%m}-YTD" if first.month == 1 else f"{first}/{last}")
