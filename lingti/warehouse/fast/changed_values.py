"""Brings values up to date where other rows can tell, in little more than those rows take.

The communities with other rows are measured anew. The district is what it was, and what these
communities come to now less what they came to then, wherever that is exactly what a sum or a
distinct count over all rows would yield; else it is made of all rows. Persons count once in a
district, so with the communities go all that share persons with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import duckdb

from lingti import catalog
from lingti.catalog import DISTRICT, PERSON, Metric
from lingti.warehouse.fast import changed_periods
from lingti.warehouse.fast.linked_persons import find_linked, only_linked
from lingti.warehouse.fast.ready_states import EarlyFacts
from lingti.warehouse.fast.rollups import decimals, has_facts, measure_all
from lingti.warehouse.fast.shared_facts import SharedFacts, aggregates, by_facts
from lingti.warehouse.template import COLUMNS, COUNTED, NO_FACTS

_DESCRIBED = frozenset({"communities", "populations", "expected", "unexpected", "covered"})
_FINDINGS = frozenset({"findings", "batches"})
_ADDED = ("value", "numerator", "denominator", "people")


def measure_touched(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], communities: Sequence[str]
) -> None:
    """Brings values up to date with the rows of communities, but for those of new periods.

    The metrics have the window whose periods `changed_periods.find_periods` found. Leaves what
    `changed_periods.find_touched` makes.
    """
    changed_periods.find_touched(con, metrics, communities)
    changed_periods.remove_touched(con, metrics, communities)
    if _has_rows(con, changed_periods.TOUCHED):
        scales = {facts: _scale(con, facts) for facts in by_facts(metrics)}
        of_all_rows = [
            metric for facts, scale in scales.items() if scale is None for metric in facts.metrics
        ]
        if of_all_rows:
            measure_all(con, of_all_rows, periods=changed_periods.TOUCHED, places=communities)
        of_differences = {facts: scale for facts, scale in scales.items() if scale is not None}
        if of_differences:
            scale = max(of_differences.values())
            _measure_difference(con, list(of_differences), communities, scale)


def measure_new(con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric]) -> None:
    """Adds the values of new periods, and tells the states of those that are longer now.

    The metrics have the window whose periods `changed_periods.find_periods` found.
    """
    if _has_rows(con, changed_periods.LONGER):
        changed_periods.update_states(con, metrics)
    if _has_rows(con, changed_periods.NEW):
        measure_all(con, metrics, periods=changed_periods.NEW)


def _scale(con: duckdb.DuckDBPyConnection, facts: SharedFacts) -> int | None:
    """The decimals of what facts add up to, where their district follows from differences.

    Where facts lie before the start, the district's state and population rest on those of all;
    where only totals are known, whether it had a value, and the people it is told to rest on.
    """
    if any(changed_periods.has_spans(con, metric) for metric in facts.metrics):
        return None
    early = EarlyFacts(con, changed_periods.TOUCHED)
    if any(early.of(metric) != NO_FACTS for metric in facts.metrics):
        return None
    if not facts.can_roll_up or not set(facts.distinct) <= {PERSON}:
        return None
    if not all(_is_zero_of_none(metric) for metric in facts.metrics):
        return None
    return decimals(con, facts)


def _is_zero_of_none(metric: Metric) -> bool:
    """Whether a sum over no rows is told as 0, so that one can be told from another's absence."""
    if metric.is_share:
        required = {column.name for column in metric.columns if column.required}
        sums = [re.fullmatch(r"sum\((\w+)\)", part) for part in aggregates(metric)]
        return all(column is None or column[1] in required for column in sums)
    return metric.when_none == 0


def _measure_difference(
    con: duckdb.DuckDBPyConnection,
    shared: Sequence[SharedFacts],
    communities: Sequence[str],
    scale: int,
) -> None:
    """Measures communities anew, and the district by what changed, in the periods touched."""
    metrics = [metric for facts in shared for metric in facts.metrics]
    tables = _tables_of(metrics)
    find_linked(con, communities)
    with only_linked(con, tables):
        _measure_into(con, "now_values", metrics, communities, changed_periods.TOUCHED)
    with only_linked(con, tables | _DESCRIBED, of_last=True):
        counted = [metric for facts in shared if has_facts(con, facts) for metric in facts.metrics]
        _measure_into(con, "was_values", counted, (), changed_periods.BEFORE)
    con.execute(f"insert into metric_values from now_values where community <> '{DISTRICT}'")
    con.execute(
        "create or replace temp table kinds as select unnest($metrics) as metric,"
        " unnest($shares) as is_share, unnest($populations) as by_population,"
        " unnest($people) as counts_people",
        {
            "metrics": [metric.name for metric in metrics],
            "shares": [metric.is_share for metric in metrics],
            "populations": [metric.by_population for metric in metrics],
            "people": [metric.people_sql is not None for metric in metrics],
        },
    )
    con.execute(
        catalog.build_step("district_parts").format(
            district=DISTRICT, touched=changed_periods.TOUCHED, scale=scale
        )
    )
    _keep_named_elsewhere(con)
    con.execute(
        f"insert into metric_values ({COLUMNS})"
        + catalog.build_step("district_values").format(district=DISTRICT, counted=COUNTED)
    )


def _keep_named_elsewhere(con: duckdb.DuckDBPyConnection) -> None:
    """Drops from `district_parts` the members that no community names any more."""
    if not _has_rows(con, "(from district_parts where is_doubtful)"):
        return
    cell = "metric, grain, period, dimension, member"
    con.execute(f"""
        delete from district_parts
        where is_doubtful and ({cell}) not in (
            select ({cell}) from metric_values
            where community <> '{DISTRICT}' and dimension is not null
                and metric in (select metric from district_parts where is_doubtful)
                and period in (select period from district_parts where is_doubtful)
        )
    """)


def _tables_of(metrics: Iterable[Metric]) -> frozenset[str]:
    """The tables that hold what the metrics count."""
    tables = {table for metric in metrics for table in metric.tables}
    if any(metric.facts.of_all_tables for metric in metrics):
        tables |= _FINDINGS
    return frozenset(tables)


def _measure_into(
    con: duckdb.DuckDBPyConnection,
    name: str,
    metrics: Sequence[Metric],
    places: Sequence[str],
    periods: str,
) -> None:
    """Makes a table of the values of places, and of all rows there are as the district's."""
    con.execute("create temp table metric_values as from metric_values limit 0")
    measure_all(con, metrics, periods=periods, places=places)
    con.execute(f"create or replace temp table {name} as from temp.metric_values")
    con.execute("drop table temp.metric_values")


def _has_rows(con: duckdb.DuckDBPyConnection, relation: str) -> bool:
    return bool(con.execute(f"select 1 from {relation} limit 1").fetchall())
