"""Everything the attack brings out, for every reader."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from attack.bounds import System
from attack.cells import VIEWER, Cell, Told, Truth, seen, truth
from attack.equations import Sum, sums
from attack.small import FEWEST, MOST
from lingti.catalog import DISTRICT

Ordinary = Collection[tuple[str, str]]


def breaches(
    con: duckdb.DuckDBPyConnection, ordinary: Ordinary = (), *, solving: bool = False
) -> list[tuple[str, Cell]]:
    """Reader and cell, of a whole warehouse with what it publishes; "" is a viewer.

    `solving` also by linear programmes.
    """
    known = truth(con, ordinary)
    every = list(sums(known))
    found: list[tuple[str, Cell]] = []
    for reader in (VIEWER, *known.places):
        told = seen(con, reader, known)
        small = {cell for cell in known.small if not _is_own(known, cell, reader)}
        out = {cell for cell in small if cell in told.values}
        out |= _subtracted(told, every) & small
        system = System(known, told, every)
        system.narrow()
        out |= set(system.breached(small))
        if solving:
            out |= set(system.solved(small - out))
        found += [(reader, cell) for cell in sorted(out, key=str)]
    return found


def _is_own(known: Truth, cell: Cell, reader: str) -> bool:
    """Whether a number is of the reader's community, or nothing else makes up the district's."""
    own = cell._replace(community=reader)
    others = [known.values.get(cell._replace(community=one), 0) for one in known.places]
    return cell.community == reader or (
        cell.community == DISTRICT
        and own in known.values
        and sum(map(abs, others)) == abs(known.values[own])
    )


def _subtracted(told: Told, every: list[Sum]) -> set[Cell]:
    """Subtracts wherever all of a sum but one is known, until nothing more comes out.

    Most people come in one month and one place only, so distinct ones are taken to add up.
    """
    open_sums = [
        {cell for cell, _sign in one.cells if cell not in told.values}
        for one in every
        if not one.may_lack_parts(told)
    ]
    found: set[Cell] = set()
    while True:
        new = {cell for cells in open_sums if len(cells) == 1 for cell in cells} - found
        if not new:
            return found
        found |= new
        open_sums = [rest for cells in open_sums if (rest := cells - new)]


Remembered = dict[Cell, tuple[float, int]]


def remembered(
    con: duckdb.DuckDBPyConnection, known: Truth, before: Remembered | None = None
) -> Remembered:
    """What a viewer is told, each number with how many stood behind it when it was last another."""
    before = before or {}
    told = seen(con, VIEWER, known).values
    return {
        cell: before[cell]
        if cell in before and before[cell][0] == value
        else (value, known.persons.get(cell, 0))
        for cell, value in told.items()
    }


def over_time(before: Remembered, now: Remembered) -> list[Cell]:
    """The cells told before and now between which 1 to 4 people make the difference."""
    return [
        cell
        for cell in sorted(before.keys() & now.keys(), key=str)
        if FEWEST <= abs(before[cell][1] - now[cell][1]) <= MOST
    ]
