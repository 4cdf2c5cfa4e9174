"""How much room text takes, estimated so that no usual font needs more.

A letter's width is a share of the type size: 1 for Chinese, less for Latin letters. A test holds
the estimate against real fonts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

LINE = 1.3  # height of a line as a multiple of its size; slides set it so
LARGE = 26.0  # the smallest type of a title that still looks like one on a single line
_TOKEN = re.compile(r"[A-Za-z0-9.,%+\-−–/:'’()]+|\s+|.", re.DOTALL)
_WIDE = set("mwMW@%—“”‘’…")
# Where a title may break: after a comma, or before brackets.
_BREAK = re.compile(r"[，；、,;:] ?(?!\d{3})|(?=[（(])")
# Between Chinese and other letters programs leave a little room, which nobody has written.
_BESIDE_CHINESE = 0.25


def width(text: str, size: float) -> float:
    """The width of a line of text at a type size, both in the same unit; never too little."""
    between = sum(_apart(letter, other) for letter, other in pairwise(text))
    return size * (sum(_share(letter) for letter in text) + between)


def _apart(one: str, other: str) -> float:
    """The room between two letters that follow each other, as a share of the type size."""
    changes = (ord(one) > 0x2E80) != (ord(other) > 0x2E80)
    return _BESIDE_CHINESE if changes and " " not in one + other else 0.0


def _share(letter: str) -> float:
    if ord(letter) > 0x2E80 or letter in _WIDE:
        return 1.0
    if letter in " .,:;'|ilj!()[]-":
        return 0.36
    return 0.74 if letter.isupper() else 0.59


def breaks_words(text: str, room: float, size: float) -> bool:
    """Whether a word is longer than a line."""
    return any(width(token, size) > room for token in _TOKEN.findall(text))


def lines(text: str, room: float, size: float) -> int:
    """How many lines a text takes in a width; words are broken only where they are longer."""
    count = 0
    for part in text.split("\n"):
        used, count, before = 0.0, count + 1, ""
        for token in _TOKEN.findall(part):
            needs = width(token, size)
            if used and before:
                needs += size * _apart(before, token[0])
            before = token[-1]
            if used + needs <= room:
                used += needs
            elif token.isspace():
                used = room
            else:
                count += max(1, -int(-needs // room)) if needs > room else 1
                used = needs % room if needs > room else needs
    return count


def height(text: str, room: float, size: float) -> float:
    """The height of a text that wraps in a width."""
    return lines(text, room, size) * size * LINE


def largest(text: str, room: float, most_lines: int, sizes: Sequence[float]) -> float:
    """The first of the sizes, from large to small, at which a text fits; else the last."""
    for size in sizes:
        if lines(text, room, size) <= most_lines:
            return size
    return sizes[-1]


def largest_title(text: str, room: float, sizes: Sequence[float]) -> float:
    """The same for a title: one line of a large size rather than two, else two lines."""
    for size in sizes:
        if size >= LARGE and lines(text, room, size) == 1:
            return size
    return largest(text, room, 2, sizes)


def balanced(text: str, room: float, size: float) -> str:
    """A title of two lines that breaks at the comma or bracket nearest the middle; else as it is.

    The break is a vertical tab, which is a new line within a paragraph in PowerPoint.
    """
    if lines(text, room, size) != 2:
        return text
    cuts = [match.end() for match in _BREAK.finditer(text) if 0 < match.end() < len(text)]
    halves = [(text[:at], text[at:]) for at in cuts]
    fitting = [pair for pair in halves if max(width(half, size) for half in pair) <= room]
    if not fitting:
        return text
    first, second = min(fitting, key=lambda pair: abs(width(pair[0], 1) - width(pair[1], 1)))
    return f"{first}\v{second}"


def roomier(
    shares: Sequence[float], needs: Sequence[float], room: float
) -> tuple[float, ...] | None:
    """The shares of a table's columns, changed so that each has the room it needs.

    Columns with room to spare give it in proportion; None where there is not enough of it.
    """
    spare = [share * room - need for share, need in zip(shares, needs, strict=True)]
    lacking = -sum(room_left for room_left in spare if room_left < 0)
    left = sum(room_left for room_left in spare if room_left > 0)
    if lacking > left:
        return None
    kept = 1 - lacking / left if left else 1.0
    return tuple(
        (need + max(0.0, room_left) * kept) / room
        for need, room_left in zip(needs, spare, strict=True)
    )


def longest_word(text: str, size: float) -> float:
    """The width of the longest word of a text."""
    return max((width(token, size) for token in _TOKEN.findall(text)), default=0.0)


def shortened(text: str, room: float, most_lines: int, size: float) -> str:
    """The text, or as much of it as fits, with an ellipsis."""
    if lines(text, room, size) <= most_lines:
        return text
    while text and lines(text + "…", room, size) > most_lines:
        text = text[:-1]
    return text.rstrip(" ,;，；、") + "…"


def row_heights(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    size: float,
    around: float,
    above: float,
) -> list[float]:
    """The heights of table rows whose columns have these widths.

    `around` is the room at the sides of a cell's text, `above` that above and below it.
    """
    return [
        max(
            (height(text, room - 2 * around, size) for text, room in zip(row, widths, strict=True)),
            default=size * LINE,
        )
        + 2 * above
        for row in rows
    ]
