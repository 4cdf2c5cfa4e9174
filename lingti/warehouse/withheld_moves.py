"""What bounds follow from how a stock moved: what came in is what went out and how much it rose.

Two sums with a whole in common say so, which nobody is told: what came in is all of it, and what
went out with the rise. So three cells per move are thought of beside those there are: that whole,
the rise, and the fall, which comes to what came in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from lingti import catalog
from lingti.warehouse.withheld_sums import Flags, Numbers, Places, Sums

SURE = 1e-6
WHOLE, RISE, FALL = range(3)  # the cells thought of per move, in this order
MOST_FLOWS = 8  # of a stock, whose signs are looked for


@dataclass(frozen=True)
class Moves:
    """The moves of stocks that come out, numbered from 0, beside `cells` cells there are.

    `level` is the cell of the stock after each, `rise` how much more it is than before. A flow has
    the number of its `move`, its cell, and whether it `comes_in`.
    """

    cells: int
    level: Places
    rise: Numbers
    move: Places
    flow: Places
    comes_in: Flags

    @classmethod
    def read(cls, con: duckdb.DuckDBPyConnection, cells: int) -> Moves:
        """The moves in `cells`; from those that do not come out nothing follows."""
        columns = con.execute(catalog.build_step("bounds_moves")).fetchnumpy()
        rows = {name: np.asarray(column) for name, column in columns.items()}
        level, move = np.unique(rows["level"], return_inverse=True)
        rise = np.zeros(len(level))
        rise[move] = rows["rise"]
        comes_in = np.zeros(len(move), bool)
        for stock in np.unique(rows["stock"]):
            of = rows["stock"] == stock
            signs = _signs(rows["quantity"][of], move[of], rows["value"][of].astype(float), rise)
            comes_in[of] = signs > 0
        moved = np.bincount(move, np.where(comes_in, 1, -1) * rows["value"], len(level))
        comes_out = np.abs(moved - rise) < SURE
        anew, kept = np.cumsum(comes_out) - 1, comes_out[move]
        return cls(
            cells,
            level[comes_out].astype(np.int64),
            rise[comes_out],
            anew[move[kept]],
            rows["flow"][kept].astype(np.int64),
            comes_in[kept],
        )

    def added_to(self, rows: Sequence[npt.NDArray[Any]]) -> Sums:
        """Sums with those of the moves behind: `rows` are sum, cell, is_whole and has_bounds."""
        number, cell, is_whole, has_bounds = rows
        first = int(number.max(initial=-1)) + 1
        every = np.arange(len(self.level))
        into, out = first + 2 * every, first + 2 * every + 1
        flowed = first + 2 * self.move + ~self.comes_in
        own = self.cells + 3 * every
        numbers = [number, flowed, into, out, into, out]
        cells = [cell, self.flow, own + FALL, own + RISE, own + WHOLE, own + WHOLE]
        wholes = np.repeat([False, True], [len(flowed) + 2 * len(every), 2 * len(every)])
        return Sums(
            self.cells + 3 * len(every),
            np.concatenate(numbers),
            np.concatenate(cells),
            np.concatenate([is_whole, wholes]),
            np.concatenate([has_bounds, np.ones(len(wholes), bool)]),
        )

    def values(self, value: Numbers) -> Numbers:
        """What the cells thought of come to."""
        rise, fall = np.maximum(self.rise, 0), np.maximum(-self.rise, 0)
        came = np.bincount(self.move, self.comes_in * value[self.flow], len(self.level))
        return np.column_stack([came + fall, rise, fall]).ravel()

    def are_withheld(self, withheld: Flags) -> Flags:
        """Which of them a reader is not told: the whole where a flow is not, all with the level."""
        some = np.bincount(self.move, withheld[self.flow], len(self.level)) > 0
        level = withheld[self.level]
        return np.column_stack([some | level, level, level]).ravel()

    def are_bounded(self, is_bounded: Flags, withheld: Flags) -> Flags:
        """Which of them bound anything: where no flow is below zero and the level is told."""
        below = np.bincount(self.move, ~is_bounded[self.flow], len(self.level)) > 0
        return np.repeat(~below & ~withheld[self.level], 3)

    def stand_for(self, cells: Places) -> Places:
        """The cells there are: of a rise and a fall the level that tells it, of a whole none."""
        thought = cells[cells >= self.cells] - self.cells
        levels = self.level[thought[thought % 3 != WHOLE] // 3]
        return np.concatenate([cells[cells < self.cells], levels])


def _signs(
    quantity: npt.NDArray[Any], move: Places, value: Numbers, rise: Numbers
) -> npt.NDArray[np.int64]:
    """Per flow 1 where its quantity comes in, else -1, so that most moves come out."""
    names, which = np.unique(quantity, return_inverse=True)
    if len(names) > MOST_FLOWS:
        return np.ones(len(which), np.int64)
    here = np.unique(move)

    def come_out(signs: npt.NDArray[np.int64]) -> int:
        moved = np.bincount(move, signs[which] * value, len(rise))
        return int((np.abs(moved - rise)[here] < SURE).sum())

    every = [np.array(one) for one in product((1, -1), repeat=len(names))]
    return max(every, key=come_out)[which]
