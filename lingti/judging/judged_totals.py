"""The numbers of a view, each with its change and its verdict: what pages show of a number."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from lingti.judging import period_values, verdicts
from lingti.judging.period_values import View
from lingti.memo_cache import memoised
from lingti.warehouse import Warehouse


@memoised
def totals(warehouse: Warehouse, view: View, metrics: Iterable[str]) -> pd.DataFrame:
    """As `period_values.totals`, with a column `told`, the `verdicts.Told` of each row or None.

    Of what is provisional no change is told.
    """
    frame = period_values.totals(warehouse, view, metrics)
    names = list(dict.fromkeys(frame["metric"]))
    known = verdicts.of(warehouse, names, view.places, view.period, published=view.published)
    told = [known.get(key) for key in zip(frame["metric"], frame["community"], strict=True)]
    is_told = [one is None or one.verdict != "provisional" for one in told]
    told_of = pd.Series(is_told, frame.index, dtype=bool)
    changes = {name: frame[name].where(told_of) for name in ("change", "change_share")}
    return frame.assign(**changes, told=pd.Series(told, frame.index, dtype=object))
