"""Brings values up to date where other rows can tell, in little more than those rows take.

The communities with other rows are measured anew. The district is what it was, and what these
communities come to now less what they came to then, wherever that is exactly what a sum or a
distinct count over all rows would yield; else it is made of all rows. Persons count once in a
district, so with the communities go all that share persons with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from lingti import catalog
from lingti.catalog import DISTRICT, PERSON, Metric
from lingti.warehouse import persons
from lingti.warehouse.fast import changed_periods
from lingti.warehouse.fast.rollups import COUNTED, decimals, has_facts, measure_all
from lingti.warehouse.fast.shared_facts import Family, aggregates, families
from lingti.warehouse.template import COLUMNS

_DESCRIBED = frozenset({"communities", "expected", "covered"})
_FINDINGS = frozenset({"findings", "batches"})
_ADDED = ("value", "numerator", "denominator", "people")


def measure_touched(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], communities: Sequence[str]
) -> None:
    """Brings values up to date with the rows of communities, but for those of new periods.

    The metrics have the window whose periods `scope.find_periods` found. Leaves what
    `scope.find_touched` makes.
    """
    changed_periods.find_touched(con, metrics, communities)
    changed_periods.remove_touched(con, metrics, communities)
    if _has_rows(con, changed_periods.TOUCHED):
        scales = {family: _scale(con, family) for family in families(metrics)}
        plain = [one for family, scale in scales.items() if scale is None for one in family.metrics]
        if plain:
            measure_all(con, plain, periods=changed_periods.TOUCHED, places=communities)
        added = {family: scale for family, scale in scales.items() if scale is not None}
        if added:
            _measure_difference(con, list(added), communities, max(added.values()))


def measure_new(con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric]) -> None:
    """Adds the values of new periods, and tells the states of those that are longer now.

    The metrics have the window whose periods `scope.find_periods` found.
    """
    if _has_rows(con, changed_periods.LONGER):
        changed_periods.tell_states(con, metrics)
    if _has_rows(con, changed_periods.NEW):
        measure_all(con, metrics, periods=changed_periods.NEW)


def _scale(con: duckdb.DuckDBPyConnection, family: Family) -> int | None:
    """The decimals of what a family adds up, where its district follows from differences."""
    if not family.can_roll_up or not set(family.distinct) <= {PERSON}:
        return None
    if not all(_is_zero_of_none(metric) for metric in family.metrics):
        return None
    return decimals(con, family)


def _is_zero_of_none(metric: Metric) -> bool:
    """Whether a sum over no rows is told as 0, so that one can be told from another's absence."""
    if metric.is_share:
        required = {
            column.name
            for name in metric.tables
            for column in catalog.tables()[name].columns
            if column.required
        }
        summed = [re.fullmatch(r"sum\((\w+)\)", part) for part in aggregates(metric)]
        return all(found is None or found[1] in required for found in summed)
    return metric.when_none == 0


def _measure_difference(
    con: duckdb.DuckDBPyConnection,
    known: Sequence[Family],
    communities: Sequence[str],
    scale: int,
) -> None:
    """Measures communities anew, and the district by what changed, in the periods touched."""
    metrics = [metric for family in known for metric in family.metrics]
    persons.find_linked(con, communities)
    with _only_linked(con, metrics, was=False):
        _measure_into(con, "now_values", metrics, communities, changed_periods.TOUCHED)
    with _only_linked(con, metrics, was=True):
        counted = [one for family in known if has_facts(con, family) for one in family.metrics]
        _measure_into(con, "was_values", counted, (), changed_periods.BEFORE)
    con.execute(f"insert into metric_values from now_values where community <> '{DISTRICT}'")
    con.execute(
        "create or replace temp table kinds as select unnest($metrics) as metric,"
        " unnest($shares) as is_share, unnest($populations) as by_population,"
        " unnest($people) as counts_people",
        {
            "metrics": [one.name for one in metrics],
            "shares": [one.is_share for one in metrics],
            "populations": [one.by_population for one in metrics],
            "people": [one.counts_people for one in metrics],
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


@contextmanager
def _only_linked(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], *, was: bool
) -> Iterator[None]:
    """Lets the tables of metrics hold the rows of the communities in `linked` only.

    With `was` as they were in the last warehouse, and with these communities alone.
    """
    tables = {table for one in metrics for table in one.tables}
    if any(one.facts.of_all_tables for one in metrics):
        tables |= _FINDINGS
    names = sorted(tables | (_DESCRIBED if was else frozenset()))
    ((here,),) = con.execute("select current_database()").fetchall()
    source = "last" if was else f'"{here}"'
    for name in names:
        con.execute(
            f"create temp table {name} as from {source}.main.{name}"
            " where community in (from linked)"
        )
    yield
    for name in names:
        con.execute(f"drop table temp.{name}")


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
