"""Between what withheld numbers must lie, by narrowing and by linear programmes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from attack.cells import Cell, Told, Truth
from attack.equations import Sum, is_counted, is_whole_number
from attack.simplex import InfeasibleError, Programme
from attack.small import FEWEST, MOST

Numbers = npt.NDArray[np.float64]
Rows = list[tuple[list[tuple[int, int]], float]]
ROUNDS = 40
SURE = 1e-6
MOST_UNKNOWN = 60  # in one linear programme


class System:
    """Inequalities over the numbers that a reader does not know: each row comes to 0 at most."""

    def __init__(self, known: Truth, told: Told, sums: Iterable[Sum]) -> None:
        self.cells = [cell for cell in known.values if cell not in told.values]
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        self.low, self.high = self._begin(known, told)
        self.whole = np.array([is_whole_number(cell) for cell in self.cells], bool)
        self.equal: list[tuple[list[tuple[int, int]], float]] = []
        self.at_most: list[tuple[list[tuple[int, int]], float]] = []
        for one in sums:
            self._add(one, told)

    def _begin(self, known: Truth, told: Told) -> tuple[Numbers, Numbers]:
        negative = {cell.tells for cell, value in known.values.items() if value < 0}

        def least(cell: Cell) -> float:
            if cell.tells in negative:
                return -np.inf
            return float(cell.member is not None and is_counted(cell) and told.names(cell))

        return np.array([least(cell) for cell in self.cells]), np.full(len(self.cells), np.inf)

    def _add(self, one: Sum, seen: Told) -> None:
        told, lacking = seen.values, one.may_lack_parts(seen)
        terms, given = [], 0.0
        for cell, sign in one.cells:
            if cell in self.place:
                terms.append((self.place[cell], sign))
            else:
                given += sign * told[cell]
        if not terms:
            return
        if one.is_exact:
            (self.at_most if lacking else self.equal).append((terms, given))
            return
        whole, _minus = one.cells[-1]
        if not lacking:
            self.at_most.append(([(place, -sign) for place, sign in terms], -given))
        for cell, _sign in one.cells[:-1]:
            pair = [(cell, 1), (whole, -1)]
            left = [(self.place[one], sign) for one, sign in pair if one in self.place]
            rest = sum(sign * told[one] for one, sign in pair if one not in self.place)
            if left:
                self.at_most.append((left, rest))

    def narrow(self) -> None:
        """Narrows between what every number must lie, until nothing changes."""
        rows = [*self.at_most, *self.equal]
        rows += [([(place, -sign) for place, sign in terms], -given) for terms, given in self.equal]
        row = np.repeat(np.arange(len(rows)), [len(terms) for terms, _given in rows])
        place = np.array([place for terms, _given in rows for place, _sign in terms], int)
        sign = np.array([sign for terms, _given in rows for _place, sign in terms], float)
        given = np.array([given for _terms, given in rows])
        for _round in range(ROUNDS):
            before = self.low.copy(), self.high.copy()
            least = np.where(sign > 0, self.low[place], -self.high[place])
            is_open = np.isinf(least)
            total = np.bincount(row, np.where(is_open, 0, least), len(rows)) + given
            opened = np.bincount(row, is_open, len(rows))
            others = total[row] - np.where(is_open, 0, least)
            others[opened[row] - is_open > 0] = -np.inf
            up, down = sign > 0, sign < 0
            np.minimum.at(self.high, place[up], -others[up])
            np.maximum.at(self.low, place[down], others[down])
            self.low[self.whole] = np.ceil(self.low[self.whole] - SURE)
            self.high[self.whole] = np.floor(self.high[self.whole] + SURE)
            if (before[0] == self.low).all() and (before[1] == self.high).all():
                return

    def breached(self, cells: Collection[Cell]) -> Iterator[Cell]:
        """Those that can only be one value, or only lie within 1 to 4."""
        for cell in cells:
            if cell in self.place:
                at = self.place[cell]
                if _is_breach(self.low[at], self.high[at]):
                    yield cell

    def solved(self, cells: Collection[Cell]) -> Iterator[Cell]:
        """The same by linear programmes, over all that hangs together with each cell."""
        for numbers, equal, at_most in self._connected():
            chosen = [self.cells[at] for at in numbers if self.cells[at] in cells]
            if not chosen or len(numbers) > MOST_UNKNOWN:
                continue
            anew = {at: number for number, at in enumerate(numbers)}
            low, high = self.low[numbers], self.high[numbers]
            try:
                programme = Programme(
                    [([(anew[at], sign) for at, sign in terms], -given) for terms, given in equal],
                    [
                        ([(anew[at], sign) for at, sign in terms], -given)
                        for terms, given in at_most
                    ],
                    np.maximum(low, -1e6),
                    np.minimum(high, 1e6),
                )
            except InfeasibleError:
                continue
            for cell in chosen:
                at = anew[self.place[cell]]
                if _is_breach(programme.least(at), programme.most(at)):
                    yield cell

    def _connected(self) -> Iterator[tuple[list[int], Rows, Rows]]:
        root = list(range(len(self.cells)))

        def find(at: int) -> int:
            while root[at] != at:
                root[at] = root[root[at]]
                at = root[at]
            return at

        for terms, _given in (*self.equal, *self.at_most):
            for at, _sign in terms[1:]:
                root[find(at)] = find(terms[0][0])
        groups: dict[int, tuple[list[int], Rows, Rows]] = {}
        for at in range(len(self.cells)):
            groups.setdefault(find(at), ([], [], []))[0].append(at)
        for terms, given in self.equal:
            groups[find(terms[0][0])][1].append((terms, given))
        for terms, given in self.at_most:
            groups[find(terms[0][0])][2].append((terms, given))
        yield from groups.values()


def _is_breach(low: float, high: float) -> bool:
    return high - low < SURE or (low >= FEWEST - SURE and high <= MOST + SURE)
