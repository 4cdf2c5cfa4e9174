"""What follows from what is told: by subtraction, and between what withheld cells must lie.

Whoever keeps a community knows all that is its own, so each is a reader here, beside the one who
keeps none; nobody puts together what two of them know.

Nothing is below zero, a member that is named was there, a whole lies between what its parts come
to at least and at most, and a part is what the others leave of the whole. So auditors of published
tables look for what suppressed cells give away (feasibility intervals; A. Hundepool et al.,
Statistical Disclosure Control, 2012, chapter 4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from lingti import catalog
from lingti.warehouse.withheld_moves import Moves
from lingti.warehouse.withheld_sums import Narrowing, Sums

SURE = 1e-3  # nothing is counted in smaller steps
FEWEST, MOST = 1, 4
EVERYBODY = -2  # knows what no community has any of

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Exposed:
    """A cell of few people that a reader can work out, and the sums that lead there.

    The sums come in the order in which to look for what to withhold.
    """

    cell: int
    reader: int
    sums: Iterator[int]
    is_bound: bool = False


class Cells:
    """The cells and sums of `cells` and `sums`, both numbered from 0, as readers know them.

    A reader is the number of a community, or -1 who keeps none.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        of_cells = con.execute(catalog.build_step("bounds_cells")).fetchnumpy()
        self.value: Numbers = np.asarray(of_cells["value"], float)
        self.is_few, self.is_distinct, self.is_bounded, self.can_be_named = (
            np.asarray(of_cells[name], bool)
            for name in ("few", "is_distinct", "is_bounded", "can_be_named")
        )
        self.coarseness, self.community, self.alone = (
            np.asarray(of_cells[name], np.int64) for name in ("coarseness", "community", "alone")
        )
        self.readers = range(-1, int(self.community.max(initial=-1)) + 1)
        numbers = con.execute(catalog.build_step("bounds_sums")).fetchnumpy()
        names = ("sum", "cell", "is_whole", "has_bounds")
        rows = [np.asarray(numbers[name]) for name in names]
        self.sums = Sums(len(self.value), *rows)
        self.moves = Moves.read(con, len(self.value))
        self.bounding = self.moves.added_to(rows)

    def own(self, reader: int) -> Flags:
        """Which cells somebody knows who keeps a community."""
        return self.community == reader if reader >= 0 else np.zeros(len(self.value), bool)

    def subtracted(self, withheld: Flags) -> Iterator[Exposed]:
        """Subtracts, as each reader could, wherever all of a sum but one is known.

        Persons are taken to add up, as most come in one month and one place only.
        """
        for reader in self.readers:
            told_by = self.sums.worked_out(withheld & ~self.own(reader))
            for cell in told_by:
                if self._tells_of_others(cell, reader):
                    yield Exposed(cell, reader, self.sums.thoughts(cell, told_by))

    def narrowed(self, withheld: Flags, is_listed: Flags) -> Iterator[Exposed]:
        """Narrows, as each reader could, between what every withheld cell must lie."""
        few = self.is_few & self.is_bounded & withheld
        moves, nothing = self.moves, np.zeros(3 * len(self.moves.level), bool)
        value = np.append(self.value, moves.values(self.value))
        unknown = np.append(withheld, moves.are_withheld(withheld))
        is_bounded = np.append(self.is_bounded, moves.are_bounded(self.is_bounded, withheld))
        is_distinct = np.append(self.is_distinct, nothing)
        is_named = np.append(self.can_be_named & is_listed, nothing)
        narrowing = Narrowing(self.bounding, unknown, is_bounded, is_distinct)
        low = np.where(unknown, is_named.astype(float), value)
        high = np.where(unknown, np.inf, value)
        narrowing.narrow(low, high)
        for reader in self.readers:
            own = np.append(self.own(reader), nothing)
            least, most = np.where(own, value, low), np.where(own, value, high)
            narrowing.narrow(least, most, (least != low) | (most != high))
            least_of, most_of = least[: len(few)], most[: len(few)]
            within = (least_of > FEWEST - SURE) & (most_of < MOST + SURE)
            sure = few & (within | (most_of - least_of < SURE))
            for cell in np.flatnonzero(sure).tolist():
                if self._tells_of_others(cell, reader):
                    yield Exposed(cell, reader, narrowing.telling(cell, least, most), True)

    def to_withhold(self, exposed: Iterable[Exposed], withheld: Flags) -> set[int]:
        """What to withhold so that no reader gets as far as the cells that are exposed.

        Of what led to each of them one that is told and not the reader's own: rather one that led
        to many, and the coarser.
        """
        led = [self._leading(one, withheld | self.own(one.reader)) for one in exposed]
        hits = Counter(cell for cells in led for cell in cells)
        chosen: set[int] = set()
        while led := [cells for cells in led if cells and chosen.isdisjoint(cells)]:
            best = max(hits, key=lambda cell: (hits[cell] * self.coarseness[cell], -cell))
            chosen.add(best)
            hits.subtract(cell for cells in led if best in cells for cell in cells)
        return chosen

    def _leading(self, exposed: Exposed, is_no_choice: Flags) -> set[int]:
        """The cells that led to one; of bounds those of the nearest sum that has any."""
        leading: set[int] = set()
        for number in exposed.sums:
            cells = self.moves.stand_for(self.bounding.cells(number))
            leading.update(cells[~is_no_choice[cells]].tolist())
            if leading and exposed.is_bound:
                break
        return leading

    def _tells_of_others(self, cell: int, reader: int) -> bool:
        """Whether a cell is of few people, and of others than those of the reader's community."""
        known = (self.community[cell], self.alone[cell])
        is_own = reader >= 0 and (reader in known or EVERYBODY in known)
        return bool(self.is_few[cell]) and not is_own
