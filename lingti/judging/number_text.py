"""How numbers, days and periods are written in Chinese and English.

On the page a large number is short (1.23万 in Chinese, 12,345 in English); on hover and in
tables it is exact. None and NaN are written as an en dash: they are never a 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from lingti.catalog import Metric
from lingti.language import current
from lingti.language import gettext as _

NOTHING = "–"
MARKED = ("partial", "before_start")  # states of numbers that have a word beside them
IDLE = ("not_run", "not_expected")  # states of who owes no number and has none
MINUS = "\u2212"  # a true minus sign: as wide as the plus, and never taken for a hyphen
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LARGE = ((1e8, "亿"), (1e4, "万"))


def number(value: float | None, decimals: int = 0) -> str:
    """A number as one reads it: `1.23万` in Chinese from 10,000 on, `12,345` in English."""
    if _missing(value):
        return NOTHING
    assert value is not None
    if current() == "en":
        return exact(value, decimals)
    for size, word in _LARGE:
        # 9,999.6万 would round to 10,000万: it is 1亿.
        if round(abs(value), decimals) >= size * (1 - 5e-5 if size > 1e4 else 1):
            return exact(value / size, _digits(value / size), trim=True) + word
    return exact(value, decimals)


def exact(value: float | None, decimals: int = 0, *, trim: bool = False) -> str:
    """A number with thousands separators and all its decimals: `12,345.5`."""
    if _missing(value):
        return NOTHING
    text = f"{value:,.{decimals}f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    if not text.strip("-0.,"):  # minus zero
        return text.lstrip("-")
    return text.replace("-", MINUS)


def rate(value: float | None) -> str:
    """A rate with three significant digits at most: `0.42`, `3.4`, `34.2`, `342`."""
    return NOTHING if _missing(value) else number(value, _rate_decimals(value))


def share(value: float | None, decimals: int = 0) -> str:
    """A share of 1 in percent: `87%`."""
    return NOTHING if _missing(value) else exact((value or 0) * 100, decimals) + "%"


def is_percent(metric: Metric) -> bool:
    """Whether the metric is a share of 1 that is written in percent."""
    return metric.unit.en == "%"


def bare(value: float | None, metric: Metric, per: str = "total") -> str:
    """A metric's value without its unit (the percent sign stays with it)."""
    if is_percent(metric):
        return share(value, metric.decimals)
    if per != "total" and metric.scalable:
        return rate(value)
    return number(value, metric.decimals)


def measured(value: float | None, metric: Metric, per: str = "total") -> str:
    """A metric's value with its unit: `1.23万小时`, `12,345 h`, `87%`, `3.4小时/千人`."""
    return attach(bare(value, metric, per), metric, per)


def measured_exact(value: float | None, metric: Metric, per: str = "total") -> str:
    """A metric's value with its unit and nothing rounded away: for hovering and tables."""
    return attach(bare_exact(value, metric, per), metric, per)


def bare_exact(value: float | None, metric: Metric, per: str = "total") -> str:
    """A metric's value without its unit and with nothing rounded away."""
    if is_percent(metric):
        return share(value, max(1, metric.decimals))
    return exact(value, 2 if per != "total" and metric.scalable else metric.decimals)


def unit(metric: Metric, per: str = "total") -> str:
    """The unit of a metric as it is shown: `小时`, `小时/千人`; `h`, `h per 1,000 residents`."""
    plain = metric.unit.pick()
    if per == "residents" and metric.scalable:
        return _("{unit} per 1,000 residents").format(unit=plain)
    if per == "households" and metric.scalable:
        return _("{unit} per 1,000 households").format(unit=plain)
    return plain


def attach(text: str, metric: Metric, per: str = "total") -> str:
    """A written number with the metric's unit behind it."""
    if is_percent(metric) or text == NOTHING:
        return text
    words = unit(metric, per)
    return f"{text} {agreeing(text, words)}" if current() == "en" else text + words


def agreeing(text: str, words: str) -> str:
    """The words of a unit behind a written number: of one in the singular, where there is one."""
    return _of_one(words) if current() == "en" and text in ("1", "−1", "+1") else words


def _of_one(words: str) -> str:
    """An English unit as it is said of one: `activity` of `activities`, `person` of `people`."""
    first, space, rest = words.partition(" ")
    if first == "people":
        first = "person"
    elif first.endswith("ies") and len(first) > len("ties"):
        first = f"{first[:-3]}y"
    elif first.endswith(("ches", "shes", "sses", "xes")):
        first = first[:-2]
    elif len(first) > 2 and first.endswith("s") and not first.endswith(("ss", "us", "is")):
        first = first[:-1]
    return f"{first}{space}{rest}"


