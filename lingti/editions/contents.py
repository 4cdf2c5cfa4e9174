"""What an edition holds: every number and verdict of the periods that end with its month.

Exact ones, and beside them those that readers of published values were told then. No rows, no
names, no keys; findings as counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import pyarrow as pa

from lingti.catalog import DISTRICT, Metric
from lingti.district import District
from lingti.editions import keeping
from lingti.judging.periods import Period
from lingti.judging.verdicts import verdicts
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.warehouse import Warehouse, ask

STORED = ("month", "jan-feb", "quarter", "year")
PUBLISHED = ("month", "quarter", "year")
_COLUMNS = (
    *("metric", "community", "grain", "period", "dimension", "member"),
    *("value", "numerator", "denominator", "people", "state"),
)
_VALUES = pa.schema(
    [
        *((name, pa.string()) for name in _COLUMNS[:6]),
        *((name, pa.float64()) for name in ("value", "numerator", "denominator")),
        *(("people", pa.int64()), ("state", pa.string())),
    ]
)
_SIGNALS = pa.list_(pa.struct([("period", pa.string()), ("verdict", pa.string())]))
_VERDICT_KINDS: dict[str, pa.DataType] = {
    "rules": pa.list_(pa.string()),
    "count": pa.int64(),
    **dict.fromkeys(("centre", "lower", "upper"), pa.float64()),
    "signals": _SIGNALS,
}
_VERDICTS = pa.schema(
    [(field.name, _VERDICT_KINDS.get(field.name, pa.string())) for field in fields(KeptVerdict)]
)


def periods_ending(data: Warehouse, month: Period) -> list[Period]:
    """Every period that ends with a month: itself, a quarter, half-year or year, the year to date,
    and the programme up to then."""
    stored = data.rows(
        "select grain, period, first_day, last_day from periods where last_day = $last"
        f" and grain in {STORED} order by first_day desc",
        last=month.last_day,
    )
    periods = [Period(*row.values()) for row in stored]
    year, number = month.first_day.year, month.first_day.month
    new_year = month.first_day.replace(month=1)
    if number % 6 == 0:
        half = new_year.replace(month=number - 5)
        periods.append(Period("half-year", f"{year}-H{number // 6}", half, month.last_day))
    periods.append(Period("year-to-date", f"{month.id}-YTD", new_year, month.last_day))
    ((begins,),) = (
        row.values()
        for row in data.rows(
            "select min(first_day) as first_day from periods where grain = 'programme'"
        )
    )
    periods.append(
        Period("programme", "programme", min(begins or new_year, month.first_day), month.last_day)
    )
    return periods


def tables(
    whole: Warehouse, published: Warehouse, periods: Sequence[Period], places: Collection[str]
) -> dict[str, pa.Table]:
    """The tables of an edition of these places and the district.

    `published` is the warehouse as readers of published values see it.
    """
    wanted = {*places, DISTRICT}
    public = [period for period in periods if period.grain in PUBLISHED]
    exact = _values(whole, [period for period in periods if period.grain in STORED])
    computed = [
        (period.grain, period.id, period.first_day, period.last_day)
        for period in periods
        if period.grain not in STORED
    ]
    for metric in whole.catalog.metrics.values():
        exact += ask.in_periods(whole, metric, computed)
    return {
        keeping.VALUES: _table(exact, wanted, _VALUES),
        keeping.PUBLISHED_VALUES: _table(_values(published, public), wanted, _VALUES),
        keeping.VERDICTS: _table(_verdicts(whole, periods, wanted), wanted, _VERDICTS),
        keeping.PUBLISHED_VERDICTS: _table(
            _verdicts(published, public, wanted, published=True), wanted, _VERDICTS
        ),
    }


def _values(data: Warehouse, periods: Iterable[Period]) -> list[dict[str, Any]]:
    pairs = [[period.grain, period.id] for period in periods]
    return data.rows(
        f"select {', '.join(_COLUMNS)} from metric_values"
        " where list_contains($pairs::varchar[][], [grain, period])",
        pairs=pairs,
    )


def _verdicts(
    data: Warehouse, periods: Iterable[Period], places: Collection[str], *, published: bool = False
) -> list[dict[str, Any]]:
    names = list(data.catalog.metrics)
    rows = []
    for period in periods:
        judged = verdicts.of(data, names, sorted(places), period, published=published)
        for verdict in judged.values():
            signals = [{"period": when, "verdict": signal} for when, signal in verdict.signals]
            rows.append({**vars(verdict), "rules": list(verdict.rules), "signals": signals})
    return rows


def _table(all_rows: list[dict[str, Any]], places: Collection[str], schema: pa.Schema) -> pa.Table:
    rows = [
        {name: row[name] for name in schema.names} for row in all_rows if row["community"] in places
    ]
    rows.sort(key=lambda row: [str(row.get(name) or "") for name in _COLUMNS[:6]])
    return pa.Table.from_pylist(rows, schema=schema)


def verdict_of_row(row: Mapping[str, Any]) -> KeptVerdict:
    """A verdict as it was kept."""
    signals = tuple((signal["period"], signal["verdict"]) for signal in row["signals"])
    return KeptVerdict(**{**row, "rules": tuple(row["rules"]), "signals": signals})


def metric_versions(metrics: Iterable[Metric]) -> dict[str, tuple[int, str]]:
    """Metric → version and hash of its definition."""
    return {metric.name: (metric.version, definition_of(metric)) for metric in metrics}


def definition_of(metric: Metric) -> str:
    """What is another as soon as a metric counts something else."""
    definition = (
        metric.sql,
        metric.numerator,
        metric.denominator,
        metric.window,
        metric.when_none,
        metric.ends,
        metric.totals,
    )
    return hashlib.sha256(repr(definition).encode()).hexdigest()[:16]


def settings_mark(district: District) -> str:
    """What is another as soon as settings that numbers rest on are: communities, populations,
    what is expected, rules and the start."""
    places = [
        (community.id, str(community.since), str(community.until), repr(community.populations))
        for community in district.communities
    ]
    rested_on = (places, repr(district.expected), repr(district.rules), str(district.starts_on))
    return hashlib.sha256(repr(rested_on).encode()).hexdigest()[:16]


def findings(data: Warehouse, month: Period, places: Collection[str]) -> list[dict[str, Any]]:
    """How often each rule was broken in the month, per community."""
    return data.rows(
        'select community, check_name as "check", count(*) as findings from findings'
        " where day between $first and $last and list_contains($places::varchar[], community)"
        " group by all order by all",
        first=month.first_day,
        last=month.last_day,
        places=sorted(places),
    )
