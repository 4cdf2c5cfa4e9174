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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import duckdb
import numpy as np

from lingti import catalog
from lingti.warehouse.narrowing import SURE, Bounds, Narrowing
from lingti.warehouse.withheld_moves import Moves
from lingti.warehouse.withheld_sums import Flags, Numbers, Places, Sums

FEWEST, MOST = 1, 4
EVERYBODY = -2  # knows what no community has any of


@dataclass(frozen=True)
class Exposed:
    """The cells of few people that a reader can work out, and of each the sums that lead there.

    The sums come in the order in which to look for what to withhold.
    """

    reader: int
    cells: Places
    sums: Callable[[], Iterable[Iterator[int]]]
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
        self._by_community = np.argsort(self.community, kind="stable")
        places = np.arange(len(self.readers))
        self._of_community = np.searchsorted(self.community[self._by_community], places)
        numbers = con.execute(catalog.build_step("bounds_sums")).fetchnumpy()
        names = ("sum", "cell", "is_whole", "has_bounds")
        rows = [np.asarray(numbers[name]) for name in names]
        self.sums = Sums(len(self.value), *rows)
        self.moves = Moves.read(con, len(self.value))
        self.bounding = self.moves.added_to(rows) if len(self.moves.level) else self.sums

    def own(self, reader: int) -> Places:
        """The cells that somebody knows who keeps a community."""
        if reader < 0:
            return np.zeros(0, np.int64)
        return self._by_community[self._of_community[reader] : self._of_community[reader + 1]]

    def subtracted(self, withheld: Flags) -> Iterator[Exposed]:
        """Subtracts, as each reader could, wherever all of a sum but one is known.

        Persons are taken to add up, as most come in one month and one place only.
        """
        standing = self.sums.standing(withheld)
        for reader in self.readers:
            told_by = self.sums.worked_out(withheld, standing, self.own(reader))
            worked_out = np.fromiter(told_by, np.int64, len(told_by))
            cells = worked_out[self._tell_of_others(worked_out, reader)]
            if len(cells):
                yield Exposed(reader, cells, partial(self._subtracting, cells, told_by))

    def narrowed(self, withheld: Flags, is_listed: Flags) -> Iterator[Exposed]:
        """Narrows, as each reader could, between what every withheld cell must lie."""
        few = self.is_few & self.is_bounded & withheld
        narrowing = self._narrowing(withheld, is_listed)
        narrowing.narrow()
        for_everybody = few & _is_sure(narrowing.low[: len(few)], narrowing.high[: len(few)])
        for reader in self.readers:
            own = self.own(reader)
            known = narrowing.known(own, self.value[own])
            sure, there = for_everybody.copy(), known.cells < len(few)
            moved = known.cells[there]
            sure[moved] = few[moved] & _is_sure(known.least[there], known.most[there])
            cells = np.flatnonzero(sure)
            cells = cells[self._tell_of_others(cells, reader)]
            if len(cells):
                sums = partial(_narrowing_to, cells, narrowing, known)
                yield Exposed(reader, cells, sums, is_bound=True)

    def to_withhold(self, exposed: Iterable[Exposed], withheld: Flags) -> set[int]:
        """What to withhold so that no reader gets as far as the cells that are exposed.

        Of what led to each of them one that is told and not the reader's own: rather one that led
        to many, and the coarser.
        """
        led = [self._leading(one, sums, withheld) for one in exposed for sums in one.sums()]
        hits = Counter(cell for cells in led for cell in cells)
        chosen: set[int] = set()
        while led := [cells for cells in led if cells and chosen.isdisjoint(cells)]:
            best = max(hits, key=lambda cell: (hits[cell] * self.coarseness[cell], -cell))
            chosen.add(best)
            hits.subtract(cell for cells in led if best in cells for cell in cells)
        return chosen

    def _narrowing(self, withheld: Flags, is_listed: Flags) -> Narrowing:
        """Where every cell lies before anything is narrowed."""
        moves, nothing = self.moves, np.zeros(3 * len(self.moves.level), bool)
        value = np.append(self.value, moves.values(self.value))
        unknown = np.append(withheld, moves.are_withheld(withheld))
        is_named = np.append(self.can_be_named & is_listed, nothing)
        return Narrowing(
            self.bounding,
            unknown,
            np.append(self.is_bounded, moves.are_bounded(self.is_bounded, withheld)),
            np.append(self.is_distinct, nothing),
            np.where(unknown, is_named.astype(float), value),
            np.where(unknown, np.inf, value),
        )

    def _subtracting(self, cells: Places, told_by: Mapping[int, int]) -> Iterator[Iterator[int]]:
        return (self.sums.thoughts(cell, told_by) for cell in cells.tolist())

    def _leading(self, exposed: Exposed, sums: Iterator[int], withheld: Flags) -> set[int]:
        """The cells that led to one; of bounds those of the nearest sum that has any."""
        leading: set[int] = set()
        for number in sums:
            cells = self.moves.stand_for(self.bounding.cells(number))
            cells = cells[~withheld[cells]]
            if exposed.reader >= 0:
                cells = cells[self.community[cells] != exposed.reader]
            leading.update(cells.tolist())
            if leading and exposed.is_bound:
                break
        return leading

    def _tell_of_others(self, cells: Places, reader: int) -> Flags:
        """Which are of few people, and of others than those of the reader's community."""
        if reader < 0:
            return self.is_few[cells]
        known = self.community[cells], self.alone[cells]
        is_own = np.isin(known, (reader, EVERYBODY)).any(axis=0)
        return self.is_few[cells] & ~is_own


def _is_sure(least: Numbers, most: Numbers) -> Flags:
    """Whether it is known of cells that they are few, or what they come to."""
    within = (least > FEWEST - SURE) & (most < MOST + SURE)
    return within | (most - least < SURE)


def _narrowing_to(cells: Places, narrowing: Narrowing, known: Bounds) -> Iterator[Iterator[int]]:
    """Of each cell the sums that say where it lies for a reader."""
    low, high = narrowing.with_known(known)
    return (narrowing.telling(cell, low, high) for cell in cells.tolist())