def signed(text: str, value: float) -> str:
    """A written amount with its sign in front: `+12`, `−3`."""
    return ("+" if value > 0 else "") + text


def day(value: date) -> str:
    """A day in full: `2024年6月10日`, `10 Jun 2024`."""
    if current() == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def as_of(value: date | None) -> str:
    """The day of which a figure is, in full; "" where there is none."""
    return day(value) if value else ""


def day_short(value: date) -> str:
    """A day where the year is known: `6月10日`, `10 Jun`."""
    if current() == "en":
        return f"{value.day} {_MONTHS[value.month - 1]}"
    return f"{value.month}月{value.day}日"


def period(grain: str, period_id: str) -> str:
    """A period in full: `2024年6月`, `2024年第二季度`, `2024年`; `Jun 2024`, `Q2 2024`, `2024`."""
    english = current() == "en"
    if grain == "programme":
        return _("the programme to date")
    year = period_id[:4]
    if grain == "jan-feb":
        return f"Jan–Feb {year}" if english else f"{year}年1—2月"
    if grain == "half-year":
        half = int(period_id[-1])
        return f"H{half} {year}" if english else f"{year}年{'上下'[half - 1]}半年"
    if grain == "year-to-date":
        month = int(period_id[5:7])
        return f"Jan to {_MONTHS[month - 1]} {year}" if english else f"{year}年1月至{month}月"
    if grain == "year":
        return year if english else f"{year}年"
    part = period_id[5:].lstrip("QW")
    if grain == "quarter":
        return f"Q{part} {year}" if english else f"{year}年第{'一二三四'[int(part) - 1]}季度"
    if grain == "week":
        return f"week {int(part)}, {year}" if english else f"{year}年第{int(part)}周"
    return f"{_MONTHS[int(part) - 1]} {year}" if english else f"{year}年{int(part)}月"


def months(period_ids: Iterable[str]) -> list[str]:
    """Months in full, in their order; three and more in a row by the first and the last of them."""
    runs: list[list[str]] = []
    for month in sorted(period_ids):
        if runs and _month_number(month) == _month_number(runs[-1][-1]) + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    texts: list[str] = []
    for run in runs:
        words = [period("month", month) for month in run]
        if len(run) > 2:
            words = [_("{first} to {last}").format(first=words[0], last=words[-1])]
        texts += words
    return texts


def _month_number(period_id: str) -> int:
    return int(period_id[:4]) * 12 + int(period_id[5:7])


def point(name: str) -> str:
    """The week, month or day that a point of a chart is named by, as `2024-W23`, in full."""
    if len(name) == len("2024-06-10"):
        return day(date.fromisoformat(name))
    return period("week" if "W" in name else "month", name)


def period_short(grain: str, period_id: str) -> str:
    """A period under an axis, where the year is told once: `6月`, `二季度`; `Jun`, `Q2`."""
    english = current() == "en"
    if grain in ("programme", "year"):
        return period(grain, period_id)
    if grain == "jan-feb":
        return "Jan–Feb" if english else "1—2月"
    part = int(period_id[5:].lstrip("QW"))
    if grain == "quarter":
        return f"Q{part}" if english else f"{'一二三四'[part - 1]}季度"
    if grain == "week":
        return f"W{part}" if english else f"{part}周"
    return _MONTHS[part - 1] if english else f"{part}月"


def _missing(value: float | None) -> bool:
    return value is None or math.isnan(value)


def _digits(value: float) -> int:
    size = abs(value)
    return 2 if size < 10 else 1 if size < 100 else 0


def _rate_decimals(value: float | None) -> int:
    size = abs(value or 0)
    if size == 0 or size >= 100:
        return 0
    return 1 if size >= 10 else 2


def state(code: str) -> str:
    """The word for a number's state: `未报送`, `not reported`."""
    return {
        "reported": _("reported"),
        "zero": _("zero"),
        "partial": _("partial"),
        "not_reported": _("not reported"),
        "not_run": _("not run"),
        "before_start": _("before start"),
        "not_expected": _("not expected"),
        "withheld": _("withheld"),
        "not_computable": _("not computable"),
        "nothing": _("nothing to compute"),
    }[code]


def withheld() -> str:
    """Why a number is withheld: the same whether it is small or would tell one that is."""
    return _("withheld, so that it tells of no single person")


def mark(code: str) -> str:
    """What is said behind a number that is less, or other, than it seems; "" of a whole one."""
    return state(code) if code in MARKED else ""


def state_of(value: float | None, code: str) -> str:
    """The state as a reader tells it: a reported 0 is a true zero, a reported gap is no number."""
    if code != "reported":
        return code
    return "nothing" if _missing(value) else "zero" if value == 0 else "reported"
