"""Which numbers a community, and the home page, show first where nobody has said it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from lingti.catalog import DISTRICT, Catalog, group_place
from lingti.district import Community, District
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse

# What every community can be asked, and the district's documents begin with.
COMMON = ("volunteer_hours", "redemptions", "placements", "partners_active")
MOST = 4


@memoised
def filled(warehouse: Warehouse, district: District) -> District:
    """The district with headlines for each community, and numbers in common, from what there is.

    What settings name stays, but for metrics that there are no more. A community that has sent
    nothing has no headlines.
    """
    known = district.catalog
    runs = _runs(warehouse, known)
    named = [one for one in district.common if one in known.metrics]
    return replace(
        district,
        communities=tuple(
            _with_headlines(community, runs, known) for community in district.communities
        ),
        common=tuple(named) or _common(runs, known),
    )


def _with_headlines(
    community: Community, runs: Mapping[str, list[str]], known: Catalog
) -> Community:
    named = tuple(name for name in community.headlines if name in known.metrics)
    return replace(community, headlines=named or tuple(runs.get(community.id, ())[:MOST]))


def _common(runs: Mapping[str, list[str]], known: Catalog) -> tuple[str, ...]:
    """The usual numbers as far as anybody has them, then those that most communities have."""
    held = Counter(name for names in runs.values() for name in names)
    usual = [name for name in COMMON if name in known.metrics and (held[name] or not held)]
    most = sorted(held, key=lambda name: -held[name])
    return tuple(dict.fromkeys([*usual, *most]))[:MOST]


def _runs(warehouse: Warehouse, known: Catalog) -> dict[str, list[str]]:
    """Community → the metrics it has a number of, counts and sums first, by theme."""
    metrics_of: dict[str, set[str]] = {}
    for row in warehouse.rows(
        "select community, metric from metric_values where grain in ('programme', 'month')"
        " and dimension is null and community <> $district"
        " and (value is not null or state = 'withheld')",
        district=DISTRICT,
    ):
        metrics_of.setdefault(row["community"], set()).add(row["metric"])
    order = _in_order(known)
    return {place: [name for name in order if name in names] for place, names in metrics_of.items()}


def _in_order(known: Catalog) -> Iterable[str]:
    metrics = [metric for metric in known.metrics.values() if metric.group != "data"]
    metrics.sort(key=lambda metric: (not metric.scalable, group_place(metric.group), metric.name))
    return [metric.name for metric in metrics]
