"""How wide the columns of a table are, so that days, numbers and short words stay on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lingti.report import text_room
from lingti.report.content import Grid

CELL_ROOM = 7.0  # points at the sides of a cell together, and the lines
SHORT = 4  # Chinese letters that are not broken
STEPS = 40  # halvings; fewer show in no table
# Chinese may be broken anywhere, other text at blanks, and by Word behind a hyphen, which days and
# ranges are not to be.
_SPAN = re.compile(r"(?<=\d) – (?=\d)")
_CHINESE = re.compile(r"[\u2e80-\uffef]+")


def fitted(grid: Grid, room: float, size: float) -> tuple[float, ...]:
    """The columns' shares of the room for letters of a size, both in points; they add up to 1.

    A column is as wide as its widest text where there is room. Else those that need little get it,
    and the others share what is left as the table's own `widths` have it, each at least as wide as
    what must not be broken.
    """
    columns = [[grid.head[at], *(row[at] for row in grid.rows)] for at in range(len(grid.head))]
    whole = [max(text_room.width(text, size) for text in texts) + CELL_ROOM for texts in columns]
    if sum(whole) <= room:
        spare = room - sum(whole)
        return tuple(
            (need + spare * share / sum(grid.widths)) / room
            for need, share in zip(whole, grid.widths, strict=True)
        )
    least = [max(_unbroken(text, size) for text in texts) + CELL_ROOM for texts in columns]
    if sum(least) >= room:
        return tuple(need / sum(least) for need in least)
    return tuple(width / room for width in _shared(least, whole, grid.widths, room))


def _unbroken(text: str, size: float) -> float:
    """The width of the longest part that is not to be broken."""
    parts = [part for word in _SPAN.sub("–", text).split() for part in _parts(word)]
    return max((text_room.width(part, size) for part in parts), default=0.0)


def _parts(word: str) -> list[str]:
    chinese = [run[:SHORT] for run in _CHINESE.findall(word)]
    return [*chinese, *_CHINESE.sub(" ", word).split()]


def _shared(
    least: Sequence[float], whole: Sequence[float], wanted: Sequence[float], room: float
) -> list[float]:
    """The room dealt out by `wanted`; nobody gets less than `least` or more than `whole`."""

    def dealt(factor: float) -> list[float]:
        return [
            min(max(factor * share, low), high)
            for low, high, share in zip(least, whole, wanted, strict=True)
        ]

    low, high = 0.0, max(need / share for need, share in zip(whole, wanted, strict=True))
    for _step in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(dealt(middle)) <= room else (low, middle)
    return dealt(low)
