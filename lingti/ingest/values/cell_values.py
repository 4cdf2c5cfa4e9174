"""Cells as people write them → dates, hours, numbers, yes/no. One column at a time.

Every parser takes the cells of a column and returns `Parsed`: one value per cell (None where it
is empty or wrong) and the problems, each with the position of its cell. An impossible or
ambiguous cell is a problem, never a guess. Pass `Table.distinct(name)[0]` rather than the whole
column where it is long: the work is per distinct value either way.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from lingti.ingest.reading.sheet_tables import Cell, CellError, encode
from lingti.ingest.values.amounts import parse_between, parse_hours, parse_number, parse_whole
from lingti.ingest.values.days import parse_day
from lingti.ingest.values.plain_text import Wrong, is_nothing, plain, written
from lingti.ingest.values.problem_text import expected_words

__all__ = [
    "Parsed",
    "Problem",
    "days",
    "decimals",
    "hours",
    "id_numbers",
    "integers",
    "phones",
    "texts",
    "written",
    "yes_no",
]

T = TypeVar("T")

_PLEASED = ("满意", "非常满意", "很满意", "比较满意", "基本满意", "解决", "已解决")
_NOT_PLEASED = ("不满意", "很不满意", "非常不满意", "未解决")
YES = frozenset(
    [
        *(*_PLEASED, *"是有已对真√✓✔☑■1ytv"),
        *("yes", "true", "on", "ok", "是的", "同意", "参加", "合格"),
    ]
)
NO = frozenset(
    [
        *(*_NOT_PLEASED, *"否无未没错假×✗✘✕╳☐□0nfx不"),
        *("no", "false", "off", "没有", "未有", "不是"),
    ]
)
USER_NUMBER = "user_number"  # the unit of a column that holds such numbers
_DAY_ONLY = re.compile(r"^\s*(\d{1,2})\s*[日号]\s*$")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_ANSWERS = frozenset("是有否无")
_BOX = re.compile(r"[☑√✓✔■☐□]|[是有否无]")
_UNCLEAR = re.compile(r"不详|不清|不知|未知|无法|待定|取消|撤|摘|退|拆|部分|[?/]")


@dataclass(frozen=True)
class Problem:
    """A cell that is no value of its kind: its position, the cell as written, a stable code.

    Where `Parsed.values` nevertheless holds a value at that position, the problem is a warning:
    the value can be used (an ID number whose check digit is wrong is still its owner's).
    """

    index: int
    value: str
    code: str

    @property
    def expected(self) -> str:
        """What is expected instead, in the language of the user."""
        return expected_words(self.code)


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """One value per cell, and the cells that are wrong."""

    values: list[T | None]
    problems: list[Problem]


def days(
    cells: list[Cell],
    *,
    year_hint: int | None = None,
    roc: bool = False,
    date1904: bool = False,
    month_hint: tuple[int, int] | None = None,
) -> Parsed[date]:
    """Dates. `year_hint` completes 6月10日, and `month_hint` (year and month) 10日; `roc` says that
    the header speaks of 民国 years; `date1904` that bare numbers count the days from 1904
    (`Table.date1904`)."""
    if month_hint is not None:
        prefix = "{}-{}-".format(*month_hint)
        cells = [_DAY_ONLY.sub(rf"{prefix}\1", c) if isinstance(c, str) else c for c in cells]
    return _each(cells, partial(parse_day, year_hint=year_hint, roc=roc, date1904=date1904))


def hours(cells: list[Cell], unit: str = "hours") -> Parsed[float]:
    """Hours. `unit` is that of bare numbers: hours, minutes, half_days (4 h) or days (8 h); or
    `from_to` for a start and an end, joined.

    Raises KeyError for another unit.
    """
    if unit == "from_to":
        return _each(cells, parse_between)
    factor = {"hours": 1.0, "minutes": 1 / 60, "half_days": 4.0, "days": 8.0}[unit]
    return _each(cells, partial(parse_hours, factor=factor))


def integers(cells: list[Cell]) -> Parsed[int]:
    """Whole numbers: 1,200, 12人次, 3万, 十二, full-width digits."""
    return _each(cells, parse_whole)


def decimals(cells: list[Cell]) -> Parsed[float]:
    """Numbers: as `integers`, with decimals; 95% is 0.95, 1.2万元 is 12000."""
    return _each(cells, parse_number)


def yes_no(cells: list[Cell]) -> Parsed[bool]:
    """Yes or no: 是/否, √/×, 有/无, 已…/未…, 1/0."""
    return _each(cells, _parse_yes_no)


def texts(cells: list[Cell]) -> Parsed[str]:
    """Texts as written, without the space around them. An error such as #N/A is a problem."""
    return _each(cells, _parse_text)


def id_numbers(cells: list[Cell]) -> Parsed[str]:
    """Resident ID numbers of 18 or 15 digits, or another document's letters and digits.

    A number in the cell instead of text has lost its last digits: a problem without a value.
    A wrong check digit is a warning: the value is kept.
    """
    return _each(cells, _parse_id)


def user_numbers(cells: list[Cell]) -> Parsed[str]:
    """Numbers by which a program of theirs tells people apart: never taken for an ID number."""
    return _each(cells, lambda cell: f"user {text}" if (text := written(cell).strip()) else None)


def phones(cells: list[Cell]) -> Parsed[str]:
    """Phone numbers, digits only: mobile, or with area code, or 7–8 digits; +86 is dropped."""
    present = [cell for cell in cells if cell is not None]
    # Most columns are mobile numbers throughout; that they are text the types cannot follow.
    if set(map(type, present)) == {str} and all(map(_MOBILE.fullmatch, present)):  # type: ignore[arg-type]
        return Parsed(cells.copy(), [])  # type: ignore[arg-type]
    return _each(cells, _parse_phone)


def _each(cells: list[Cell], parse: Callable[[Cell], T | Wrong | None]) -> Parsed[T]:
    """Parses every distinct cell once and spreads the results over the column."""
    distinct, codes = encode(cells)
    parsed = [None if cell is None else parse(cell) for cell in distinct]
    results = parsed if len(parsed) == len(cells) else list(map(parsed.__getitem__, codes))
    if Wrong not in set(map(type, parsed)):
        return Parsed(results, [])  # type: ignore[arg-type]  # none is Wrong
    values: list[T | None] = []
    problems = []
    for index, result in enumerate(results):
        if isinstance(result, Wrong):
            problems.append(Problem(index, written(cells[index]), result.code))
            values.append(result.kept)  # type: ignore[arg-type]  # a T, or None
        else:
            values.append(result)
    return Parsed(values, problems)


def _parse_text(cell: Cell) -> str | Wrong | None:
    if isinstance(cell, CellError):
        return Wrong("error_value")
    return written(cell).strip() or None


def _parse_yes_no(cell: Cell) -> bool | Wrong | None:
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, CellError):
        return Wrong("error_value")
    text = plain(written(cell))
    if not text:
        return None
    if text in YES:
        return True
    if text in NO:
        return False
    if len(boxes := _BOX.findall(text)) > 1:
        return _ticked(boxes)
    if _UNCLEAR.search(text) or len(text) > 8:
        return Wrong("not_yes_no")
    if text[0] in "已是有":
        return True
    return False if text[0] in "未没无不否" else Wrong("not_yes_no")


