"""Between what withheld cells must lie, as a reader can work it out who knows the others.

Nothing is below zero, a member that is named was there, a whole lies between what its parts come
to at least and at most, and a part is what the others leave of the whole. So auditors of published
tables look for what suppressed cells give away (feasibility intervals; A. Hundepool et al.,
Statistical Disclosure Control, 2012, chapter 4).
"""

from __future__ import annotations

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
    order = np.argsort(numbers)
    place = np.searchsorted(numbers, links["cell"], sorter=order)
    there = (place < len(order)) & (numbers[order[place % len(order)]] == links["cell"])
    sums = _Sums(links["sum"][there], order[place[there]], links["is_whole"][there].astype(bool))
    low: Numbers = np.where(known, cells["value"], cells["is_named"].astype(float))
    high: Numbers = np.where(known, cells["value"], np.inf)
    is_distinct = cells["is_distinct"].astype(bool)
    for _round in range(ROUNDS):
        before = low.copy(), high.copy()
        sums.narrow(low, high, is_distinct)
        if np.array_equal(before[0], low) and np.array_equal(before[1], high):
            break
    sure: Flags = ~known & (np.abs(high - low) < SURE)
    return numbers[sure]


def _columns(con: duckdb.DuckDBPyConnection, step: str) -> dict[str, npt.NDArray[Any]]:
    found = con.execute(catalog.build_step(step)).fetchnumpy()
    return {name: np.asarray(values) for name, values in found.items()}


class _Sums:
    """Which cells make up which: `number` of the sum, `cell`, and whether it is the whole."""

    def __init__(self, number: Places, cell: Places, is_whole: Flags) -> None:
        self.count = int(number.max(initial=-1)) + 1
        whole = np.full(self.count, -1)
        whole[number[is_whole]] = cell[is_whole]
        of_whole = ~is_whole & (whole[number] >= 0)
        by_sum = np.argsort(number[of_whole], kind="stable")
        self.number, self.cell = number[of_whole][by_sum], cell[of_whole][by_sum]
        self.whole = whole

    def narrow(self, low: Numbers, high: Numbers, is_distinct: Flags) -> None:
        """Narrows the bounds of all cells once, in place.

        Persons of several parts count once in a whole, so it may be as small as its largest part.
        """
        number, cell, whole = self.number, self.cell, self.whole
        if not len(number):
            return
        is_open = np.isinf(high[cell])
        least = np.bincount(number, low[cell], self.count)
        most = np.bincount(number, np.where(is_open, 0, high[cell]), self.count)
        opened = np.bincount(number, is_open, self.count)
        largest = np.zeros(self.count)
        starts = np.flatnonzero(np.diff(number, prepend=-1))
        largest[number[starts]] = np.maximum.reduceat(low[cell], starts)

        summed = number[starts]  # the sums that have parts
        wholes = whole[summed]
        one_by_one = is_distinct[wholes]
        np.maximum.at(low, wholes, np.where(one_by_one, largest[summed], least[summed]))
        np.minimum.at(high, wholes, np.where(opened[summed] > 0, np.inf, most[summed]))

        of = whole[number]
        others_least = np.where(is_distinct[of], 0, least[number] - low[cell])
        others_most = np.where(
            opened[number] - is_open > 0,
            np.inf,
            most[number] - np.where(is_open, 0, high[cell]),
        )
        np.minimum.at(high, cell, high[of] - others_least)
        np.maximum.at(low, cell, low[of] - others_most)
