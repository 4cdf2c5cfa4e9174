"""Why the number of a place changed between two periods: what the warehouse knows of its parts.

By community for the district, by the members of each dimension, for a stock by what came in and
went out, and for a sum by people and average. The parts are worked out from values that the reader
sees; from rows only where those are the reader's to see.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lingti.catalog import DISTRICT, Metric
from lingti.judging.changes import why
from lingti.judging.changes.why import Split
from lingti.judging.periods import Period
from lingti.warehouse import Warehouse, stock_flows

COMMUNITY, FLOWS, PEOPLE = "community", "flows", "people"
_DIGITS = 6  # behind the point: more than any value that is counted or added up has
_ORDER = {one: number for number, one in enumerate(("reported", "partial", "withheld"))}
_Values = dict[str, Decimal | None]


@dataclass(frozen=True)
class Explained:
    """A change and each way to take it apart; None where an end has no number.

    `state` is the worse of both ends. `splits` are (by, split): by `community`, a dimension,
    `flows` (of a stock), or `people` (and average).
    """

    metric: Metric
    place: str
    before: Period
    after: Period
    state: str
    change: Decimal | None
    splits: tuple[tuple[str, Split], ...] = ()

    def by(self, name: str) -> Split | None:
        """The split of that name, if there is one that has parts."""
        return next((split for by, split in self.splits if by == name and split.parts), None)


@dataclass(frozen=True)
class _Ends:
    """The rows of two periods as of the view `changes`."""

    rows: Sequence[dict[str, Any]]
    periods: tuple[str, str]

    def total(self, place: str) -> list[dict[str, Any]]:
        """The total of a place at both ends, or fewer where it has none."""
        of_period = {row["period"]: row for row in self.rows if _is_total(row, place)}
        return [of_period[period] for period in self.periods if period in of_period]

    def values(self, column: str, dimension: str | None) -> tuple[_Values, _Values]:
        """What is in a column → value, before and after; of communities without a dimension."""
        before, after = (
            {
                row[column]: _decimal(row["value"])
                for row in self.rows
                if (row["period"], row["dimension"]) == (period, dimension)
                and (dimension or row["community"] != DISTRICT)
            }
            for period in self.periods
        )
        return before, after

    def withheld(self, column: str, dimension: str | None) -> list[str]:
        """What is in a column and has no number to show at one end or both."""
        names = [
            row[column]
            for row in self.rows
            if row["dimension"] == dimension and row["state"] == "withheld"
        ]
        return list(dict.fromkeys(names))


def _is_total(row: dict[str, Any], place: str) -> bool:
    return row["dimension"] is None and row["community"] == place


def explained(
    warehouse: Warehouse,
    metric: Metric,
    place: str,
    before: Period,
    after: Period,
    *,
    published: bool = False,
) -> Explained:
    """The change of a place from one period to another of the same grain, and its parts.

    Of weeks members are not kept, so that these have no parts by dimension.
    """
    sql = warehouse.catalog.views["changes"]
    if published:
        sql = sql.replace("metric_values", "published_values")
    periods = (before.id, after.id)
    asked = {"metric": metric.name, "grain": after.grain, "periods": list(periods)}
    ends = _Ends(warehouse.rows(sql, **asked, place=place), periods)
    totals = ends.total(place)
    state = max((row["state"] for row in totals), key=lambda one: _ORDER.get(one, 9), default="")
    values = [_decimal(row["value"]) for row in totals]
    if len(values) < 2 or values[0] is None or values[1] is None:
        return Explained(metric, place, before, after, state or "not_reported", None)
    total = (values[0], values[1])
    exact = warehouse.reader_view.exact
    sees_rows = not published and (exact is None or place in exact)
    splits = []
    if place == DISTRICT:
        splits.append((COMMUNITY, _by_community(metric, ends, total)))
    splits += [
        (dimension, _by_member(metric, ends, dimension, total))
        for dimension in metric.dimensions
        if after.grain != "week"
    ]
    if metric.window == "to_date" and sees_rows:
        flows = stock_flows.between(warehouse, metric, place, after.grain, *periods)
        if flows is not None:
            splits.append((FLOWS, _unless_differing(lambda: why.stock(*total, *flows), total)))
    elif metric.window == "to_date":
        splits.append((FLOWS, Split(total[1] - total[0], cannot="withheld")))
    people = [row["people"] for row in totals]
    if metric.window != "to_date" and metric.adds_up and None not in people:
        by_people = _unsplit(metric, total) or why.people_and_average((people[0], people[1]), total)
        splits.append((PEOPLE, by_people))
    return Explained(metric, place, before, after, state, total[1] - total[0], tuple(splits))


def _by_community(metric: Metric, ends: _Ends, total: tuple[Decimal, Decimal]) -> Split:
    hidden = [one for one in ends.withheld("community", None) if one != DISTRICT]
    before, after = ends.values("community", None)
    return _unsplit(metric, total) or why.by_community(before, after, total, hidden)


def _by_member(
    metric: Metric, ends: _Ends, dimension: str, total: tuple[Decimal, Decimal]
) -> Split:
    before, after = ends.values("member", dimension)
    hidden = ends.withheld("member", dimension)
    return _unsplit(metric, total, by_member=True) or _unless_differing(
        lambda: why.by_member(before, after, total, hidden), total
    )


def _unless_differing(split: Callable[[], Split], total: tuple[Decimal, Decimal]) -> Split:
    """The parts; none where they are of other data than the number, as while it is published."""
    try:
        return split()
    except ValueError:
        return Split(total[1] - total[0], cannot="differs")


def _unsplit(
    metric: Metric, total: tuple[Decimal, Decimal], *, by_member: bool = False
) -> Split | None:
    reason = why.unsplittable(
        numerator=metric.numerator, is_share=metric.is_share, by_member=by_member
    )
    return Split(total[1] - total[0], cannot=reason) if reason else None


def _decimal(value: float | None) -> Decimal | None:
    """A value as the decimal that it is of, without what adding up in binary left behind."""
    return None if value is None else round(Decimal(repr(float(value))), _DIGITS).normalize()


def document(explained: Explained) -> dict[str, Any]:
    """A change as the command line prints it: the parts of each `by` add up to the change.

    `cannot` is by → why there are no parts.
    """
    return {
        "metric": explained.metric.name,
        "community": explained.place,
        "period": explained.after.id,
        "from_period": explained.before.id,
        "state": explained.state,
        "change": None if explained.change is None else _number(explained.change),
        "parts": [
            {"by": by, "member": part.name or part.kind, "kind": part.kind}
            | {"part": _number(part.change)}
            for by, split in explained.splits
            for part in split.parts
        ],
        "cannot": {by: split.cannot for by, split in explained.splits if split.cannot},
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)
