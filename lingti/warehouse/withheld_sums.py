"""Which cells make up which, and what follows of some when others are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

ROUNDS = 12  # each tells of cells one sum further away
SURE = 1e-3

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Sums:
    """For every part or whole of a sum the numbers of the sum and of the cell, both from 0.

    `has_bounds`: whether the sum has a whole that is not below what its parts come to at least.
    """

    def __init__(
        self, cells: int, number: Places, cell: Places, is_whole: Flags, has_bounds: Flags
    ) -> None:
        by_sum = np.lexsort((is_whole, number))
        self.number, self.cell = number[by_sum].astype(np.int64), cell[by_sum].astype(np.int64)
        self.is_whole = is_whole[by_sum].astype(bool)
        self.count = int(self.number.max(initial=-1)) + 1
        self.has_bounds = np.zeros(self.count, bool)
        self.has_bounds[number] = has_bounds
        self._starts = np.searchsorted(self.number, np.arange(self.count + 1))
        self._by_cell = np.argsort(self.cell, kind="stable")
        self._of_cell = np.searchsorted(self.cell[self._by_cell], np.arange(cells + 1))

    def cells(self, number: int) -> Places:
        """The cells of a sum; its whole is the last one."""
        return self.cell[self._starts[number] : self._starts[number + 1]]

    def of(self, cell: int) -> Places:
        """The sums that a cell stands in."""
        return self.number[self._by_cell[self._of_cell[cell] : self._of_cell[cell + 1]]]

    def whole(self, number: int) -> int | None:
        """The whole of a sum; stocks and their moves have none."""
        last = self._starts[number + 1] - 1
        return int(self.cell[last]) if self.is_whole[last] else None

    def worked_out(self, unknown: Flags) -> dict[int, int]:
        """The unknown cells that follow by subtraction, each with the sum that says so."""
        unknown = unknown.copy()
        left = np.bincount(self.number, unknown[self.cell], self.count).astype(np.int64)
        sum_of: dict[int, int] = {}
        due = set(np.flatnonzero(left == 1).tolist())
        while due:
            new = {
                int(cell): number
                for number in sorted(due)
                for cell in self.cells(number)
                if unknown[cell]
            }
            sum_of |= new
            due = set()
            for cell in new:
                unknown[cell] = False
                of = self.of(cell)
                left[of] -= 1
                due.update(of[left[of] == 1].tolist())
        return sum_of

    def thoughts(self, cell: int, told_by: Mapping[int, int]) -> Iterator[int]:
        """The sums that led to a cell, those that come first in front."""
        sums: dict[int, None] = {}
        due = [told_by[cell]]
        for number in due:
            if number not in sums:
                sums[number] = None
                due += [
                    told_by[int(other)] for other in self.cells(number) if int(other) in told_by
                ]
        yield from reversed(sums)


class Narrowing:
    """The sums that bound what is withheld, and what they say of it."""

    def __init__(self, sums: Sums, withheld: Flags, is_bounded: Flags, is_distinct: Flags) -> None:
        self._sums, self._is_distinct = sums, is_distinct
        matters = np.bincount(sums.number, withheld[sums.cell], sums.count) > 0
        matters &= sums.has_bounds
        matters &= np.bincount(sums.number, ~is_bounded[sums.cell], sums.count) == 0
        self._matters = matters
        chosen = matters[sums.number]
        anew = np.cumsum(matters) - 1
        number, cell, is_whole = (
            one[chosen] for one in (anew[sums.number], sums.cell, sums.is_whole)
        )
        self.whole = np.full(int(matters.sum()), -1)
        self.whole[number[is_whole]] = cell[is_whole]
        self.number, self.cell = number[~is_whole], cell[~is_whole]

    def narrow(self, low: Numbers, high: Numbers, changed: Flags | None = None) -> None:
        """Narrows the bounds of all cells, in place, until nothing changes; some have changed."""
        for _round in range(ROUNDS):
            rows = self._touched(changed)
            if not len(rows):
                return
            before = low.copy(), high.copy()
            self._narrow_once(rows, low, high)
            changed = (before[0] != low) | (before[1] != high)

    def telling(self, cell: int, low: Numbers, high: Numbers) -> Iterator[int]:
        """The sums that say what the least and the most is that a cell can be, its own in front."""
        sums, seen, due = set(), {cell}, [cell]
        for due_cell in due:
            for number in self._sums.of(due_cell).tolist():
                if number in sums or not self._matters[number]:
                    continue
                if self._is_tight(number, due_cell, low, high):
                    sums.add(number)
                    yield number
                    new = [int(other) for other in self._sums.cells(number) if other not in seen]
                    seen.update(new)
                    due += new

    def _is_tight(self, number: int, cell: int, low: Numbers, high: Numbers) -> bool:
        """Whether a sum says that a cell can be no less or no more than it can."""
        cells = self._sums.cells(number)
        whole, parts = cells[-1], cells[:-1]
        is_distinct = self._is_distinct[whole]
        if cell == whole:
            least = low[parts].max() if is_distinct else low[parts].sum()
            return bool(high[parts].sum() <= high[cell] + SURE or least >= low[cell] - SURE > 0)
        others = parts[parts != cell]
        most = high[whole] - (0 if is_distinct else low[others].sum())
        least = low[whole] - high[others].sum()
        return bool(most <= high[cell] + SURE or least >= low[cell] - SURE > 0)

    def _touched(self, changed: Flags | None) -> Places:
        """The rows of sums with a cell that has changed; nothing new follows from the others."""
        if changed is None:
            return np.arange(len(self.number))
        those = changed[self.whole]
        those[self.number[changed[self.cell]]] = True
        return np.flatnonzero(those[self.number])

    def _narrow_once(self, rows: Places, low: Numbers, high: Numbers) -> None:
        """Persons of several parts count once in a whole: it may be as small as its largest."""
        cell = self.cell[rows]
        there, number = np.unique(self.number[rows], return_inverse=True)
        whole = self.whole[there]
        starts = np.flatnonzero(np.diff(number, prepend=-1))
        is_distinct, is_open = self._is_distinct[whole], np.isinf(high[cell])
        closed = np.where(is_open, 0, high[cell])
        least, most = np.add.reduceat(low[cell], starts), np.add.reduceat(closed, starts)
        opened = np.add.reduceat(is_open.astype(np.int64), starts)
        of, others_open = whole[number], opened[number] - is_open
        others_least = np.where(is_distinct[number], 0, least[number] - low[cell])
        others_most = np.where(others_open > 0, np.inf, most[number] - closed)
        largest = np.maximum.reduceat(low[cell], starts)
        of_parts = low[of] - others_most, high[of] - others_least
        of_wholes = (
            np.where(is_distinct, largest, least),
            np.where(opened > 0, np.inf, most),
        )
        for cells, (lowest, highest) in ((whole, of_wholes), (cell, of_parts)):
            np.maximum.at(low, cells, lowest)
            np.minimum.at(high, cells, highest)
