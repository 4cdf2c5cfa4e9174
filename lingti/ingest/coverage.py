"""The days an export speaks for: reading them, and arithmetic on sets of days.

A set of days is a sorted list of `Span`s, inclusive at both ends, that neither touch nor overlap.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from lingti.language import gettext as _

BEGINNING = date(1900, 1, 1)
_DAY = timedelta(days=1)
_CHINESE_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Span(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: date
    last: date


class CoverageError(ValueError):
    """Days that cannot be understood; says how to write them."""


def parse(text: str) -> list[Span]:
    """Reads `2024`, `2024-06`, `2024-Q2`, `D/D` or several by commas. Raises CoverageError."""
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


def contains(spans: Iterable[Span], day: date) -> bool:
    """Whether a day is in the set."""
    return any(first <= day <= last for first, last in spans)


def months_touched(days: Iterable[date]) -> list[Span]:
    """The whole months in which at least one of the days lies."""
    return merge(month_span(year, month) for year, month in {(d.year, d.month) for d in days})


def named_in(text: str, year: int | None = None) -> list[Span]:
    """The days that a title, sheet or file name states, or none.

    Knows 2024年6月, 2024年1-6月, 2024年第二季度, 2024-06, 202406, 2024.6.1-2024.6.30 and the like,
    and 6月 where `year` tells which; a bare year states nothing, since titles often carry one.
    """
    text = unicodedata.normalize("NFKC", text)
    if year and (bare := _BARE_MONTH.fullmatch(text.strip())):
        return [month_span(year, int(bare[1]))] if 1 <= int(bare[1]) <= 12 else []
    range_ = _DAY_RANGE.search(text)
    if range_:
        return _day_range(range_)
    for pattern, read in _NAMED:
        found = pattern.search(text)
        if found:
            try:
                return read(found)
            except ValueError:
                continue
    return []


def year_in(text: str) -> int | None:
    """The one year that a title or file name states; None for none or several."""
    years = set(re.findall(r"(?<!\d)(20\d{2})(?=\s*年|[-._/]|[01]\d|$|\D)", text))
    return int(years.pop()) if len(years) == 1 else None


def as_of_in(text: str) -> date | None:
    """The day of export that a title states, as 截至2024年6月10日 or 导出时间：2024-06-10."""
    found = _AS_OF.search(unicodedata.normalize("NFKC", text))
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


_BARE_MONTH = re.compile(r"(\d{1,2})\s*月份?")
_D = r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})日?"
_AS_OF = re.compile(
    rf"(?:截至|截止|导出时间|导出日期|统计时间|制表日期|填报日期|as of)[^\d]{{0,6}}{_D}",
    re.IGNORECASE,
)
_DAY_RANGE = re.compile(rf"{_D}\s*(?:至|到|[-~—–_]+)\s*(?:{_D}|(\d{{1,2}})月(\d{{1,2}})日)")


def _day_range(found: re.Match[str]) -> list[Span]:
    year, month, day, *rest = (int(part) if part else 0 for part in found.groups())
    last_year = rest[0] or year
    last_month, last_day = (rest[1], rest[2]) if rest[0] else (rest[3], rest[4])
    try:
        first, last = date(year, month, day), date(last_year, last_month, last_day)
    except ValueError:
        return []
    return [Span(first, last)] if first <= last else []


def _months(year: str, first: str, last: str) -> list[Span]:
    start, end = month_span(int(year), int(first)), month_span(int(year), int(last))
    return [Span(start.first, end.last)] if start <= end else []


_NAMED: list[tuple[re.Pattern[str], Callable[[re.Match[str]], list[Span]]]] = [
    (
        re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月?\s*(?:至|到|[-~—–]+)\s*(\d{1,2})\s*月"),
        lambda m: _months(m[1], m[2], m[3]),
    ),
    (
        re.compile(r"(\d{4})\s*年?\s*第?\s*([一二三四1-4])\s*季度"),
        lambda m: [quarter_span(int(m[1]), _CHINESE_QUARTERS.get(m[2]) or int(m[2]))],
    ),
    (re.compile(r"(\d{4})\s*-?\s*[Qq]([1-4])"), lambda m: [quarter_span(int(m[1]), int(m[2]))]),
    (
        re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?!\s*\d{1,2}\s*日)"),
        lambda m: [month_span(int(m[1]), int(m[2]))],
    ),
    (
        re.compile(r"(?<!\d)(20\d{2})[-._](\d{1,2})(?![-._]?\d)"),
        lambda m: [month_span(int(m[1]), int(m[2]))],
    ),
    (
        re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(?!\d)"),
        lambda m: [month_span(int(m[1]), int(m[2]))],
    ),
]


def gaps(spans: list[Span]) -> list[Span]:
    """The days between the spans of a set."""
    return [Span(one.last + _DAY, two.first - _DAY) for one, two in pairwise(spans)]
