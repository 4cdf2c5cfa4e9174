"""The numbers of a view, each with its change and its verdict: what pages show of a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from lingti.judging import period_values
from lingti.judging.period_values import View
from lingti.judging.periods import periods_of
from lingti.judging.verdicts import ripe, verdicts
from lingti.judging.verdicts.verdicts import Key
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse


@memoised
def totals(warehouse: Warehouse, view: View, metrics: Iterable[str]) -> pd.DataFrame:
    """As `period_values.totals`, with what is said of each row.

    `verdict` is its `verdicts.KeptVerdict` or None; `is_provisional` whether cases or days of the
    period are still to come, so that no change is told; `ripe` the `ripe.Ripe` of its ripe cases or
    None.
    """
    frame = period_values.totals(warehouse, view, metrics)
    names = list(dict.fromkeys(frame["metric"]))
    known = verdicts.of(warehouse, names, view.places, view.period, published=view.published)
    keys = list(zip(frame["metric"], frame["community"], strict=True))
    provisional = {key for key, one in known.items() if one.verdict == "provisional"}
    provisional |= _with_open_end(warehouse, view, names)
    is_provisional = pd.Series([key in provisional for key in keys], frame.index, dtype=bool)
    changes = {name: frame[name].where(~is_provisional) for name in ("change", "change_share")}
    ripe_of = _ripe(warehouse, view, provisional)
    return frame.assign(
        **changes,
        verdict=pd.Series([known.get(key) for key in keys], frame.index, dtype=object),
        is_provisional=is_provisional,
        ripe=pd.Series([ripe_of.get(key) for key in keys], frame.index, dtype=object),
    )


def _with_open_end(warehouse: Warehouse, view: View, names: Sequence[str]) -> set[Key]:
    """The numbers of a quarter, a year or longer whose last month is provisional."""
    if view.period.grain in ("week", "month"):
        return set()
    months = [
        period
        for period in periods_of(warehouse)["month"]
        if view.period.first_day <= period.first_day and period.last_day <= view.period.last_day
    ]
    if not months:
        return set()
    verdict_of = verdicts.of(warehouse, names, view.places, months[-1], published=view.published)
    return {key for key, verdict in verdict_of.items() if verdict.verdict == "provisional"}


def _ripe(warehouse: Warehouse, view: View, provisional: set[Key]) -> dict[Key, ripe.Ripe]:
    """The ripe cases of what is provisional, where the reader sees exact numbers."""
    places: dict[str, list[str]] = {}
    for metric, place in sorted(provisional):
        if view.opens(place):
            places.setdefault(metric, []).append(place)
    known = view.catalog.metrics
    return {
        (metric, place): one
        for metric, of_it in places.items()
        for place, one in ripe.of(warehouse, known[metric], of_it, view.period).items()
    }
