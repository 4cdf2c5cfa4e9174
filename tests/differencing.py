"""An attack on what is published: works out what is withheld, from all tables and periods at once.

It knows what a reader knows: which metrics tell the same, what adds up to what, that nothing is
negative, and that a member that is named was there. What rests on 1 to 4 people must not come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

import duckdb
import numpy as np

from lingti import catalog
from lingti.catalog import DISTRICT, Metric

MOVES = {"points_granted": 1, "points_earned": 1, "points_deducted": -1, "points_redeemed": -1}
STOCK = "points_balance"
MOST_UNKNOWN = 2500  # in one system of equations


class Cell(NamedTuple):
    """A number: what it tells (the metrics that tell it have one name), where and when."""

    tells: str
    community: str
    grain: str
    period: str
    dimension: str | None
    member: str | None


@dataclass
class Seen:
    """What a reader has before them, and the truth to hold the attack against."""

    known: dict[Cell, float] = field(default_factory=dict)
    unknown: dict[Cell, float] = field(default_factory=dict)
    few: set[Cell] = field(default_factory=set)
    counted: set[str] = field(default_factory=set)
    distinct: set[str] = field(default_factory=set)
    no_sum: set[str] = field(default_factory=set)


class Sum(NamedTuple):
    """A whole and its parts with their signs; without a whole the parts make `value`."""

    whole: Cell | None
    parts: tuple[tuple[Cell, int], ...]
    value: float = 0.0


def recovered(con: duckdb.DuckDBPyConnection, *, solving: bool = False) -> list[Cell]:
    """The cells of few people whose value follows; `solving` also by systems of equations."""
    seen = look(con)
    sums = list(_sums(con, seen))
    found = set(_subtracted(seen, sums)) | set(_bounded(seen, sums))
    if solving:
        found |= set(_solved(seen, sums))
    return sorted(found & seen.few, key=str)


def look(con: duckdb.DuckDBPyConnection) -> Seen:
    """Reads the published values of all metrics that count people, and the truth."""
    rows = con.execute(
        "select metric, community, grain, period, whole.dimension, whole.member, whole.value,"
        " whole.numerator, whole.denominator, whole.people, told.state"
        " from metric_values as whole join published_values as told"
        " using (metric, community, grain, period)"
        " where whole.dimension is not distinct from told.dimension"
        " and whole.member is not distinct from told.member and whole.value is not null"
    ).fetchall()
    known = catalog.program().metrics
    told: dict[tuple[str, str], dict[tuple[Any, ...], tuple[float, bool, bool]]] = defaultdict(dict)
    for metric, *place, value, numerator, denominator, people, state in rows:
        if not known[metric].counts_people:
            continue
        for part, amount, aggregate in _parts(known[metric], value, numerator, denominator):
            few = 1 <= people <= 4 or (
                part == "numerator" and aggregate.startswith("count(") and 1 <= amount <= 4
            )
            told[metric, part][tuple(place)] = (amount, state == "withheld", few)
    names = _same(told)
    seen = Seen()
    for (metric, part), cells in told.items():
        name = names[metric, part]
        of = known[metric]
        counted_by = of.denominator if part == "denominator" else of.numerator
        if counted_by and counted_by.startswith("count("):
            seen.counted.add(name)
        if counted_by and "distinct" in counted_by:
            seen.distinct.add(name)
        if counted_by and counted_by.startswith(("median", "avg")):
            seen.no_sum.add(name)
        for where, (amount, withheld, few) in cells.items():
            cell = Cell(name, *where)
            (seen.unknown if withheld else seen.known)[cell] = amount
            if few:
                seen.few.add(cell)
    for cell in seen.known:  # one metric keeps back what another one tells
        seen.unknown.pop(cell, None)
    return seen


def _parts(
    metric: Metric, value: float, numerator: float | None, denominator: float | None
) -> Iterator[tuple[str, float, str]]:
    if numerator is None:
        yield "value", value, metric.numerator
        return
    yield "numerator", numerator, metric.numerator
    if denominator is not None and not metric.by_population:
        yield "denominator", denominator, str(metric.denominator)


def _same(told: dict[tuple[str, str], dict[tuple[Any, ...], Any]]) -> dict[tuple[str, str], str]:
    """Gives one name to what is the same number wherever both are told."""
    names: dict[tuple[str, str], str] = {}
    for one, cells in told.items():
        names[one] = ".".join(one)
        for other, name in list(names.items())[:-1]:
            both = cells.keys() & told[other].keys()
            if len(both) > 4 and all(cells[at][0] == told[other][at][0] for at in both):
                names[one] = name
                break
    return names


def _sums(con: duckdb.DuckDBPyConnection, seen: Seen) -> Iterator[Sum]:
    days = {
        (grain, period): (first, last)
        for grain, period, first, last in con.execute("from periods").fetchall()
    }
    cells = [*seen.known, *seen.unknown]
    there = set(cells)
    parts: dict[tuple[str, Cell], list[Cell]] = defaultdict(list)
    known = catalog.program().metrics
    for cell in cells:
        if cell.dimension is not None:
            parts[cell.dimension, cell._replace(dimension=None, member=None)].append(cell)
        if cell.community != DISTRICT:
            parts["places", cell._replace(community=DISTRICT)].append(cell)
        if known[cell.tells.partition(".")[0]].window != "period":
            continue
        for (grain, period), (first, last) in days.items():
            own = days[cell.grain, cell.period]
            wider = (grain, cell.grain) in (
                *(("quarter", "month"), ("year", "month"), ("year", "quarter")),
            )
            if wider and first <= own[0] and own[1] <= last:
                parts[f"{cell.grain}s", cell._replace(grain=grain, period=period)].append(cell)
    for (_kind, whole), found in parts.items():
        # A median is no sum, but what has one part only is that part.
        if whole in there and (whole.tells not in seen.no_sum or len(found) == 1):
            yield Sum(whole, tuple((one, 1) for one in found))
    yield from _moves(seen, days)


def _moves(seen: Seen, days: dict[tuple[str, str], tuple[Any, Any]]) -> Iterator[Sum]:
    """How a stock moves from the level before it to one."""
    levels = {cell: value for cell, value in seen.known.items() if cell.tells == f"{STOCK}.value"}
    by_end = {
        (cell.community, days[cell.grain, cell.period][1]): value for cell, value in levels.items()
    }
    for cell, value in levels.items():
        first = days[cell.grain, cell.period][0]
        before = by_end.get((cell.community, first - timedelta(days=1)))
        if before is None:
            earlier = [end for place, end in by_end if place == cell.community and end < first]
            if earlier:
                continue
            before = 0.0
        flows = [(cell._replace(tells=f"{name}.value"), sign) for name, sign in MOVES.items()]
        there = [one for one in flows if one[0] in seen.known or one[0] in seen.unknown]
        yield Sum(None, tuple(there), value - before)


def _subtracted(seen: Seen, sums: Iterable[Sum]) -> Iterator[Cell]:
    """Subtracts wherever all of a sum but one is known, until nothing more comes out."""
    open_sums = [
        {cell for cell in _cells(one) if cell in seen.unknown and cell not in seen.known}
        for one in sums
    ]
    found: set[Cell] = set()
    grown = True
    while grown:
        grown = False
        for cells in open_sums:
            cells -= found
            if len(cells) == 1:
                found |= cells
                grown = True
    yield from found


def _cells(one: Sum) -> list[Cell]:
    return [*([one.whole] if one.whole else []), *(cell for cell, _sign in one.parts)]


def _bounded(seen: Seen, sums: Iterable[Sum], rounds: int = 8) -> Iterator[Cell]:
    """Narrows what a withheld number can be: it is never negative, and who is named was there."""
    low: dict[Cell, float] = {}
    high: dict[Cell, float] = {}
    negative = {cell.tells for cell, value in [*seen.known.items(), *seen.unknown.items()]
                if value < 0}  # fmt: skip
    for cell in seen.unknown:
        present = cell.member is not None and cell.tells in seen.counted
        low[cell] = -np.inf if cell.tells in negative else float(present)
        high[cell] = np.inf
    for cell, value in seen.known.items():
        low[cell] = high[cell] = value
    plain = [one for one in sums if one.whole is not None]
    for _round in range(rounds):
        for one in plain:
            assert one.whole is not None
            cells = [cell for cell, _sign in one.parts]
            exact = one.whole.tells not in seen.distinct
            below, above = sum(low[cell] for cell in cells), sum(high[cell] for cell in cells)
            least = below if exact else max(low[cell] for cell in cells)
            low[one.whole] = max(low[one.whole], least)
            high[one.whole] = min(high[one.whole], above)
            for cell in cells:
                others_above = sum(high[other] for other in cells if other != cell)
                others_below = sum(low[other] for other in cells if other != cell) if exact else 0
                high[cell] = min(high[cell], high[one.whole] - others_below)
                low[cell] = max(low[cell], low[one.whole] - others_above)
    yield from (cell for cell in seen.unknown if low[cell] == high[cell])


def _solved(seen: Seen, sums: Iterable[Sum]) -> Iterator[Cell]:
    """The unknown cells that a system of linear equations determines."""
    rows = []
    for one in sums:
        signed = [*([(one.whole, -1)] if one.whole else []), *one.parts]
        open_cells = [(cell, sign) for cell, sign in signed if cell in seen.unknown]
        if open_cells:
            rows.append(open_cells)
    for system in _connected(rows):
        cells = sorted({cell for row in system for cell, _sign in row}, key=str)
        assert len(cells) <= MOST_UNKNOWN, len(cells)
        place = {cell: number for number, cell in enumerate(cells)}
        matrix = np.zeros((len(system), len(cells)))
        for number, row in enumerate(system):
            for cell, sign in row:
                matrix[number, place[cell]] += sign
        sizes, directions = np.linalg.eigh(matrix.T @ matrix)
        free = directions[:, sizes < 1e-8]
        yield from (cell for cell in cells if np.abs(free[place[cell]]).max(initial=0) < 1e-8)


def _connected(rows: list[list[tuple[Cell, int]]]) -> list[list[list[tuple[Cell, int]]]]:
    """The equations in groups that share no unknown."""
    root: dict[Cell, Cell] = {}

    def find(cell: Cell) -> Cell:
        while root.setdefault(cell, cell) != cell:
            root[cell] = root[root[cell]]
            cell = root[cell]
        return cell

    for row in rows:
        for cell, _sign in row[1:]:
            root[find(cell)] = find(row[0][0])
    groups: dict[Cell, list[list[tuple[Cell, int]]]] = defaultdict(list)
    for row in rows:
        groups[find(row[0][0])].append(row)
    return list(groups.values())
