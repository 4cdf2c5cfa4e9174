"""The rules of control charts over sides of lines: 1 above, -1 below, 0 on the line or missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

RUN_LENGTH = 7


def side(value: float | None, lower: float, upper: float) -> int:
    """1 above the upper, -1 below the lower of two lines, else and where missing 0."""
    return 0 if value is None else (value > upper) - (value < lower)


def streaks(signs: Sequence[int], shortest: int) -> Iterator[tuple[int, int, int]]:
    """Start, end (exclusive) and sign of equal signs in a row; 0 belongs to no streak."""
    start = 0
    for sign, group in groupby(signs):
        end = start + len(list(group))
        if sign and end - start >= shortest:
            yield start, end, sign
        start = end


def runs(sides: Sequence[int], shortest: int = RUN_LENGTH) -> list[int]:
    """The sign of each point that is one of seven or more in a row on one side, else 0."""
    marks = [0] * len(sides)
    for start, end, sign in streaks(sides, shortest):
        marks[start:end] = [sign] * (end - start)
    return marks


def two_of_three(near: Sequence[int], sides: Sequence[int]) -> list[int]:
    """The sign of each point near a limit that is one of two in three on one side, else 0."""
    marks = [0] * len(near)
    for start in range(len(near) - 2):
        three = range(start, start + 3)
        close = [index for index in three if near[index]]
        if len(close) >= 2 and abs(sum(sides[index] for index in three)) == 3:
            for index in close:
                marks[index] = near[index]
    return marks


def runs_past_ties(sides: Sequence[int], shortest: int = RUN_LENGTH) -> list[int]:
    """As `runs`, but a point on neither side ends no run; it is no part of one either."""
    split = [at for at, sign in enumerate(sides) if sign]
    marks = [0] * len(sides)
    for at, mark in zip(split, runs([sides[at] for at in split], shortest), strict=True):
        marks[at] = mark
    return marks
