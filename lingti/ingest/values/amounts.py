"""One cell → a number, or hours."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from decimal import Decimal

from lingti.ingest.reading.sheet_tables import Cell, CellError
from lingti.ingest.values.plain_text import NUMERAL, Wrong, is_nothing, numeral, plain, written

_SCALES = {"%": "0.01", "‰": "0.001", "百": "100", "千": "1000", "万": "10000", "亿": "100000000"}
_NUMBER = r"\d+(?:\.\d*)?|\.\d+"
_UNIT = (
    "积分|分|元整|元|块钱|块|圆|rmb|cny|人次|人|次数|次|个|件|户|家|名|位|份|张|袋|瓶|条|只|场|岁"
    "|桶|盒|本|套|项"
)
_AMOUNT = re.compile(
    r"(?P<open>\()?(?P<sign>[+-])?(?:人民币|rmb|cny|[¥$€])?\s*(?P<sign2>[+-])?"
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d*)?|{_NUMBER})(?P<power>e[+-]?\d{{1,2}})?"
    rf"\s*(?P<scale>[%‰百千万亿])?\s*(?:{_UNIT})?(?P<close>\))?"
)
_ROUGH = re.compile(r"约|大概|左右|以上|以下|多|余|近|几|不足|[~≈><≥≤至到或]|\d\s*[-—–]\s*\d")

_HOUR = r"(?:个)?(?:小时|钟头|时|hours|hour|hrs|hr|h)"
_MINUTE = r"(?:分钟|分|minutes|minute|mins|min|m|')"
_LONG = re.compile(
    rf"(?:(?P<days>{_NUMBER})\s*(?:个)?(?:工作日|天|日))?\s*"
    rf"(?:(?P<hours>{_NUMBER})\s*(?P<half>个半|半)?\s*{_HOUR}(?P<half_after>半)?)?\s*"
    rf"(?:(?P<minutes>{_NUMBER})\s*{_MINUTE})?(?:(?P<seconds>\d{{1,2}})\s*(?:秒|s))?"
)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?")
_OF_DAY = r"(上午|下午|早上|晚上|中午)?\s*([01]?\d|2[0-4])[:点时](?:([0-5]\d)分?|(半))?"
_FROM_TO = re.compile(rf"{_OF_DAY}\s*(?:-|—+|–|~|至|到)\s*{_OF_DAY}")
# A day before a range of clock time, as in 2024年6月5日 9:00-11:00.
_DAY_BEFORE = re.compile(
    r"^(?:\d{4}\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?[\s,(]*(?:(?:星期|周).)?[\s,)]*(?<=[日号\s),])(?=.*\d[:点时])"
)
_MOMENT = re.compile(
    r"(?:(?P<y>\d{4})\s*[-/.年]\s*(?P<mo>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?[\st]*)?"
    r"(?P<noon>上午|下午|早上|晚上|中午)?\s*(?P<h>[01]?\d|2[0-4])\s*[:点时]\s*(?P<m>[0-5]\d|半)?\s*分?(?::[0-5]\d(?:\.\d+)?)?"
)
_EVENING, _MORNING = 18, 6  # between which a night may be
BETWEEN = "·"  # between a start and an end in two columns


def parse_number(cell: Cell) -> float | Wrong | None:
    """One cell as a number."""
    if isinstance(cell, CellError):
        return Wrong("error_value")
    if isinstance(cell, bool):
        return Wrong("not_a_number")
    if isinstance(cell, (int, float)):
        return cell if math.isfinite(cell) else Wrong("not_a_number")
    if isinstance(cell, (date, time)):
        return Wrong("date_for_number")
    text = plain(written(cell))
    if not text or is_nothing(text):
        return None
    match = _AMOUNT.fullmatch(text)
    if match and bool(match["open"]) == bool(match["close"]):
        return _amount(match)
    counted = re.fullmatch(rf"({NUMERAL})(?:{_UNIT})?", text)
    if counted and (number := numeral(counted[1])) is not None:
        return float(number)
    return Wrong("ambiguous_number" if _ROUGH.search(text) else "not_a_number")


def parse_whole(cell: Cell) -> int | Wrong | None:
    """One cell as a whole number."""
    number = parse_number(cell)
    if number is None or isinstance(number, Wrong):
        return number
    return int(number) if float(number).is_integer() else Wrong("not_whole")


def _amount(match: re.Match[str]) -> float | Wrong:
    if match["sign"] and match["sign2"]:
        return Wrong("not_a_number")
    number = Decimal(match["number"].replace(",", "") + (match["power"] or ""))
    if match["scale"]:
        number *= Decimal(_SCALES[match["scale"]])
    negative = "-" in (match["sign"], match["sign2"]) or bool(match["open"])
    value = float(-number if negative else number)
    return value if math.isfinite(value) else Wrong("not_a_number")


def parse_hours(cell: Cell, *, factor: float) -> float | Wrong | None:
    """One cell as hours; bare numbers are multiplied by `factor`."""
    if isinstance(cell, CellError):
        return Wrong("error_value")
    if isinstance(cell, bool):
        return Wrong("not_hours")
    if isinstance(cell, (int, float)):
        return _rounded(cell * factor) if math.isfinite(cell) else Wrong("not_hours")
    if isinstance(cell, time):
        return _rounded(cell.hour + cell.minute / 60 + cell.second / 3600)
    if isinstance(cell, datetime) and cell.year <= 1900:
        # 30:00 in a cell formatted as time of day: the spreadsheet counts on from 1899-12-31.
        return _rounded((cell - datetime(1899, 12, 31)).total_seconds() / 3600)
    if isinstance(cell, date):
        return Wrong("not_hours")
    text = plain(written(cell))
    if not text or is_nothing(text):
        return None
    return _hours_of_text(text, factor)


def parse_between(cell: Cell) -> float | Wrong | None:
    """The hours from a start to an end, joined by `BETWEEN`: clock times, of a day or of two."""
    parts = [part.strip() for part in plain(written(cell)).split(BETWEEN)]
    parts = [part for part in parts if part and not is_nothing(part)]
    if len(parts) < 2:
        return _hours_of_text(parts[0], 1.0) if parts and _FROM_TO.search(parts[0]) else None
    moments = [_MOMENT.fullmatch(part) for part in parts]
    if len(moments) != 2 or moments[0] is None or moments[1] is None:
        return Wrong("not_hours")
    start, end = map(_since_midnight, moments)
    try:
        days = [
            date(*map(int, moment.group("y", "mo", "d")))
            for moment in moments
            if moment and moment["y"]
        ]
    except ValueError:
        return Wrong("not_hours")
    apart = (days[1] - days[0]).days if len(days) == 2 else 0
    if end <= start and not apart:
        if moments[0]["noon"] and not moments[1]["noon"] and end + 12 > start and end < 12:
            end += 12  # 下午7:00 to 9:00
        elif len(days) < 2 and start >= _EVENING and end <= _MORNING:
            apart = 1  # 22:00 to 0:30
    hours = _rounded(24 * apart + end - start)
    return hours if hours > 0 else Wrong("ambiguous_hours")


def _since_midnight(moment: re.Match[str] | None) -> float:
    assert moment is not None
    half = moment["m"] if moment["m"] == "半" else None
    return _of_day(moment["noon"], moment["h"], None if half else moment["m"], half)


def _hours_of_text(text: str, factor: float) -> float | Wrong:
    text = _DAY_BEFORE.sub("", text)
    if re.fullmatch(_NUMBER, text):
        return _rounded(float(text) * factor)
    if re.fullmatch(r"-\s*(?:" + _NUMBER + ")", text):
        return -_rounded(float(text.replace(" ", "")[1:]) * factor)
    if match := _CLOCK.fullmatch(text):
        return _rounded(int(match[1]) + int(match[2]) / 60 + int(match[3] or 0) / 3600)
    if match := _FROM_TO.fullmatch(text):
        start = _of_day(*match.groups()[:4])
        end = _of_day(match[5] or match[1], *match.groups()[5:])
        return _rounded(end - start) if end > start else Wrong("ambiguous_hours")
    spelled = _spelled_out(text)
    match = _LONG.fullmatch(spelled)
    if match and any(match[name] for name in ("days", "hours", "minutes", "seconds")):
        return _sum(match)
    return Wrong("ambiguous_hours" if _ROUGH.search(text) else "not_hours")


def _of_day(noon: str | None, hour: str, minute: str | None, half: str | None) -> float:
    """Hours since midnight; 下午2点 is 14."""
    late = 12 if noon in ("下午", "晚上") and int(hour) < 12 else 0
    return int(hour) + late + int(minute or 0) / 60 + (0.5 if half else 0)


def _spelled_out(text: str) -> str:
    """两小时 → 2小时, 半天 → 0.5天, 一刻钟 → 15分钟: what is left is digits and units."""
    text = re.sub(r"整$|^共|(?<=时)零", "", text)
    text = re.sub(
        rf"({NUMERAL})(?=\s*(?:个|小时|钟头|时|分|天|日|刻|半))",
        lambda match: str(n) if (n := numeral(match[1])) is not None else match[1],
        text,
    )
    text = re.sub(r"(\d+)\s*刻钟?", lambda found: f"{int(found[1]) * 15}分钟", text)
    return re.sub(r"(^|时)半(?=个?(?:小时|钟头|天|日))", r"\g<1>0.5", text)


def _sum(match: re.Match[str]) -> float | Wrong:
    days, hours, minutes = (float(match[name] or 0) for name in ("days", "hours", "minutes"))
    if match["half"] or match["half_after"]:
        if not match["hours"].isdigit() or match["minutes"]:
            return Wrong("ambiguous_hours")
        hours += 0.5
    if match["hours"] and minutes >= 60:
        return Wrong("not_hours")
    return _rounded(days * 8 + hours + minutes / 60 + int(match["seconds"] or 0) / 3600)


def _rounded(hours: float) -> float:
    """Without the dust of dividing by 60, so that equal durations are equal numbers."""
    return round(hours, 6)
