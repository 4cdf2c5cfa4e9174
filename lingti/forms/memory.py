"""Forms that were filled before: known again by their shape, with what was confirmed.

The shape is all that is written in a form but times and the names of communities, so that next
month's and the next community's are the same, and 7天内办结 is not 14天内办结. What is kept is an
entry of kind `form`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lingti import entries
from lingti.forms.reading.grid import Form
from lingti.forms.reading.row_kinds import squeezed
from lingti.forms.understanding.labels import Places

KIND = "form"
WORD = "form_word"  # a word of titles: whether it restricts what is counted
_TIMES = re.compile(
    r"[\d〇零一二三四五六七八九十]+(?=[年月季期号]|日(?!内))|[上下](?=半年)|20\d\d(?:[-./]\d{1,2}){0,2}"
    r"|[xX×○〇*_＿]{2,}(?=社区|街道)"
)


@dataclass(frozen=True)
class Remembered:
    """A form that was filled before: `cells` hold what was said of each, by `sheet!cell`."""

    title: str
    office: str
    cells: Mapping[str, Mapping[str, Any]]
    asks: tuple[str, ...]
    slots: int = 0

    @property
    def value(self) -> dict[str, Any]:
        """What the entry holds."""
        return {
            "title": self.title,
            "office": self.office,
            "cells": {key: dict(one) for key, one in self.cells.items()},
            "asks": list(self.asks),
            "slots": self.slots,
        }


def shape(form: Form, places: Places) -> str:
    """What tells a form from others: sixteen hexadecimal digits."""
    parts = [form.kind]
    for grid in form.grids:
        parts.append(_masked(grid.name, places))
        parts += [
            f"{row},{column}:{'#' if cell.kind == 'number' else _masked(cell.text, places)}"
            for (row, column), cell in sorted(grid.cells.items())
            if cell.text
        ]
    parts += [_masked(line.text, places) for line in form.lines if line.text.strip()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _masked(text: str, places: Places) -> str:
    plain = squeezed(text)
    if plain.lower() in places.exact:
        return "@"
    for name in places.full:
        plain = plain.replace(name, "@")
    if plain.lower() in places.exact:
        plain = "@"
    return _TIMES.sub("#", plain)


def recalled(home: Path, key: str) -> Remembered | None:
    """What is known of a form of a shape; None where it is new."""
    value = entries.current(home, KIND).get(key)
    return _read(value) if isinstance(value, dict) else None


def everything(home: Path) -> dict[str, Remembered]:
    """All forms by their shape."""
    return {
        key: _read(value)
        for key, value in entries.current(home, KIND).items()
        if isinstance(value, dict)
    }


def remember(home: Path, key: str, form: Remembered, by: str) -> None:
    """Keeps a form; nothing where it is kept so already."""
    if entries.current(home, KIND).get(key) != form.value:
        entries.add(home, KIND, key, form.value, by)


def words_told(home: Path) -> dict[str, bool]:
    """Words of titles of which somebody said whether they restrict what is counted."""
    return {word: value is True for word, value in entries.current(home, WORD).items()}


def remember_words(home: Path, told: Mapping[str, bool], by: str) -> None:
    """Keeps what was said of words; nothing where it is kept so already."""
    known = words_told(home)
    for word, restricts in told.items():
        if known.get(word) != restricts:
            entries.add(home, WORD, word, restricts, by)


def forget(home: Path, key: str, by: str) -> None:
    """Takes a form out of the list."""
    entries.add(home, KIND, key, None, by)


def _read(value: Mapping[str, Any]) -> Remembered:
    return Remembered(
        title=str(value.get("title", "")),
        office=str(value.get("office", "")),
        cells=value.get("cells", {}),
        asks=tuple(map(str, value.get("asks", ()))),
        slots=int(value.get("slots", 0)),
    )


@dataclass(frozen=True)
class Burden:
    """What a form asks for: its cells, those that are understood, and those asked elsewhere too."""

    key: str
    title: str
    office: str
    cells: int
    understood: int
    repeated: int


def burden(forms: Mapping[str, Remembered]) -> list[Burden]:
    """One row per form, the largest first: how much of it another form already asks."""
    elsewhere = {
        key: {
            _whatever_place(ask) for other, one in forms.items() if other != key for ask in one.asks
        }
        for key in forms
    }
    return sorted(
        (
            Burden(
                key,
                one.title,
                one.office,
                one.slots,
                len(one.asks),
                sum(ask in elsewhere[key] for ask in map(_whatever_place, one.asks)),
            )
            for key, one in forms.items()
        ),
        key=lambda row: (-row.cells, row.title),
    )


def _whatever_place(ask: str) -> str:
    """What is asked, without of whom: a list of all communities asks it of each."""
    return ask.rpartition("|")[0]
