"""What every parser of cells needs: plain text, empty marks, Chinese numerals."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time

from lingti.ingest.reading.sheet_tables import Cell

# Written where there is nothing to write.
NOTHING = frozenset(
    [*"-—–/\\空无#", "--", "---", "——", "//", "暂无", "n/a", "na", "nan", "null", "none", "nil"]
)

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
NUMERAL = "[零〇○一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+"


@dataclass(frozen=True)
class Wrong:
    """The outcome of a cell that is no value: a stable code; `kept` where it can still be used."""

    code: str
    kept: object = None


def written(cell: Cell) -> str:
    """A cell as a person would write it: 118 for 118.0, 2024-06-10 for a date."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        # A spreadsheet keeps 15 digits; more would be invented.
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


def plain(text: str) -> str:
    """Half-width, lower case, without space around: １２Ｈ → 12h."""
    if text.isascii():
        return text.strip().lower()
    folded = unicodedata.normalize("NFKC", text)
    return folded.replace("\u2212", "-").replace("\u200b", "").strip().lower()


def is_nothing(text: str) -> bool:
    """Whether the text stands for an empty cell."""
    return text.lower() in NOTHING


def numeral(text: str) -> int | None:
    """A Chinese numeral below ten thousand: 十二 → 12, 二〇二四 → 2024; None for anything else."""
    if not re.fullmatch(NUMERAL, text):
        return None
    if not any(c in _TENS for c in text):
        # 三 or 二〇二四: digits one after the other; 三四 would be "three or four".
        if len(text) == 1 or (len(text) == 4 and text[0] in "一二"):
            return int("".join(str(_DIGITS[c]) for c in text))
        return None
    total, digit, last_ten = 0, 0, 10_000
    for position, c in enumerate(text):
        if c in _TENS:
            if _TENS[c] >= last_ten:
                return None
            if digit == 0 and not (c in "十拾" and position == 0):
                return None
            total += (digit or 1) * _TENS[c]
            last_ten, digit = _TENS[c], 0
        else:
            if digit:
                return None
            digit = _DIGITS[c]
    return total + digit
