"""Text that a spreadsheet would take for a formula, made harmless; for every CSV and workbook."""

from __future__ import annotations

from typing import TypeVar

# The wide ones are what a Chinese keyboard types; Excel takes them for the others.
_FORMULA_STARTS = (*"=+-@＝＋－＠", "\t", "\r", "\n")
Cell = TypeVar("Cell")


def harmless(cell: Cell) -> Cell | str:
    """Text that starts like a formula gets an apostrophe in front, as spreadsheets know it.

    Anything but text is returned as it is.
    """
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell
