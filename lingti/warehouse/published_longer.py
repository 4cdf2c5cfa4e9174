"""Published values of half-years and years to date: only what published ones tell by themselves.

Sums and counts are those of the published quarters and months together, a share follows from both
its parts, a stock is that of the last month. So nobody learns more than from what is published
already. Where a part is withheld, and of what does not add up (persons counted once, medians), they
are withheld too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from lingti.catalog import Metric
from lingti.warehouse import ask, longer, reader_views
from lingti.warehouse.publish import Warehouse

NUMBERS = ("value", "numerator", "denominator")
_WITH_A_NUMBER = ("reported", "partial", "before_start")
_ADDS_UP = ("sum(", "count(*)")

Row = dict[str, Any]


def values(data: Warehouse, question: ask.Question) -> list[Row]:
    """The values of `ask.values` for published half-years or years to date, in total.

    Raises QuestionError where members are asked of.
    """
    if question.by is not None or question.span or question.members:
        raise ask.QuestionError("of half-years and years to date only totals are published")
    asked = [
        period
        for period in longer.periods(data)
        if period[0] == (question.grain or ask.grain_of(question.period or ""))
        and question.period in (None, period[1])
    ]
    if not asked:
        return []
    stored = data.rows(
        "select community, grain, periods.first_day, periods.last_day, value, numerator,"
        " denominator, state from published_values join periods using (grain, period)"
        " where metric = $metric and dimension is null and grain in ('month', 'quarter')",
        metric=question.metric.name,
    )
    of_place: dict[str, list[Row]] = {}
    for row in stored:
        of_place.setdefault(row["community"], []).append(row)
    days = {period: (first, last) for _grain, period, first, last in asked}
    published = []
    for row in ask.in_periods(data, question.metric, asked):
        if row["dimension"] is None and question.community in (None, row["community"]):
            parts = of_place.get(row["community"], [])
            published.append(_published(row, question.metric, parts, days[row["period"]]))
    at = list(days)
    order = {place["community"]: place["place"] for place in ask.places(data)}
    return sorted(published, key=lambda row: (at.index(row["period"]), order[row["community"]]))


def with_periods(data: Warehouse, asked: Iterable[longer.PeriodRow]) -> Warehouse:
    """A reader's warehouse with periods that are not stored: exact of own communities.

    Of others it is what published values tell.
    """
    asked = list(asked)
    mine = data.reader_view.exact or frozenset()
    published: list[dict[str, Any]] = []
    exact: list[dict[str, Any]] = []
    for metric in data.catalog.metrics.values():
        for _grain, period, *_days in asked:
            question = ask.Question(metric, None, None, period, published=True)
            published += values(data, question)
        exact += [row for row in ask.in_periods(data, metric, asked) if row["community"] in mine]
    con = reader_views.connect(data.path, mine, data.catalog.tables, data.snapshot)
    # As of all values that this reader's warehouse has: under either name the same.
    rows = [*exact, *(row for row in published if row["community"] not in mine)]
    longer.put_beside(con, asked, dict.fromkeys(("metric_values", "published_values"), rows))
    return Warehouse(data.path, con, data.reader_view, data.snapshot, data.catalog)


def _published(row: Row, metric: Metric, stored: Sequence[Row], days: tuple[date, date]) -> Row:
    """A row of exact values with what follows from published ones in the place of its numbers."""
    row = {name: one for name, one in row.items() if name != "people"}
    without = {**row, **dict.fromkeys(NUMBERS)}
    if row["value"] is None and row["state"] not in _WITH_A_NUMBER:
        return without
    derived = _derived(metric, stored, *days)
    if derived is None or (derived["value"] is None and row["value"] is not None):
        return {**without, "state": "withheld"}
    return {**without, **derived}


def _derived(metric: Metric, stored: Sequence[Row], first: date, last: date) -> Row | None:
    """The numbers of a period out of published ones; None where they do not tell them."""
    months = [
        row
        for row in stored
        if row["grain"] == "month" and first <= row["first_day"] and row["last_day"] <= last
    ]
    if metric.window != "period":
        newest = max(months, key=lambda row: row["last_day"], default=None)
        is_last = newest is not None and newest["last_day"] == last
        return {name: newest[name] for name in NUMBERS} if newest and is_last else None
    parts = _parts_told(stored, months, first, last)
    if parts is None:
        return None
    if not metric.is_share:
        adds_up = metric.numerator.startswith(_ADDS_UP) and "distinct" not in metric.numerator
        return {"value": _sum(parts, "value")} if adds_up else None
    aggregates = (metric.numerator, str(metric.denominator))
    if not all(
        aggregate.startswith(_ADDS_UP) and "distinct" not in aggregate for aggregate in aggregates
    ):
        return None
    over, under = _sum(parts, "numerator"), _sum(parts, "denominator")
    return {"value": over / under if under else None, "numerator": over, "denominator": under}


def _parts_told(
    stored: Sequence[Row], months: Sequence[Row], first: date, last: date
) -> list[Row] | None:
    """Quarters that are told, and the months of the others; None where one of these is withheld."""
    whole = [
        row
        for row in stored
        if row["grain"] == "quarter"
        and first <= row["first_day"]
        and row["last_day"] <= last
        and row["state"] != "withheld"
    ]
    rest = [
        month
        for month in months
        if not any(of["first_day"] <= month["first_day"] <= of["last_day"] for of in whole)
    ]
    return None if any(row["state"] == "withheld" for row in rest) else [*whole, *rest]


def _sum(parts: Sequence[Row], name: str) -> float:
    return float(sum(part[name] or 0 for part in parts))
