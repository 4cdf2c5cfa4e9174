"""Between what unknown cells must lie, as sums say, and what changes with what a reader knows.

A reader knows few cells, so of the sums that have one of them it is worked out first, from what
is known of each, whether it can say anything new; only those are added up again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from lingti.warehouse.withheld_sums import Flags, Numbers, Places, Sums, ranges

ROUNDS = 12  # each tells of cells one sum further away
SURE = 1e-3  # nothing is counted in smaller steps
EXACT = 1e-7  # by less no bound is moved where a reader knows more


@dataclass(frozen=True)
class Bounds:
    """The least and most of some cells, where they are others than for who knows no community."""

    cells: Places
    least: Numbers
    most: Numbers


@dataclass(frozen=True)
class _Parts:
    """What the parts of sums come to; of those without a most, the open ones, only how many."""

    least: Numbers
    most: Numbers
    open: Numbers
    widest: Numbers  # how far the least and most of a part lie apart, at most
    largest: Numbers  # the greatest least of a part
    highest: Numbers  # the greatest most of a part

    def of(self, sums: Places) -> _Parts:
        """Some of the sums, to be changed."""
        return _Parts(*(getattr(self, column.name)[sums] for column in fields(self)))

    def move(self, least: Numbers, most: Numbers, is_distinct: Flags) -> Flags:
        """Which sums can move a bound, where their wholes lie between `least` and `most`.

        A part can be no more than the most of the whole less the least of the others: that is less
        than it can be only where it is wider than what all parts leave of the whole.
        """
        is_closed, has_most = self.open == 0, np.isfinite(most)
        of_whole = np.where(is_distinct, self.largest, self.least) > least + EXACT
        of_whole |= is_closed & (self.most < most - EXACT)
        left: Flags = np.where(
            is_closed, self.widest > self.most - least + EXACT, self.most < least - EXACT
        )
        left &= self.open < 2
        over = np.where(
            is_distinct, self.highest > most + EXACT, self.widest > most - self.least + EXACT
        )
        moves: Flags = of_whole | left | has_most & (over | ~is_closed)
        return moves


class Narrowing:
    """The sums that bound what is withheld, and what they say of it.

    `low` and `high` are between what every cell must lie for everybody; `narrow` moves them.
    """

    def __init__(
        self,
        sums: Sums,
        withheld: Flags,
        is_bounded: Flags,
        is_distinct: Flags,
        low: Numbers,
        high: Numbers,
    ) -> None:
        self.low, self.high = low, high
        self._sums, self._is_distinct = sums, is_distinct
        matters = np.bincount(sums.number, withheld[sums.cell], sums.count) > 0
        matters &= sums.has_bounds
        matters &= np.bincount(sums.number, ~is_bounded[sums.cell], sums.count) == 0
        self._matters = matters
        chosen = matters[sums.number]
        anew = np.cumsum(matters) - 1
        number, cell, is_whole = (
            rows[chosen] for rows in (anew[sums.number], sums.cell, sums.is_whole)
        )
        self._count = int(matters.sum())
        self._whole = np.full(self._count, -1)
        self._whole[number[is_whole]] = cell[is_whole]
        self._number, self._cell = number[~is_whole], cell[~is_whole]
        self._starts = np.searchsorted(self._number, np.arange(self._count + 1))
        by_cell = np.argsort(cell, kind="stable")
        self._of_cell = np.searchsorted(cell[by_cell], np.arange(len(withheld) + 1))
        self._sum_by_cell, self._is_whole_by_cell = number[by_cell], is_whole[by_cell]
        self._is_meant = np.zeros(max(self._count, len(withheld)), bool)

    def narrow(self) -> None:
        """Narrows the bounds of all cells until nothing changes; then readers can be asked for."""
        sums = np.arange(self._count)
        for _round in range(ROUNDS):
            if not len(sums):
                break
            sums = self._sums_of(self._narrow_once(sums).cells)
        self._parts = self._added_up()

    def known(self, cells: Places, values: Numbers) -> Bounds:
        """The bounds that are others for a reader who knows what cells come to."""
        differ = (self.low[cells] != values) | (self.high[cells] != values)
        cells, values = cells[differ], values[differ]
        before = [Bounds(cells, self.low[cells], self.high[cells])]
        sums = self._saying_more(cells, values)
        self.low[cells] = self.high[cells] = values
        for _round in range(ROUNDS):
            if not len(sums):
                break
            before.append(self._narrow_once(sums))
            sums = self._sums_of(before[-1].cells)
        moved = self._once(np.concatenate([bounds.cells for bounds in before]))
        known = Bounds(moved, self.low[moved], self.high[moved])
        for bounds in reversed(before):
            self.low[bounds.cells], self.high[bounds.cells] = bounds.least, bounds.most
        return known

    def with_known(self, known: Bounds) -> tuple[Numbers, Numbers]:
        """The least and most of every cell for a reader whose bounds are others."""
        low, high = self.low.copy(), self.high.copy()
        low[known.cells], high[known.cells] = known.least, known.most
        return low, high

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

    def _sums_of(self, cells: Places) -> Places:
        """The sums with any of these cells, once each."""
        return self._once(self._sum_by_cell[ranges(self._of_cell[cells], self._of_cell[cells + 1])])

    def _once(self, numbers: Places) -> Places:
        """Each number once, in order; quicker than sorting."""
        self._is_meant[numbers] = True
        once = np.flatnonzero(self._is_meant)
        self._is_meant[once] = False
        return once

    def _added_up(self) -> _Parts:
        """All sums, as their parts are for everybody."""
        if not self._count:
            return _Parts(*(np.zeros(0) for _column in range(6)))
        low, high, starts = self.low[self._cell], self.high[self._cell], self._starts[:-1]
        is_open = np.isinf(high)
        closed = np.where(is_open, 0, high)
        return _Parts(
            np.add.reduceat(low, starts),
            np.add.reduceat(closed, starts),
            np.add.reduceat(is_open.astype(float), starts),
            np.maximum.reduceat(np.where(is_open, 0, high - low), starts),
            np.maximum.reduceat(low, starts),
            np.maximum.reduceat(closed, starts),
        )

    def _saying_more(self, cells: Places, values: Numbers) -> Places:
        """The sums that can move a bound once these cells are known to come to these values."""
        counts = self._of_cell[cells + 1] - self._of_cell[cells]
        rows = ranges(self._of_cell[cells], self._of_cell[cells + 1])
        of, is_part = np.repeat(np.arange(len(cells)), counts), ~self._is_whole_by_cell[rows]
        sums = self._once(self._sum_by_cell[rows])
        number = np.searchsorted(sums, self._sum_by_cell[rows])
        of_part, number = of[is_part], number[is_part]
        low, high = self.low[cells], self.high[cells]
        is_open = np.isinf(high)
        parts = self._parts.of(sums)
        for column, more in (
            (parts.least, values - low),
            (parts.most, values - np.where(is_open, 0, high)),
            (parts.open, -is_open.astype(float)),
        ):
            column += np.bincount(number, more[of_part], len(sums))
        for column in (parts.largest, parts.highest):
            np.maximum.at(column, number, values[of_part])
        whole = self._whole[sums]
        least, most = self.low[whole], self.high[whole]
        known = np.isin(whole, cells)
        least[known] = most[known] = values[np.searchsorted(cells, whole[known])]
        return sums[parts.move(least, most, self._is_distinct[whole])]

    def _narrow_once(self, sums: Places) -> Bounds:
        """Narrows by some sums, each as bounds were; returns what they were where they moved.

        Persons of several parts count once in a whole: it may be as small as its largest.
        """
        low, high = self.low, self.high
        counts = self._starts[sums + 1] - self._starts[sums]
        cell = self._cell[ranges(self._starts[sums], self._starts[sums + 1])]
        number, starts = np.repeat(np.arange(len(sums)), counts), np.cumsum(counts) - counts
        whole = self._whole[sums]
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
        cells = np.concatenate([whole, cell])
        lowest, highest = (np.concatenate(both) for both in zip(of_wholes, of_parts, strict=True))
        moving = np.flatnonzero((lowest > low[cells]) | (highest < high[cells]))
        moved = self._once(cells[moving])
        before = Bounds(moved, low[moved], high[moved])
        np.maximum.at(low, cells[moving], lowest[moving])
        np.minimum.at(high, cells[moving], highest[moving])
        return before
