"""What adds up to what, as anybody knows it: members, communities, months, stocks, shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from attack.cells import _SAME, Cell, Told, Truth
from attack.small import FLOWS, NESTED, SHARES
from lingti import catalog
from lingti.catalog import DISTRICT, Metric

TINY = 1e-6
_FINER = (("quarter", "month"), ("year", "month"), ("year", "quarter"))


class Sum(NamedTuple):
    """Cells with signs that come to 0; `whole` is the last of them, `is_exact` of what adds up.

    Who is distinct counts once in a whole, so it is at most what its parts come to, and at least
    the largest of them.
    """

    cells: tuple[tuple[Cell, int], ...]
    is_exact: bool = True
    lists_parts: bool = False

    def may_lack_parts(self, told: Told) -> bool:
        """Whether a reader cannot know that there are no other parts, as members are not named."""
        return self.lists_parts and any(
            cell.member is not None and cell not in told.values and not told.names(cell)
            for cell, _sign in self.cells[:-1]
        )


def sums(known: Truth) -> Iterator[Sum]:
    """Every sum among the numbers there are that comes out: where some did not report, few do."""
    for one in _sums(known):
        total = sum(sign * known.values[cell] for cell, sign in one.cells)
        largest = max(known.values[cell] for cell, _sign in one.cells[:-1] or one.cells)
        whole = known.values[one.cells[-1][0]]
        if abs(total) < TINY if one.is_exact else total > -TINY and whole > largest - TINY:
            yield one


def _sums(known: Truth) -> Iterator[Sum]:
    parts: dict[tuple[str, Cell], list[Cell]] = defaultdict(list)
    for cell in known.values:
        metric = _metric(cell)
        if cell.dimension is not None:
            parts[cell.dimension, cell._replace(dimension=None, member=None)].append(cell)
        if cell.community != DISTRICT:
            parts["places", cell._replace(community=DISTRICT)].append(cell)
        if metric.window == "period":
            for coarse in _around(cell, known):
                parts[f"{cell.grain}s", coarse].append(cell)
    for (_kind, whole), found in parts.items():
        aggregate = _aggregate(whole)
        if whole not in known.values or (_has_no_sum(aggregate) and len(found) > 1):
            continue
        signed = (*((one, 1) for one in found), (whole, -1))
        yield Sum(signed, "distinct" not in aggregate or len(found) == 1, True)
    yield from _moves(known)
    yield from _rests(known)


def _around(cell: Cell, known: Truth) -> Iterator[Cell]:
    first, last = known.days[cell.grain, cell.period]
    for (grain, period), (begins, ends) in known.days.items():
        if (grain, cell.grain) in _FINER and begins <= first and last <= ends:
            yield cell._replace(grain=grain, period=period)


def _moves(known: Truth) -> Iterator[Sum]:
    """How a stock moves from the level before a period to the one at its end."""
    levels = [cell for cell in known.values if cell.tells in FLOWS]
    ends = {(cell[1], *cell[4:], known.days[cell[2:4]][1]): cell for cell in levels}
    first_of_all = min((known.days[cell[2:4]][0] for cell in levels), default=None)
    for cell in levels:
        begins = known.days[cell.grain, cell.period][0]
        before = ends.get((cell[1], *cell[4:], begins - timedelta(days=1)))
        if before is None and begins != first_of_all:
            continue
        flows = [(cell._replace(tells=name), sign) for name, sign in FLOWS[cell.tells].items()]
        there = tuple(one for one in flows if one[0] in known.values)
        yield Sum((*there, *([(before, 1)] if before else []), (cell, -1)))


def _rests(known: Truth) -> Iterator[Sum]:
    """A part and what is left of the whole."""
    named = [(f"{name}.numerator", f"{name}.denominator", f"{name}.rest") for name in SHARES]
    named += [(one, two, f"{_SAME.get(one, one)} of {_SAME.get(two, two)}") for one, two in NESTED]
    for part, whole, rest in named:
        part, whole = _SAME.get(part, part), _SAME.get(whole, whole)
        for cell in known.values:
            of_whole, of_part = cell._replace(tells=whole), cell._replace(tells=part)
            if cell.tells == rest and of_whole in known.values:
                yield Sum(((of_part, 1), (cell, 1), (of_whole, -1)))


def _metric(cell: Cell) -> Metric:
    return catalog.program().metrics[cell.tells.partition(".")[0]]


def _aggregate(cell: Cell) -> str:
    metric, part = _metric(cell), cell.tells.partition(".")[2]
    found = str(metric.denominator if part == "denominator" else metric.numerator)
    return "count(*)" if found == "sum(times)" else found


def _has_no_sum(aggregate: str) -> bool:
    return aggregate.startswith(("median", "avg"))


def is_whole_number(cell: Cell) -> bool:
    """Whether a number counts something."""
    return _aggregate(cell).startswith("count(") or "rest" in cell.tells or " of " in cell.tells


def is_counted(cell: Cell) -> bool:
    """Whether a member that is named has one at least."""
    aggregate, part = _aggregate(cell), cell.tells.partition(".")[2]
    return part in ("value", "denominator") and aggregate.startswith(("count(*)", "count(distinct"))
