"""Kinds in levels, 城乡建设->物业管理, and several kinds in one cell: each row has one kind."""

from __future__ import annotations

import re

from lingti.ingest.questions import Asking
from lingti.ingest.reading.sheet_tables import Cell
from lingti.language import gettext as _

_LEVELS = re.compile(r"\s*(?:-+>|→|＞|=>|>>)\s*")
_SEVERAL = re.compile(r"[┋│┊]|(?<=[^\d\s])\s*[|｜]\s*(?=\S)")


def settle(asking: Asking, sheet: str, column: str, cells: list[Cell]) -> list[Cell]:
    """The distinct cells of a column of kinds: of levels the first; of several ticked the first or
    none, as somebody said."""
    kinds = [_LEVELS.split(c)[0] if isinstance(c, str) and _LEVELS.search(c) else c for c in cells]
    several = [at for at, c in enumerate(kinds) if isinstance(c, str) and _SEVERAL.search(c)]
    if not several:
        return kinds
    choice = asking.ask(
        "several_kinds",
        _("“{column}” holds several kinds in a cell. Which counts?").format(column=column),
        {"first": _("The first of them"), "none": _("None; such rows count as not filled in")},
        default="first",
        sheet=sheet,
        column=column,
        examples=[str(kinds[at]) for at in several],
    )
    for at in several:
        kinds[at] = _SEVERAL.split(str(kinds[at]))[0].strip() if choice == "first" else None
    return kinds
