"""One cell → one day."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from lingti.ingest.reading.sheet_tables import Cell, CellError
from lingti.ingest.values.plain_text import NUMERAL, Wrong, is_nothing, numeral, plain, written

# Serial numbers of days that can be meant: 1954 to 2119. Smaller or larger numbers are not dates.
SERIALS = range(20_000, 80_001)
_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_YEARS = range(1901, 2120)

_SEP = r"\s*[-/.、。年_\\–—]\s*"
_SEP2 = r"\s*[-/.、。月_\\–—]\s*"
_WEEKDAY = r"[\s,(]*(?:星期|周|礼拜)[一二三四五六日天]\)?"
_WEEKDAY_NAMED = re.compile("(?:星期|周|礼拜)([一二三四五六日天])")
_WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": 6}
_NOON = "上午|下午|早上|早晨|清晨|晚上|傍晚|中午|凌晨|夜间|全天|整天|半天|[早晚]|am|pm"
_CLOCK = (
    rf"\s*(?:(?P<t>t)|,)?\s*(?P<noon>{_NOON})?\s*"
    r"(?P<h>\d{1,2})\s*[:时点]\s*(?:(?P<m>\d{1,2})\s*[:分]?\s*(?:(?P<s>\d{1,2})(?:\.\d+)?\s*秒?)?)?"
    r"\s*(?:am|pm)?"
)
# A time of day may reach to another of the same day: 9:00-11:00, 14时30分至16时, 9-11点.
_TO = r"\s*(?:[-–—~]+|至|到)\s*"
_UNTIL = rf"(?:{_TO}(?:{_NOON})?\s*\d{{1,2}}\s*[:时点]\s*(?:\d{{1,2}}\s*分?)?(?::\d\d)?)?"
_HOURS = rf"[\s,(]*(?:{_NOON})?\s*\d{{1,2}}{_TO}(?:{_NOON})?\s*\d{{1,2}}\s*[时点]"
_ZONE = r"(?(t)(?P<zone>z|[+-]\d\d:?\d\d)?|(?P<plus>z|\+\d\d:?\d\d)?)"  # -11:00 is an hour else
_PART = rf"(?:{_CLOCK}(?:{_ZONE}|{_UNTIL})|{_HOURS}|[\s,(]*(?:{_NOON}))\)?"
_TAIL = rf"(?:{_WEEKDAY})?(?:{_PART})?(?:{_WEEKDAY})?"
# A state in the place of its day: open ones have none yet, a done one may stand beside its day.
_OPEN = re.compile(
    r"(?:目前|尚|还|暂|仍)*未(?:能)?(?:办结?|办理|完成|解决|结案|处理|整改|落实|到期|开始|开班|结业|派单|对接|匹配|会审|上会"
    r"|终止|解约|下架|定)(?:完成|完毕|完)?"
    r"|(?:目前|仍)?(?:正?在)?(?:办理|处理|进行|整改|跟进|推进|协调|受理|核实|对接|实施|落实|培训|学习|解决)中"
    r"|(?:有|等)?待(?:办理?|处理|解决|会审|审议|定|跟进|落实|整改|完成|派单|开班|对接|匹配|确定)"
)
_DONE = (
    "(?<!未)(?:已经?|于)?(?:办结|解决|完成|处理|结案|整改|回复|反馈|办理|落实|办)"
    "(?:完毕|完成|完|好|了)?"
)
_DONE_BEFORE = re.compile(rf"{_DONE}[\s,:;(]*(?=\d)")
_DONE_BEHIND = re.compile(rf"(?<=[\d日号:])[\s,;(]*{_DONE}\)?$")

_YMD = re.compile(rf"(?P<y>\d{{4}}){_SEP}(?P<mo>\d{{1,2}}){_SEP2}(?P<d>\d{{1,2}})\s*[日号]?{_TAIL}")
_COMPACT = re.compile(rf"(?P<y>\d{{4}})(?P<mo>\d\d)(?P<d>\d\d)(?:{_TAIL}|\d{{6}})")
_SHORT_YEAR = re.compile(
    rf"(?P<era>民国)?(?P<y>\d{{2,3}}){_SEP}(?P<mo>\d{{1,2}}){_SEP2}(?P<d>\d{{1,2}})\s*[日号]?{_TAIL}"
)
_ROC_COMPACT = re.compile(r"(?P<y>\d{2,3})(?P<mo>\d\d)(?P<d>\d\d)")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](?P<y>\d{{4}}){_TAIL}")
_MONTH_DAY = re.compile(rf"(?P<mo>\d{{1,2}})\s*月\s*(?P<d>\d{{1,2}})\s*[日号]?{_TAIL}")
_NO_DAY = re.compile(r"\d{4}\s*[-/.年]?\s*(?:\d{1,2}|[一二三四]季度|第.季度)?\s*月?(?:份)?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})[\s-]+(?P<m1>[a-z]{{3,9}})\.?|(?P<m2>[a-z]{{3,9}})\.?\s+(?P<d2>\d{{1,2}}))"
    rf"[\s,-]+(?P<y>\d{{4}}){_TAIL}"
)


def parse_day(
    cell: Cell, *, year_hint: int | None, roc: bool, date1904: bool
) -> date | Wrong | None:
    """One cell as a day; the reading must be the only possible one."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell if cell.year in _YEARS else Wrong("impossible_day")
    if isinstance(cell, CellError):
        return Wrong("error_value")
    if isinstance(cell, (bool, time)):
        return Wrong("not_a_day")
    if isinstance(cell, (int, float)):
        return _from_number(cell, roc, date1904)
    text = _digits_for_numerals(plain(written(cell)))
    if not text or is_nothing(text) or _OPEN.fullmatch(text):
        return None
    return _from_text(_without_state(text), year_hint, roc, date1904)


