"""Nasty forms: look-alikes, units, times, totals, headings and sentences that mislead.

They stand in `own/nasty.txt`: `# ` a name; then `sheet` and a name, or `table` and lines of text
after `> `; rows of cells after `| `, a dot for an empty one, a dash where there is none; and
what is merged. All that may be filled in of each stands in `own/nasty.tsv`; any other is a fault.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from forms.own_forms import book, document

_CELLS = {".": None, "-": ""}
Rows = list[list[str | None]]


def _form(text: str) -> bytes:
    """The form that lines of text describe."""
    sheets: list[tuple[str, Rows, list[str]]] = []
    blocks: list[Any] = []
    rows: Rows = []
    merged: list[Any] = []
    for line in text.splitlines():
        kind, _space, rest = line.partition(" ")
        match kind:
            case "sheet":
                rows, merged = [], []
                sheets.append((rest, rows, merged))
            case "table":
                rows, merged = [], []
                blocks.append((rows, merged))
            case ">":
                blocks.append(rest)
            case "|":
                rows.append([_CELLS.get(cell, cell) for cell in rest.split(" | ")])
            case "merged":
                merged += [
                    one if ":" in one else tuple(map(int, one.split(","))) for one in rest.split()
                ]
    return book(*sheets) if sheets else document(*blocks)


def _forms() -> dict[str, bytes]:
    text = (Path(__file__).parent / "own" / "nasty.txt").read_text("utf-8")
    parts = [one.partition("\n") for one in text.removeprefix("# ").split("\n# ")]
    return {name: _form(rest) for name, _line, rest in parts}


FORMS = _forms()
