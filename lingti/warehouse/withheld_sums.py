"""Which cells make up which, and what follows of some when others are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

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
        by_sum = np.argsort(2 * number.astype(np.int64) + is_whole, kind="stable")
        self.number, self.cell = number[by_sum].astype(np.int64), cell[by_sum].astype(np.int64)
        self.is_whole = is_whole[by_sum].astype(bool)
        self.count = int(self.number.max(initial=-1)) + 1
        self.has_bounds = np.zeros(self.count, bool)
        self.has_bounds[number] = has_bounds
        self._starts = np.searchsorted(self.number, np.arange(self.count + 1))
        by_cell = np.argsort(self.cell, kind="stable")
        self._number_by_cell = self.number[by_cell]
        self._of_cell = np.searchsorted(self.cell[by_cell], np.arange(cells + 1))

    def cells(self, number: int) -> Places:
        """The cells of a sum; its whole is the last one."""
        return self.cell[self._starts[number] : self._starts[number + 1]]

    def _among(self, number: int, chosen: Flags) -> Places:
        cells = self.cells(number)
        return cells[chosen[cells]]

    def of(self, cell: int) -> Places:
        """The sums that a cell stands in."""
        return self._number_by_cell[self._of_cell[cell] : self._of_cell[cell + 1]]

    def standing(self, unknown: Flags) -> Places:
        """Of every sum how many of its cells are unknown."""
        return np.bincount(self.number, unknown[self.cell], self.count).astype(np.int64)

    def worked_out(self, unknown: Flags, standing: Places, known: Places) -> dict[int, int]:
        """The unknown cells that follow by subtraction, each with the sum that says so.

        `standing` is that of `unknown`; the cells in `known` are known nevertheless.
        """
        unknown, left = unknown.copy(), standing.copy()
        known = known[unknown[known]]
        unknown[known] = False
        of_known = self._number_by_cell[ranges(self._of_cell[known], self._of_cell[known + 1])]
        np.subtract.at(left, of_known, 1)
        sum_of: dict[int, int] = {}
        due = set(np.flatnonzero(left == 1).tolist())
        while due:
            new = {
                int(cell): number for number in sorted(due) for cell in self._among(number, unknown)
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


def ranges(starts: npt.NDArray[Any], ends: npt.NDArray[Any]) -> Places:
    """All numbers from each start to before its end, one range after the other."""
    counts = ends - starts
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(counts.sum())
