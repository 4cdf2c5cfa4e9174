"""What titles, sheet names and file names say of time: days meant, day of export, year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from lingti.ingest.checking.coverage import Span, month_span, quarter_span

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_Y = r"(?<!\d)(20\d{2})"
_TO = r"\s*(?:至|到|[-~—–_]+)\s*"
_DAY = rf"{_Y}\s*[-./年]\s*(\d{{1,2}})\s*[-./月]\s*(\d{{1,2}})日?"
_CLOCK = r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
_BARE_MONTH = re.compile(r"(\d{1,2})\s*月份?")
_AS_OF = re.compile(
    rf"(?:截至|截止|导出时间|导出日期|统计时间|制表日期|填报日期|as of)[^\d]{{0,6}}{_DAY}(?![\d日])"
    rf"(?!{_CLOCK}{_TO}\d)",  # two days are what is covered
    re.IGNORECASE,
)


def named_in(text: str, year: int | None = None) -> list[Span]:
    """The days that a title, sheet or file name states, or none.

    Knows 2024年6月, 2024年1-6月, 2024年11月至次年1月, 2024.3-2024.6, 2024年第二季度, 2024年上半年,
    2024-06, 202406, 2024.6.1-2024.6.30 and the like, and 6月 where `year` tells which. A bare year
    states nothing, since titles often carry one.
    """
    text = unicodedata.normalize("NFKC", text)
    if year and (bare := _BARE_MONTH.fullmatch(text.strip())):
        text = f"{year}年{bare[0]}"
    for pattern, read in _KNOWN:
        match = pattern.search(text)
        if match:
            try:
                span = read(*match.groups())
            except ValueError:
                continue
            return [span] if span.first <= span.last else []
    return []


def year_in(text: str) -> int | None:
    """The one year that a title or file name states; None for none or several."""
    years = set(re.findall(r"(?<!\d)(20\d{2})(?=\s*年|[-._/]|[01]\d|$|\D)", text))
    return int(years.pop()) if len(years) == 1 else None


def as_of_in(text: str) -> date | None:
    """The day of export that a title states, as 截至2024年6月10日 or 导出时间：2024-06-10."""
    match = _AS_OF.search(unicodedata.normalize("NFKC", text))
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _days(*parts: str | None) -> Span:
    """Two days; the second may leave out its year."""
    year, month, day, year_2, month_2, day_2, month_3, day_3 = (int(part or 0) for part in parts)
    last = (year_2, month_2, day_2) if year_2 else (year, month_3, day_3)
    return Span(date(year, month, day), date(*last))


def _compact_days(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


def _months(year: str, month: str, next_year: str | None, year_2: str | None, month_2: str) -> Span:
    last_year = int(year_2 or year) + bool(next_year)
    return Span(month_span(int(year), int(month)).first, month_span(last_year, int(month_2)).last)


def _half_year(year: str, half: str) -> Span:
    first = 1 if half == "上" else 7
    return Span(date(int(year), first, 1), month_span(int(year), first + 5).last)


_KNOWN: list[tuple[re.Pattern[str], Callable[..., Span]]] = [
    (re.compile(rf"{_DAY}{_CLOCK}{_TO}(?:{_DAY}|(\d{{1,2}})月(\d{{1,2}})日)"), _days),
    (re.compile(rf"(?<!\d)(20\d{{6}}){_TO}(20\d{{6}})(?!\d)"), _compact_days),
    (
        re.compile(
            rf"{_Y}\s*[-./年]?\s*(\d{{1,2}})\s*月?{_TO}(次年)?(?:(20\d{{2}})\s*[-./年]?)?\s*"
            r"(\d{1,2})\s*月(?!\s*\d{1,2}\s*日)"
        ),
        _months,
    ),
    (
        re.compile(
            rf"{_Y}[-./年]?(\d{{1,2}})月?{_TO}(次年)?(20\d{{2}})[-./年]?(\d{{1,2}})(?![-./]?\d)"
        ),
        _months,
    ),
    (re.compile(rf"{_Y}\s*年?\s*(上|下)半年"), _half_year),
    (
        re.compile(rf"{_Y}\s*年?\s*第?\s*([一二三四1-4])\s*季度"),
        lambda year, quarter: quarter_span(int(year), _QUARTERS[quarter]),
    ),
    (
        re.compile(rf"{_Y}\s*[-年]?\s*[Qq]([1-4])"),
        lambda year, quarter: quarter_span(int(year), int(quarter)),
    ),
    *(
        (re.compile(pattern), lambda year, month: month_span(int(year), int(month)))
        for pattern in (
            rf"{_Y}\s*年\s*(\d{{1,2}})\s*月(?!\s*\d{{1,2}}\s*日)",
            rf"{_Y}[-._](\d{{1,2}})(?![-._]?\d)",
            rf"{_Y}(0[1-9]|1[0-2])(?!\d)",
        )
    ),
]
