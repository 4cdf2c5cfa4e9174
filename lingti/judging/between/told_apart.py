"""How communities can be told apart, as it is kept with a publication and read from there.

Everything that says who has the most, or who is higher or lower than the others, reads it by `of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lingti.catalog import Catalog, Metric
from lingti.judging.between.between import ALPHA, MANY, Against, How, funnel_limits
from lingti.judging.periods import Period
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse
from lingti.warehouse.frames import plain, rows

AgainstCode = Against | Literal["untested"]


@dataclass(frozen=True)
class PlaceComparison:
    """A community beside the others together: its number out of a size, and what can be told.

    `lower` and `upper` hold 95 % of what chance makes of its rate; None where that is not known or
    not published. `others` is the rate of all others together. `leads`: it has the highest rate,
    and can be told from each of the others.
    """

    place: str
    number: float
    size: float
    lower: float | None
    upper: float | None
    others: float | None
    against: AgainstCode
    leads: bool

    @property
    def rate(self) -> float:
        """Per one of the size."""
        return self.number / self.size


@dataclass(frozen=True)
class Comparison:
    """All communities that are compared in a metric and period, in the district's order.

    `unit_variance` and `dispersion` are those of a funnel; None where they are not published.
    """

    metric: str
    period: str
    how: How
    rate: float
    unit_variance: float | None
    dispersion: float | None
    places: tuple[PlaceComparison, ...]

    def of(self, place: str) -> PlaceComparison | None:
        """What is told of a place; None where it is not compared."""
        return next((verdict for verdict in self.places if verdict.place == place), None)

    @property
    def leader(self) -> PlaceComparison | None:
        """Who has the highest rate, where that can be told."""
        return next((place for place in self.places if place.leads), None)

    def that_are(self, against: AgainstCode) -> list[PlaceComparison]:
        """The communities of which that is told."""
        return [place for place in self.places if place.against == against]

    @property
    def is_tested(self) -> bool:
        """Whether anything could be told of anybody."""
        return any(place.against != "untested" for place in self.places)

    @property
    def is_told(self) -> bool:
        """Whether anybody can be told from the others."""
        return any(place.against in ("higher", "lower") for place in self.places)

    @property
    def are_many(self) -> bool:
        """Whether there are too many for a bar each."""
        return len(self.places) > MANY

    def limits(self, size: float) -> tuple[float, float, float, float] | None:
        """The limits of the funnel at a size, lowest to highest; None where not published."""
        if self.unit_variance is None or self.dispersion is None:
            return None
        return funnel_limits(self.rate, self.unit_variance, self.dispersion, size, self.how)


@memoised
def of(
    warehouse: Warehouse, metrics: Iterable[str], period: Period, *, published: bool = False
) -> dict[str, Comparison]:
    """Metric → how communities can be told apart in a period; without those not compared.

    With `published` it is what readers of published values get.
    """
    sql = warehouse.catalog.views["between"]
    if published:
        for table in ("told_apart", "comparisons"):
            sql = sql.replace(f" {table}", f" published_{table}")
    frame = warehouse.query(sql, metrics=list(metrics), grain=period.grain, period=period.id)
    rows_of: dict[str, list[Any]] = {}
    for row in rows(frame):
        rows_of.setdefault(row.metric, []).append(row)
    return {metric: _comparison(metric, period, of_it) for metric, of_it in rows_of.items()}


def _comparison(metric: str, period: Period, of_it: Sequence[Any]) -> Comparison:
    first = of_it[0]
    return Comparison(
        metric,
        period.id,
        first.how,
        first.rate_of_all,
        plain(first.unit_variance),
        plain(first.dispersion),
        tuple(
            PlaceComparison(
                row.place,
                row.number,
                row.size,
                plain(row.lower),
                plain(row.upper),
                plain(row.others),
                row.against,
                bool(row.leads),
            )
            for row in of_it
        ),
    )


def whiskers(
    comparison: Comparison | None, metric: Metric, per: str
) -> dict[str, tuple[float, float]]:
    """Place → the interval of its number as it is shown: a total, a share, or per 1,000 residents.

    Rates of households are another thing than those compared, and have none.
    """
    interval_of = {}
    for verdict in comparison.places if comparison else ():
        if verdict.lower is None or verdict.upper is None:
            continue
        scale: float | None = 1.0
        if metric.scalable:
            scale = {"total": verdict.size, "residents": 1000.0}.get(per)
        if scale is not None:
            interval_of[verdict.place] = (verdict.lower * scale, verdict.upper * scale)
    return interval_of


@dataclass(frozen=True)
class Differing:
    """In how many metrics communities were compared, and in how many they can be told apart."""

    compared: int
    differ_count: int

    @property
    def by_chance(self) -> float:
        """In how many chance alone would tell equal communities apart, at most."""
        return ALPHA * self.compared


def differing(comparisons: Mapping[str, Comparison], known: Catalog) -> Differing:
    """Counts the comparisons of a period; metrics of the same facts count once.

    They rise and fall together: placements and the people placed are one thing that happened.
    """
    by_facts: dict[str, bool] = {}
    for name, comparison in comparisons.items():
        if comparison.is_tested:
            facts = known.metrics[name].facts.name
            by_facts[facts] = by_facts.get(facts, False) or comparison.is_told
    return Differing(len(by_facts), sum(by_facts.values()))
