"""What is said of a number that lacks rows: those refused at import, which wait to be corrected.

Of other communities a reader is told that there are some, and not how many: `SOME` is that count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from lingti import language
from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.warehouse import Warehouse

SOME = -1


def together(counts: Iterable[int]) -> int:
    """What counts come to; `SOME` where one of them is not told."""
    known = list(counts)
    return SOME if SOME in known else sum(known)


def lacking(row: Any) -> int:
    """How many rows a number lacks; of rows as of `period_values.over_time`, and 0 of others.

    Where there is no number at all nothing is lacking.
    """
    count = getattr(row, "to_correct", 0)
    return 0 if pd.isna(row.value) or pd.isna(count) else int(count)


def previous_lacking(row: Any) -> int:
    """The same of the period before, of rows as of `period_values.totals`."""
    count = getattr(row, "previous_to_correct", 0)
    return 0 if pd.isna(row.previous) or pd.isna(count) else int(count)


def counts(
    warehouse: Warehouse, metric: Metric, spans: Iterable[tuple[str, date, date]]
) -> list[int]:
    """How many rows numbers of a metric lack, each of a place between two days; in their order.

    `period_values.over_time` tells the same of whole periods.
    """
    waiting: dict[str, list[dict[str, Any]]] = {}
    for row in warehouse.rows(
        "select community, first_day, last_day, rows from to_correct"
        " where list_has_any(tables, $tables)",
        tables=list(metric.tables),
    ):
        for place in (DISTRICT, row["community"]):
            waiting.setdefault(place, []).append(row)
    return [
        together(
            row["rows"]
            for row in waiting.get(place, ())
            if row["first_day"] <= last and row["last_day"] >= _counts_from(metric, first, last)
        )
        for place, first, last in spans
    ]


def by_place(
    warehouse: Warehouse, metric: Metric, places: Sequence[str], first: date, last: date
) -> dict[str, int]:
    """Place → how many rows its number of these days lacks."""
    rows_lacking = counts(warehouse, metric, [(place, first, last) for place in places])
    return dict(zip(places, rows_lacking, strict=True))


def _counts_from(metric: Metric, first: date, last: date) -> date:
    """The first day of the rows that count for a period of these days."""
    if metric.window == "to_date":
        return date.min
    if metric.window == "last_6_months":
        return (pd.Timestamp(last) + pd.Timedelta(days=1) - pd.DateOffset(months=6)).date()
    return first


def words(count: int) -> str:
    """How many rows wait to be corrected, to stand beside a number; "" where none do."""
    if not count:
        return ""
    if count == SOME:
        return _("rows to correct")
    return ngettext("{count} row to correct", "{count} rows to correct", count).format(count=count)


def is_less(row: Any) -> bool:
    """Whether a number is less, or other, than it seems: by its state, or by rows that it lacks."""
    return row.state in number_text.MARKED or lacking(row) != 0


def marks(row: Any) -> str:
    """What stands behind such a number, or one that was reported otherwise; "" behind others."""
    revised = _("revised") if getattr(row, "revised", False) else ""
    return " · ".join(filter(None, (number_text.mark(row.state), words(lacking(row)), revised)))


def of_parts(count: Mapping[str, int], name: Callable[[str], str]) -> str:
    """What the parts of places' numbers lack together: nobody knows which part lacks what.

    `count` is place → how many rows; the district's are those of its communities.
    """
    parts = [
        f"{name(place)} {words(rows)}"
        for place, rows in count.items()
        if rows and place != DISTRICT
    ]
    if not parts:
        return ""
    return _("Not in it, and not known of which parts: {rows}.").format(rows=language.words(parts))


def star(count: int) -> str:
    """The same where there is no room for words: a star and how many, if that is told."""
    if not count:
        return ""
    return "*" if count == SOME else f"*{number_text.exact(count)}"


def sentence(count: int) -> str:
    """The same as a sentence of its own."""
    if not count:
        return ""
    return _("Not in it: {rows}.").format(rows=words(count))
