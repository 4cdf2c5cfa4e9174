"""Between what withheld cells must lie, as a reader can work it out who knows the others.

Nothing is below zero, a member that is named was there, a whole lies between what its parts come
to at least and at most, and a part is what the others leave of the whole. So auditors of published
tables look for what suppressed cells give away (feasibility intervals; A. Hundepool et al.,
Statistical Disclosure Control, 2012, chapter 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from lingti import catalog

ROUNDS = 12  # each tells of cells one sum further away
SURE = 1e-3  # nothing is counted in smaller steps

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def given_away(con: duckdb.DuckDBPyConnection) -> Places:
    """The withheld cells of which one value only is left; needs `cells`, `sums` and `withheld`."""
    cells = _columns(con, "bounds_cells")
    numbers, known = cells["cell"], ~cells["is_withheld"].astype(bool)
    if known.all() or not known.any():
        return numbers[:0]
    links = _columns(con, "bounds_sums")
    place = np.full(max(numbers.max(), links["cell"].max(initial=0)) + 1, -1)
    place[numbers] = np.arange(len(numbers))
    at = place[links["cell"]]
    there = at >= 0
    sums = _sums(links["sum"][there], at[there], links["is_whole"][there].astype(bool))
    is_distinct = cells["is_distinct"].astype(bool)
    low: Numbers = np.where(known, cells["value"], cells["is_named"].astype(float))
    high: Numbers = np.where(known, cells["value"], np.inf)
    for _round in range(ROUNDS):
        before = low.copy(), high.copy()
        sums.narrow(low, high, is_distinct)
        changed = (before[0] != low) | (before[1] != high)
        if not changed.any():
            break
        sums = sums.touched(changed)
    sure: Flags = ~known & (np.abs(high - low) < SURE)
    return numbers[sure]


def _columns(con: duckdb.DuckDBPyConnection, step: str) -> dict[str, npt.NDArray[Any]]:
    found = con.execute(catalog.build_step(step)).fetchnumpy()
    return {name: np.asarray(values) for name, values in found.items()}


@dataclass(frozen=True)
class _Sums:
    """Which cells make up which: for every part the number of its sum and its cell, in order of
    the sums; and the cell that is the whole of each sum.
    """

    number: Places
    cell: Places
    whole: Places

    def touched(self, changed: Flags) -> _Sums:
        """Those with a cell that has changed; nothing new follows from the others."""
        those = changed[self.whole]
        those[self.number[changed[self.cell]]] = True
        chosen = those[self.number]
        anew = np.cumsum(those) - 1
        return _Sums(anew[self.number[chosen]], self.cell[chosen], self.whole[those])

    def narrow(self, low: Numbers, high: Numbers, is_distinct: Flags) -> None:
        """Narrows the bounds of all cells once, in place.

        Persons of several parts count once in a whole, so it may be as small as its largest part.
        """
        number, cell, whole = self.number, self.cell, self.whole
        if not len(number):
            return
        is_open = np.isinf(high[cell])
        least = np.bincount(number, low[cell])
        most = np.bincount(number, np.where(is_open, 0, high[cell]))
        opened = np.bincount(number, is_open)
        starts = np.flatnonzero(np.diff(number, prepend=-1))
        largest = np.maximum.reduceat(low[cell], starts)
        np.maximum.at(low, whole, np.where(is_distinct[whole], largest, least))
        np.minimum.at(high, whole, np.where(opened > 0, np.inf, most))

        of = whole[number]
        others_least = np.where(is_distinct[of], 0, least[number] - low[cell])
        others_most = most[number] - np.where(is_open, 0, high[cell])
        others_most[opened[number] > is_open] = np.inf
        np.minimum.at(high, cell, high[of] - others_least)
        np.maximum.at(low, cell, low[of] - others_most)


def _sums(number: Places, cell: Places, is_whole: Flags) -> _Sums:
    """The sums that have a whole and parts, numbered from 0 without gaps."""
    whole = np.full(int(number.max(initial=-1)) + 1, -1)
    whole[number[is_whole]] = cell[is_whole]
    of_whole = ~is_whole & (whole[number] >= 0)
    by_sum = np.argsort(number[of_whole], kind="stable")
    number, cell = number[of_whole][by_sum], cell[of_whole][by_sum]
    there, numbered = np.unique(number, return_inverse=True)
    return _Sums(numbered, cell, whole[there])