def _ticked(boxes: list[str]) -> bool | Wrong:
    """Which of the words beside boxes is ticked, as in □是 ☑否 or 是☑ 否□."""
    words = [box in _ANSWERS for box in boxes]
    turns = all(a != b for a, b in itertools.pairwise(words)) and len(boxes) % 2 == 0
    pairs = list(zip(boxes[words[0] :: 2], boxes[not words[0] :: 2], strict=False))
    chosen = [word for mark, word in pairs if mark in YES]
    if not turns or len(chosen) != 1:
        return Wrong("not_yes_no")
    return chosen[0] in "是有"


_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _parse_id(cell: Cell) -> str | Wrong | None:
    if isinstance(cell, CellError):
        return Wrong("error_value")
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if abs(cell) >= 1e15:
            return Wrong("id_lost_digits")
        text = written(cell)
    else:
        text = re.sub(r"[\s-]", "", plain(written(cell))).upper()
    if not text or is_nothing(text):
        return None
    if re.fullmatch(r"\d+(\.\d+)?E\+?\d+", text):
        return Wrong("id_lost_digits")
    if "*" in text:
        return Wrong("masked")
    if re.fullmatch(r"\d{17}[\dX]", text):
        return _checked_id(text)
    if re.fullmatch(r"\d{15}", text) and _is_day("19" + text[6:12]):
        return text
    if re.fullmatch(r"(?=.*[A-Z])[A-Z\d()]{7,18}", text):
        return text  # a passport or a permit
    return Wrong("not_an_id")


def _checked_id(text: str) -> str | Wrong:
    expected = "10X98765432"[sum(int(text[i]) * w for i, w in enumerate(_ID_WEIGHTS)) % 11]
    if text[-1] == expected and _is_day(text[6:14]):
        return text
    if text.endswith("000"):  # what a spreadsheet leaves of an ID number it took for a number
        return Wrong("id_lost_digits")
    if not _is_day(text[6:14]):
        return Wrong("not_an_id")
    return Wrong("id_check_digit", kept=text)


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True


def _parse_phone(cell: Cell) -> str | Wrong | None:
    if isinstance(cell, str) and _MOBILE.fullmatch(cell):
        return cell  # as nearly all are
    if isinstance(cell, CellError):
        return Wrong("error_value")
    text = plain(written(cell))
    if not text or is_nothing(text):
        return None
    if re.fullmatch(r"\d+(\.\d+)?e\+?\d+", text):
        return Wrong("phone_lost_digits")
    if "*" in text:
        return Wrong("masked")
    if len(re.findall(r"\d{7,}", text)) > 1:
        return Wrong("several_phones")
    digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", re.sub(r"[\s()\-—–]", "", text))
    if re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|400\d{7}|1\d{4}", digits):
        return digits
    return Wrong("not_a_phone")
