"""What is said of a number that lacks rows: those refused at import, which wait to be corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from lingti.catalog import DISTRICT, Metric
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.warehouse import Warehouse


def lacking(row: Any) -> int:
    """How many rows a number lacks; of rows as of `period_values.over_time`, and 0 of others.

    Where there is no number at all nothing is lacking.
    """
    count = getattr(row, "to_correct", 0)
    return 0 if pd.isna(row.value) or pd.isna(count) else int(count)


def counts(
    warehouse: Warehouse, metric: Metric, spans: Iterable[tuple[str, date, date]]
) -> list[int]:
    """How many rows numbers of a metric lack, each of a place between two days; in their order.

    `period_values.over_time` tells the same of whole periods.
    """
    waiting = warehouse.rows(
        "select community, first_day, last_day, rows from to_correct"
        " where list_has_any(tables, $tables)",
        tables=list(metric.tables),
    )
    return [
        sum(
            one["rows"]
            for one in waiting
            if place in (DISTRICT, one["community"])
            and one["first_day"] <= last
            and one["last_day"] >= _counts_from(metric, first, last)
        )
        for place, first, last in spans
    ]


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
    return ngettext("{count} row to correct", "{count} rows to correct", count).format(count=count)


def sentence(count: int) -> str:
    """The same as a sentence of its own."""
    if not count:
        return ""
    return _("Not in it: {rows}.").format(rows=words(count))
