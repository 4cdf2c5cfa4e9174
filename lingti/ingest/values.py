"""Cells as people write them → dates, hours, numbers, yes/no. One column at a time.

Every parser takes the cells of a column and returns `Parsed`: one value per cell (None where it
is empty or wrong) and the problems, each with the position of its cell. An impossible or
ambiguous cell is a problem, never a guess. Pass `Table.distinct(name)[0]` rather than the whole
column where it is long: the work is per distinct value either way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from lingti.ingest.shapes import Cell

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """A cell that is no value of its kind: its position, the cell as written, a stable code."""

    index: int
    value: str
    code: str

    @property
    def expected(self) -> str:
        """What is expected instead, in the language of the user."""
        raise NotImplementedError


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """One value per cell, and the cells that are wrong."""

    values: list[T | None]
    problems: list[Problem]


def days(cells: list[Cell], *, year_hint: int | None = None, roc: bool = False) -> Parsed[date]:
    """Dates. `year_hint` completes 6月10日; `roc` says the header speaks of 民国 years."""
    raise NotImplementedError


def hours(cells: list[Cell], unit: str = "hours") -> Parsed[float]:
    """Hours; `unit` of bare numbers: hours, minutes, half_days (4 h), days (8 h)."""
    raise NotImplementedError


def integers(cells: list[Cell]) -> Parsed[int]:
    """Whole numbers."""
    raise NotImplementedError


def decimals(cells: list[Cell]) -> Parsed[float]:
    """Numbers."""
    raise NotImplementedError


def yes_no(cells: list[Cell]) -> Parsed[bool]:
    """Yes or no: 是/否, √/×, 有/无, 已/未…"""
    raise NotImplementedError


def texts(cells: list[Cell]) -> Parsed[str]:
    """Texts, trimmed."""
    raise NotImplementedError


def id_numbers(cells: list[Cell]) -> Parsed[str]:
    """Chinese resident ID numbers of 18 (or 15) characters."""
    raise NotImplementedError


def phones(cells: list[Cell]) -> Parsed[str]:
    """Phone numbers, digits only."""
    raise NotImplementedError


def written(cell: Cell) -> str:
    """A cell as a person would write it: 118 for 118.0, 2024-06-10 for a date."""
    raise NotImplementedError
