"""Which values a change can touch, so that only those are computed again.

A metric's facts name the community each belongs to, and count for periods by their days. What was
in the last warehouse and what is now differ in the facts of some communities on some days, and in
the days for which these have reported. Only values of those communities, and of the district, in
periods that such days count for can come out differently; all others are as they were. A period
that the last warehouse does not have, or with other days, is computed for all communities.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from lingti.catalog import DISTRICT, Metric
from lingti.warehouse import measure

TOUCHED = "touched"
NEW = "new_periods"


def find_touched(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], communities: Sequence[str]
) -> None:
    """Makes `new_periods`, and `touched` of the others whose values can differ from the last.

    The metrics have one window; nothing differs but rows of these communities, their coverage, and
    which periods there are.
    """
    con.execute(f"create or replace temp table {NEW} as from periods except from last.periods")
    con.execute("create or replace temp table changed_days (first_day date, last_day date)")
    chosen = {"communities": list(communities)}
    for metric in metrics:
        _compare(con, "changed_facts", _facts_sql(metric), chosen)
        con.execute("insert into changed_days select day, day from changed_facts")
        _compare(con, "changed_cover", _covered_sql(metric), chosen)
        con.execute("insert into changed_days select day, day from changed_cover")
        _compare(con, "changed_ends", _known_sql(metric), chosen)
        # What lies between the old last day and the new one is known now, or no longer.
        con.execute("""
            insert into changed_days
            select
                case when count(*) = 2 then min(last_day) + 1 else date '1900-01-01' end,
                max(last_day),
            from changed_ends
            group by community
        """)
    start = measure.WINDOW_STARTS[_window_of(metrics)]
    con.execute(f"""
        create or replace temp table {TOUCHED} as
        select * from periods anti join {NEW} using (grain, period)
        where exists (
            select 1 from (select distinct first_day, last_day from changed_days) as days
            where days.first_day <= periods.last_day
                and days.last_day >= least(periods.first_day, {start})
        )
    """)


def remove_touched(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], communities: Sequence[str]
) -> None:
    """Takes out of `metric_values` what is to be computed again, and periods there are no more."""
    con.execute(
        f"""
        delete from metric_values
        where metric in (select unnest($metrics::varchar[]))
            and (
                (
                    community in (select unnest($places::varchar[]))
                    and (grain, period) in (select (grain, period) from {TOUCHED})
                )
                or (grain, period) not in (
                    select (grain, period) from (from periods anti join {NEW} using (grain, period))
                )
            )
        """,
        {"places": [*communities, DISTRICT], "metrics": [one.name for one in metrics]},
    )


def untouched_years(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The years of which every month, quarter and year has the values it had."""
    found = con.execute(f"""
        select distinct left(period, 4) from periods where grain = 'year'
        except
        select left(period, 4)
        from (
            from {TOUCHED}
            union all
            (from periods except from last.periods)
            union all
            (from last.periods except from periods)
        )
        where grain in ('month', 'quarter', 'year')
    """).fetchall()
    return [year for (year,) in found]


def _window_of(metrics: Sequence[Metric]) -> str:
    """The one window of the metrics."""
    (window,) = {one.window for one in metrics}
    return window


def _facts_sql(metric: Metric) -> str:
    """The facts of a metric but for where they stand in files, which no value depends on."""
    return f"""
        select columns(lambda name: name not in ('batch', 'source_row'))
        from ({metric.sql}) where community in (select unnest($communities))
    """


def _covered_sql(metric: Metric) -> str:
    return f"""
        select
            community,
            tbl,
            part,
            unnest(generate_series(first_day, last_day, interval 1 day))::date as day,
        from covered
        where tbl in ({_tables(metric)}) and community in (select unnest($communities))
    """


def _known_sql(metric: Metric) -> str:
    """The last day reported of each community, as the template has it."""
    return f"""
        with {measure.states_with(metric)}
        select community, last_day from known where community in (select unnest($communities))
    """


def _tables(metric: Metric) -> str:
    return ", ".join(f"'{table}'" for table in metric.tables)


def _compare(
    con: duckdb.DuckDBPyConnection, name: str, sql: str, parameters: dict[str, list[str]]
) -> None:
    """Makes a table of the rows that SQL yields here or in the last warehouse, but not in both."""
    con.execute(f"create or replace temp table now_found as {sql}", parameters)
    with _reading_last(con):
        con.execute(f"create or replace temp table was_found as {sql}", parameters)
    con.execute(f"""
        create or replace temp table {name} as
        (from now_found except all from was_found)
        union all
        (from was_found except all from now_found)
    """)


@contextmanager
def _reading_last(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Lets plain names mean the tables of the last warehouse."""
    ((here,),) = con.execute("select current_database()").fetchall()
    con.execute("use last")
    try:
        yield
    finally:
        con.execute(f'use "{here}"')
