"""What a form says of time: 2024年6月, 本月, 上月, 本年累计, 1-6月, 同比, 环比, 截至6月底."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from lingti.forms.reading.row_kinds import squeezed
from lingti.ingest.values.plain_text import NUMERAL, numeral
from lingti.judging.periods import Period


@dataclass(frozen=True)
class Time:
    """What was said: a year, months of it, days; this period or another; a change.

    `which` is this, previous, last_year, to_date (from the year's start) or so_far (累计, from when
    is not said). `change` is yoy or mom, `how` share or difference. `ends`: as of its last day.
    """

    year: int | None = None
    months: tuple[int, int] | None = None
    days: tuple[date, date] | None = None
    which: str = ""
    unit: str = ""  # of 本月, 本季, 本年: what is this one
    change: str = ""
    how: str = ""
    ends: bool = False

    @property
    def is_said(self) -> bool:
        """Whether anything was said."""
        return self != Time()


class ConflictError(ValueError):
    """Two times that cannot both be meant."""


_TO = r"(?:至|到|[-–—~～－])"
_THAN = r"[比较](?:上个?月|上个?季度?|上期)"
_YEAR = r"(20\d\d)(?:年度?|[-./])"


_FIRST_YEAR = 2000
_YEAR_ALONE = re.compile(r"(?<!\d)(20\d\d)(?=[上下]半年|第?[一二三四]季度|前[二三]季度)")
_ONLY_YEAR = re.compile(r"20\d\d")


def _months(first: int, last: int) -> tuple[int, int]:
    if not 1 <= first <= last <= 12:
        raise ValueError((first, last))
    return first, last


def _quarter(text: str) -> tuple[int, int]:
    number = "一二三四".find(text) + 1 or int(text)
    return 3 * number - 2, 3 * number


def _half(text: str) -> tuple[int, int]:
    return (1, 6) if text == "上" else (7, 12)


def _span(*parts: str | int | None) -> Time:
    year, month, day, year_2, month_2, day_2 = (int(part or 0) for part in parts)
    return Time(days=(date(year, month, day), date(year_2 or year, month_2, day_2)))


def _always(time: Time) -> Callable[..., Time]:
    return lambda: time


_KNOWN: list[tuple[re.Pattern[str], Callable[..., Time]]] = [
    (
        re.compile(rf"{_YEAR}(\d\d?)[月\-./](\d\d?)日?{_TO}(?:{_YEAR})?(\d\d?)[月\-./](\d\d?)日?"),
        _span,
    ),
    (
        re.compile(rf"{_YEAR}(\d\d?)月?{_TO}{_YEAR}(\d\d?)月份?"),
        lambda year, month, last_year, last: _span(
            *(year, month, 1),
            *(last_year, last, monthrange(int(last_year), _months(int(last), int(last))[1])[1]),
        ),
    ),
    (
        re.compile(rf"截[至止](?:到)?(?:{_YEAR})?(\d\d?)月(?:份|底|末|(\d\d?)日)?"),
        lambda year, month, day: Time(
            int(year) if year else None,
            _months(int(month), int(month)),
            ends=True,
            how="" if day is None else f"day {int(day)}",
        ),
    ),
    (
        re.compile(rf"(?:{_YEAR})?(\d\d?)月?{_TO}(\d\d?)月份?(?:累计数?)?"),
        lambda year, first, last: Time(int(year) if year else None, _months(int(first), int(last))),
    ),
    (
        re.compile(rf"(?:{_YEAR})?前([二两三])个?季度"),
        lambda year, many: Time(int(year) if year else None, (1, 9 if many == "三" else 6)),
    ),
    (
        re.compile(rf"(截[至止](?:到)?)?(?:{_YEAR})?(?<!前)第?([一二三四1-4])季度(?:末|底)?"),
        lambda ends, year, quarter: Time(
            int(year) if year else None, _quarter(quarter), ends=bool(ends)
        ),
    ),
    (re.compile(r"(20\d\d)-?[Qq]([1-4])"), lambda year, q: Time(int(year), _quarter(q))),
    (re.compile(r"(?<![A-Za-z\d])[Qq]([1-4])(?![A-Za-z\d])"), lambda q: Time(None, _quarter(q))),
    (
        re.compile(rf"(?:{_YEAR})?([上下])半年(?:度)?"),
        lambda year, half: Time(int(year) if year else None, _half(half)),
    ),
    (
        re.compile(r"(20\d\d)年?[-./]?(\d\d?)月(?:份|底|末)?(?!\d{1,2}日)"),
        lambda year, month: Time(int(year), _months(int(month), int(month))),
    ),
    (
        re.compile(r"(20\d\d)[-./](\d\d?)(?![\d\-./])"),
        lambda year, month: Time(int(year), _months(int(month), int(month))),
    ),
    (re.compile(r"(20\d\d)年(?:度|全年)?"), lambda year: Time(int(year))),
    (
        re.compile(r"(?<![\d前近每])(\d\d?)月(?:份|底|末)?(?!\d{1,2}日)"),
        lambda month: Time(months=_months(int(month), int(month))),
    ),
    *(
        (re.compile(pattern), _always(said))
        for pattern, said in (
            (
                r"(?:比|较)?(?:上年|去年)同期(?:增长|增减|增幅|变化)率?(?:%|百分比)?|同比(?:增长|增减|增幅|变化|增速)?率|"
                r"同比(?:增长|增减|增幅|变化|±)?[(（]?[±%](?:%)?[)）]?",
                Time(change="yoy", how="share"),
            ),
            (r"同比(?:增减|增长|变化)?(?:数|量|额|值)", Time(change="yoy", how="difference")),
            (r"同比(?:增长|增减|增幅|变化)?", Time(change="yoy")),
            (
                r"环比(?:增长|增减|增幅|变化|增速)?率|环比(?:增长|增减|增幅|变化|±)?[(（]?[±%](?:%)?[)）]?",
                Time(change="mom", how="share"),
            ),
            (
                rf"(?:环比|{_THAN})(?:增减|增长|变化)?(?:数|量|额|值)",
                Time(change="mom", how="difference"),
            ),
            (
                rf"{_THAN}(?:增长|增减|变化|变动)?(?:率|幅度?|百分比|%)",
                Time(change="mom", how="share"),
            ),
            (rf"(?:环比|{_THAN})(?:增长|增减|增幅|变化)?", Time(change="mom")),
            (r"(?:上年|去年)同(?:期|月)数?", Time(which="last_year")),
            (
                r"(?:本年度?|今年|当年|年度|年)累计(?:完成)?数?|年初(?:至今|至本月|以来)累?计?|今年以来(?:累计)?|"
                r"1[-—~至到]本月(?:累计)?|自年初(?:累计)?|本年(?:1月)?至本?月(?:累计)?",
                Time(which="to_date"),
            ),
            (r"(?:本|当|此)月份?累计数?", Time(which="this", unit="month")),
            (r"(?:本|当)季度?累计数?", Time(which="this", unit="quarter")),
            (r"累计(?:完成)?数?|历年累计|至今", Time(which="so_far")),
            (r"(?:本|当|此|全)月份?数?", Time(which="this", unit="month")),
            (r"(?:本|当)季度?数?", Time(which="this", unit="quarter")),
            (r"(?:本|当|全|今)年度?数?", Time(which="this", unit="year")),
            (r"本期(?:数|末)?|报告期", Time(which="this")),
            (r"上个?月份?数?", Time(which="previous", unit="month")),
            (r"上个?季度?数?", Time(which="previous", unit="quarter")),
            (r"上期数?", Time(which="previous")),
        )
    ),
]


@lru_cache(maxsize=4096)
def said(text: str) -> tuple[str, Time]:
    """A text without what it says of time, and that. Raises ConflictError for several times."""
    plain = _digits(squeezed(text))
    if _ONLY_YEAR.fullmatch(plain):
        return "", Time(int(plain))
    times: list[Time] = []
    for pattern, read in _KNOWN:
        at = 0
        while match := pattern.search(plain, at):
            try:
                times.append(read(*match.groups()))
            except ValueError:
                at = match.end()
                continue
            plain = plain[: match.start()] + plain[match.end() :]
            at = match.start()
    return plain, merged(times)


def _digits(text: str) -> str:
    """六月 → 6月, 二〇二四年 → 2024年, 2024上半年 → 2024年上半年."""
    text = _YEAR_ALONE.sub(r"\1年", text)
    return re.sub(
        rf"({NUMERAL})(?=(?:(年)|月)(?!度|一))",
        lambda match: str(n) if (n := numeral(match[1])) and _is_date(n, match[2]) else match[1],
        text,
    )


def _is_date(number: int, of_years: str | None) -> bool:
    """Whether a numeral is a year or month, and not how long: 三年行动."""
    return number >= _FIRST_YEAR if of_years else True


def merged(times: Iterable[Time]) -> Time:
    """Several sayings as one. Raises ConflictError where they do not go together."""
    whole = Time()
    for time in times:
        for name in ("year", "months", "days", "which", "unit", "change", "how"):
            new, old = getattr(time, name), getattr(whole, name)
            if not new:
                continue
            if old and old != new:
                raise ConflictError(f"{name}: {old} and {new}")
            whole = replace(whole, **{name: new})
        whole = replace(whole, ends=whole.ends or time.ends)
    return whole


def period_between(first: date, last: date) -> Period:
    """The month, quarter or year of these days; else a range, as `D/D`."""
    whole_months = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole_months and first.year == last.year:
        length = last.month - first.month + 1
        if length == 1:
            return Period("month", f"{first:%Y-%m}", first, last)
        if length == 3 and first.month % 3 == 1:
            return Period("quarter", f"{first.year}-Q{last.month // 3}", first, last)
        if length == 12:
            return Period("year", f"{first.year}", first, last)
    return Period("range", f"{first}/{last}", first, last)


def months_between(year: int, first: int, last: int) -> Period:
    """The period of some months of a year."""
    return period_between(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def stated(time: Time) -> Period | None:
    """The period that a whole form says it is of; None where it does not say."""
    if time.days:
        return period_between(*time.days)
    if time.year is None:
        return None
    if time.how.startswith("day ") and time.months:
        return _to_day(time.year, time.months[0], int(time.how.removeprefix("day ")))
    return months_between(time.year, *(time.months or (1, 12)))


def _to_day(year: int, month: int, day: int) -> Period:
    """A month to its last day, as 截至6月30日 says it; else the year to that day.

    Raises ValueError for a day that there is not.
    """
    whole = months_between(year, month, month)
    last = date(year, month, day)
    return whole if last == whole.last_day else period_between(date(year, 1, 1), last)


def before(period: Period) -> Period:
    """The period of the same length before one."""
    last = period.first_day - timedelta(days=1)
    months = _length(period)
    if months is None:
        return period_between(last - (period.last_day - period.first_day), last)
    return period_between(_shift(period.first_day, -months), last)


def year_before(period: Period) -> Period:
    """The same days of the year before."""
    first = _shift(period.first_day, -12)
    end = _shift(date(period.last_day.year, period.last_day.month, 1), -12)
    whole = period.last_day.day == monthrange(period.last_day.year, period.last_day.month)[1]
    most = monthrange(end.year, end.month)[1]
    return period_between(first, end.replace(day=most if whole else min(period.last_day.day, most)))


def to_date(period: Period) -> Period:
    """From the first day of its year to the end of a period."""
    return period_between(date(period.last_day.year, 1, 1), period.last_day)


def _length(period: Period) -> int | None:
    """How many whole months a period has; None where its days are no whole months."""
    last = period.last_day
    if period.first_day.day != 1 or last.day != monthrange(last.year, last.month)[1]:
        return None
    return 12 * (last.year - period.first_day.year) + last.month - period.first_day.month + 1


def _shift(first: date, months: int) -> date:
    number = 12 * first.year + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
