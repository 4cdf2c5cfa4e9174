"""Between what withheld cells must lie, as a reader can work it out who knows the others.

A reader may be the secretary of a community and know what is its own; then the rest of a district
is what the others come to.

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
FEWEST, MOST = 1, 4

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Names = npt.NDArray[np.uint64]


def given_away(con: duckdb.DuckDBPyConnection) -> dict[str, npt.NDArray[Any]]:
    """The withheld cells that can be one value only, or only lie within 1 to 4.

    Each `cell` with every `sum` that says so. Needs `cells`, `sums` and `withheld`.
    """
    cells = _columns(con, "bounds_cells")
    numbers, known = cells["cell"], ~cells["is_withheld"].astype(bool)
    nothing = {"cell": numbers[:0], "sum": np.zeros(0, np.uint64)}
    if known.all() or not known.any():
        return nothing
    links = _columns(con, "bounds_sums")
    place = np.full(max(numbers.max(), links["cell"].max(initial=0)) + 1, -1)
    place[numbers] = np.arange(len(numbers))
    at = place[links["cell"]]
    there = at >= 0
    flags = (links[name][there].astype(bool) for name in ("is_whole", "of_places"))
    sums = every = _sums(links["sum"][there], links["named"][there], at[there], *flags)
    own: Numbers = cells["value"].astype(float)
    is_distinct = cells["is_distinct"].astype(bool)
    low: Numbers = np.where(known, cells["value"], cells["is_named"].astype(float))
    high: Numbers = np.where(known, cells["value"], np.inf)
    for _round in range(ROUNDS):
        before = low.copy(), high.copy()
        sums.narrow(low, high, is_distinct, own)
        changed = (before[0] != low) | (before[1] != high)
        if not changed.any():
            break
        sums = sums.touched(changed)
    within: Flags = (low > FEWEST - SURE) & (high < MOST + SURE)
    sure: Flags = ~known & ((np.abs(high - low) < SURE) | within)
    told, of = every.telling(low, high, is_distinct, own)
    chosen = sure[told]
    return {"cell": numbers[told[chosen]], "sum": every.name[of[chosen]]}


def _columns(con: duckdb.DuckDBPyConnection, step: str) -> dict[str, npt.NDArray[Any]]:
    found = con.execute(catalog.build_step(step)).fetchnumpy()
    return {name: np.asarray(values) for name, values in found.items()}


@dataclass(frozen=True)
class _Sums:
    """Which cells make up which: for every part the number of its sum and its cell, in order of
    the sums; and of each sum its name, the cell that is its whole, and whether its parts are
    communities.
    """

    number: Places
    cell: Places
    name: Names
    whole: Places
    of_places: Flags

    def touched(self, changed: Flags) -> _Sums:
        """Those with a cell that has changed; nothing new follows from the others."""
        those = changed[self.whole]
        those[self.number[changed[self.cell]]] = True
        chosen = those[self.number]
        anew = np.cumsum(those) - 1
        return _Sums(
            anew[self.number[chosen]],
            self.cell[chosen],
            self.name[those],
            self.whole[those],
            self.of_places[those],
        )

    def narrow(self, low: Numbers, high: Numbers, is_distinct: Flags, own: Numbers) -> None:
        """Narrows the bounds of all cells once, in place; `own` are their values."""
        if len(self.number):
            of_wholes, of_parts = self._bounds(low, high, is_distinct, own)
            for cells, (least, most) in ((self.whole, of_wholes), (self.cell, of_parts)):
                np.maximum.at(low, cells, least)
                np.minimum.at(high, cells, most)

    def telling(
        self, low: Numbers, high: Numbers, is_distinct: Flags, own: Numbers
    ) -> tuple[Places, Places]:
        """Cells and numbers of sums: each that says what the most is that a cell can be."""
        if not len(self.number):
            return self.cell, self.number
        (_least, of_wholes), (_least_of_parts, of_parts) = self._bounds(low, high, is_distinct, own)
        wholes = np.flatnonzero(of_wholes <= high[self.whole] + SURE)
        parts = np.flatnonzero(of_parts <= high[self.cell] + SURE)
        told = np.concatenate([self.whole[wholes], self.cell[parts]])
        return told, np.concatenate([wholes, self.number[parts]])

    def _bounds(
        self, low: Numbers, high: Numbers, is_distinct: Flags, own: Numbers
    ) -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers]]:
        """The least and the most of the whole of every sum, and of every part.

        Persons of several parts count once in a whole, so it may be as small as its largest part.
        Of the parts that are communities one may know its own, whichever tells the most.
        """
        number, cell, whole = self.number, self.cell, self.whole
        is_open = np.isinf(high[cell])
        least = np.bincount(number, low[cell])
        most = np.bincount(number, np.where(is_open, 0, high[cell]))
        opened = np.bincount(number, is_open)
        starts = np.flatnonzero(np.diff(number, prepend=-1))
        largest = np.maximum.reduceat(low[cell], starts)
        # Who keeps a part knows it; the only one that is open to all above, too.
        open_own = np.bincount(number, np.where(is_open, own[cell], 0))
        mine = self.of_places[number]
        more = np.maximum.reduceat(np.where(mine, own[cell] - low[cell], 0), starts)
        less = np.where(mine & ~is_open, high[cell] - own[cell], 0)
        best = np.maximum.reduceat(np.where(mine, own[cell], 0), starts)
        of_wholes = (
            np.where(is_distinct[whole], np.maximum(largest, best), least + np.maximum(more, 0)),
            np.where(
                opened > np.where(self.of_places, 1, 0),
                np.inf,
                most + open_own - np.where(opened > 0, 0, np.maximum.reduceat(less, starts)),
            ),
        )
        of = whole[number]
        others_least = np.where(is_distinct[of], 0, least[number] - low[cell])
        others_most = most[number] - np.where(is_open, 0, high[cell])
        others_open = opened[number] - is_open
        others_most += open_own[number] - np.where(is_open, own[cell], 0)
        others_most[others_open > np.where(self.of_places[number], 1, 0)] = np.inf
        return of_wholes, (
            low[of] - others_most + self._told_below(high, own),
            high[of] - others_least - self._told_above(low, own, is_distinct),
        )

    def _told_above(self, low: Numbers, own: Numbers, is_distinct: Flags) -> Numbers:
        """For every part, how much more another one comes to than the least it can be."""
        more = np.where(self.of_places[self.number], own[self.cell] - low[self.cell], 0)
        more[is_distinct[self.whole][self.number]] = 0
        return self._largest_of_others(np.maximum(more, 0))

    def _told_below(self, high: Numbers, own: Numbers) -> Numbers:
        """For every part, how much less another one comes to than the most it can be."""
        less = np.where(self.of_places[self.number], high[self.cell] - own[self.cell], 0)
        return self._largest_of_others(np.where(np.isfinite(less), np.maximum(less, 0), 0))

    def _largest_of_others(self, amounts: Numbers) -> Numbers:
        """For every part, the largest of the amounts of the other parts of its sum."""
        starts = np.flatnonzero(np.diff(self.number, prepend=-1))
        largest = np.maximum.reduceat(amounts, starts)[self.number]
        is_largest = amounts == largest
        first = np.zeros(len(amounts), dtype=bool)
        where = np.flatnonzero(is_largest)
        first[where[np.unique(self.number[where], return_index=True)[1]]] = True
        others = np.where(first, 0, amounts)
        second = np.maximum.reduceat(others, starts)[self.number]
        return np.where(first, second, largest)


def _sums(number: Places, named: Names, cell: Places, is_whole: Flags, of_places: Flags) -> _Sums:
    """The sums that have a whole and parts, numbered from 0 without gaps."""
    count = int(number.max(initial=-1)) + 1
    whole, name, is_of_places = (
        np.full(count, -1),
        np.zeros(count, np.uint64),
        np.zeros(count, bool),
    )
    whole[number[is_whole]] = cell[is_whole]
    name[number], is_of_places[number] = named, of_places
    of_whole = ~is_whole & (whole[number] >= 0)
    by_sum = np.argsort(number[of_whole], kind="stable")
    number, cell = number[of_whole][by_sum], cell[of_whole][by_sum]
    there, numbered, parts = np.unique(number, return_inverse=True, return_counts=True)
    # What one community makes up alone is nobody else's.
    is_of_places[there] &= parts > 1
    return _Sums(numbered, cell, name[there], whole[there], is_of_places[there])
