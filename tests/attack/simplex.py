"""The least and the most that a variable can be under linear equations and inequalities.

A dense tableau with Bland's rule: slow, short, and enough for a few hundred variables.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Row = tuple[list[tuple[int, int]], float]
TINY = 1e-9
MOST_TURNS = 400


class InfeasibleError(Exception):
    """No values fit."""


class Programme:
    """Values between `low` and `high` with rows that are equal to, or at most, what they say."""

    def __init__(self, equal: list[Row], at_most: list[Row], low: Numbers, high: Numbers) -> None:
        self.low, count = low, len(low)
        bounded = [([(at, 1)], float(high[at])) for at in range(count) if np.isfinite(high[at])]
        slacked = [*at_most, *bounded]
        rows = len(equal) + len(slacked)
        table = np.zeros((rows, count + len(slacked)))
        right = np.zeros(rows)
        for number, (terms, value) in enumerate([*equal, *slacked]):
            for at, sign in terms:
                table[number, at] += sign
            right[number] = value - table[number, :count] @ low
            if number >= len(equal):
                table[number, count + number - len(equal)] = 1
        table[right < 0] *= -1
        right = np.abs(right)
        self.width = table.shape[1]
        self.table = np.hstack([table, np.eye(rows), right[:, None]])
        self.basis = np.arange(self.width, self.width + rows)
        cost = np.zeros(self.width + rows)
        cost[self.width :] = 1
        if self._minimised(cost, self.width + rows) > 1e-6:
            raise InfeasibleError
        self._drop_artificial()

    def least(self, at: int) -> float:
        """The least that a variable can be."""
        cost = np.zeros(self.table.shape[1] - 1)
        cost[at] = 1
        return self._minimised(cost, self.width) + float(self.low[at])

    def most(self, at: int) -> float:
        """The most that it can be."""
        cost = np.zeros(self.table.shape[1] - 1)
        cost[at] = -1
        return float(self.low[at]) - self._minimised(cost, self.width)

    def _drop_artificial(self) -> None:
        for row in range(len(self.basis)):
            if self.basis[row] >= self.width:
                useful = np.flatnonzero(np.abs(self.table[row, : self.width]) > TINY)
                if len(useful):
                    self._pivot(row, int(useful[0]))
        kept = self.basis < self.width
        self.table, self.basis = self.table[kept], self.basis[kept]

    def _minimised(self, cost: Numbers, width: int) -> float:
        for _turn in range(MOST_TURNS):
            reduced = cost[:width] - cost[self.basis] @ self.table[:, :width]
            entering = np.flatnonzero(reduced < -1e-7)
            if not len(entering):
                return float(cost[self.basis] @ self.table[:, -1])
            column = int(entering[0])
            positive = self.table[:, column] > TINY
            if not positive.any():
                return -np.inf
            ratios = np.full(len(self.basis), np.inf)
            ratios[positive] = self.table[positive, -1] / self.table[positive, column]
            ties = np.flatnonzero(ratios <= ratios.min() + TINY)
            self._pivot(int(ties[np.argmin(self.basis[ties])]), column)
        return -np.inf  # not found in time

    def _pivot(self, row: int, column: int) -> None:
        self.table[row] /= self.table[row, column]
        factors = self.table[:, column].copy()
        factors[row] = 0
        touched = np.flatnonzero(np.abs(factors) > TINY)
        self.table[touched] -= np.outer(factors[touched], self.table[row])
        self.basis[row] = column