def _without_state(text: str) -> str:
    """2024-06-20已办结, 已解决(6月20日) → the day alone."""
    if begun := _DONE_BEFORE.match(text):
        return text[begun.end() :].removesuffix(")")
    return _DONE_BEHIND.sub("", text)


def _from_number(number: float, roc: bool, date1904: bool) -> date | Wrong:
    if number != number or abs(number) > 1e9:
        return Wrong("not_a_day")
    whole = int(number)
    if whole in SERIALS:
        return (_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=whole)
    if number == whole and 19_000_000 < whole < 22_000_000:
        return _day(whole // 10_000, whole // 100 % 100, whole % 100)
    if roc and number == whole and 100_000 < whole < 2_000_000:
        return _day(whole // 10_000 + 1911, whole // 100 % 100, whole % 100)
    if number == whole and (whole in _YEARS or 190_000 < whole < 220_000):
        return Wrong("no_day")
    return Wrong("not_a_day")


def _from_text(text: str, year_hint: int | None, roc: bool, date1904: bool) -> date | Wrong:
    if match := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        return _on(match, int(match["y"]))
    if match := _SHORT_YEAR.fullmatch(text):
        if roc or match["era"]:
            return _on(match, int(match["y"]) + 1911)
        return _short_year(match, text, year_hint)
    if roc and (match := _ROC_COMPACT.fullmatch(text)):
        return _on(match, int(match["y"]) + 1911)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(match)
    if match := _MONTH_DAY.fullmatch(text):
        # A leap year, so that 2月29日 without its year is only a day without its year.
        return _on(match, year_hint) if year_hint else _without_year(match)
    if match := _ENGLISH.fullmatch(text):
        return _english(match)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _from_number(float(text), roc, date1904)
    if _NO_DAY.fullmatch(text):
        return Wrong("no_day")
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}", text):
        return Wrong("ambiguous_day")
    found_days = re.findall(r"\d{1,2}\s*[月日号]|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", text)
    return Wrong("several_days" if len(found_days) > 1 else "not_a_day")


def _short_year(match: re.Match[str], text: str, year_hint: int | None) -> date | Wrong:
    """24年6月1日, 24-06-01 星期六 and, where the year is known, 24.6.1; without any of that it may
    as well be the 24th."""
    if len(match["y"]) > 2:
        return Wrong("ambiguous_day")
    year = 2000 + int(match["y"])
    day = _on(match, year)
    named = _WEEKDAY_NAMED.search(text)
    of_weekday = named and isinstance(day, date) and _WEEKDAYS[named[1]] == day.weekday()
    if "年" in text or year == year_hint or of_weekday:
        return day
    return Wrong("ambiguous_day")


def _without_year(match: re.Match[str]) -> Wrong:
    possible = isinstance(_day(2024, int(match["mo"]), int(match["d"])), date)
    return Wrong("no_year" if possible else "impossible_day")


def _digits_for_numerals(text: str) -> str:
    """二〇二四年六月十日 → 2024年6月10日."""
    if not re.search(r"[年月日号]", text):
        return text
    return re.sub(
        rf"({NUMERAL})(?=[年月日号])",
        lambda match: str(n) if (n := numeral(match[1])) is not None else match[1],
        text,
    )


def _day(year: int, month: int, day: int) -> date | Wrong:
    try:
        day_read = date(year, month, day)
    except ValueError:
        return Wrong("impossible_day")
    return day_read if year in _YEARS else Wrong("impossible_day")


def _on(match: re.Match[str], year: int) -> date | Wrong:
    """The day of a match with `mo` and `d`, if the time of day after it can be."""
    clock = _clock(match)
    return clock or _day(year, int(match["mo"]), int(match["d"]))


def _clock(match: re.Match[str]) -> Wrong | None:
    parts = match.groupdict()
    if parts.get("h") is not None and (
        int(parts["h"]) > 24 or int(parts["m"] or 0) > 59 or int(parts["s"] or 0) > 59
    ):
        return Wrong("impossible_day")
    if (parts.get("zone") or parts.get("plus")) not in (None, "+08:00", "+0800"):
        return Wrong("ambiguous_day")  # elsewhere's midnight is another day here
    return None


def _year_last(match: re.Match[str]) -> date | Wrong:
    """10/6/2024: only where one order of day and month is possible, or both are the same."""
    first, second = int(match[1]), int(match[2])
    readings = {_day(int(match["y"]), *pair) for pair in ((first, second), (second, first))}
    real = [reading for reading in readings if isinstance(reading, date)]
    if not real:
        return Wrong("impossible_day")
    return (_clock(match) or real[0]) if len(real) == 1 else Wrong("ambiguous_day")


def _english(match: re.Match[str]) -> date | Wrong:
    name = (match["m1"] or match["m2"])[:3]
    if name not in _MONTHS:
        return Wrong("not_a_day")
    day = int(match["d1"] or match["d2"])
    return _clock(match) or _day(int(match["y"]), _MONTHS.index(name) + 1, day)
