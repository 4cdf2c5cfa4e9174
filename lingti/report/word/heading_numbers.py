"""How headings are numbered, by the standard of official documents."""

from __future__ import annotations

from lingti.language import current

_DIGITS = "零一二三四五六七八九十"


def ordinal(number: int, level: int) -> str:
    """The number in front of a heading: `一、` or `1. ` of level 1,
    `（一）` or `(1) ` of level 2.
    """
    if current() != "zh":
        return f"{number}. " if level == 1 else f"({number}) "
    return f"{_chinese(number)}、" if level == 1 else f"（{_chinese(number)}）"


def _chinese(number: int) -> str:
    """A number up to 99 in Chinese: `十二`."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    front = "" if tens == 1 else _DIGITS[tens]
    return f"{front}十{_DIGITS[ones] if ones else ''}"
