"""The places and periods asked for, numbered, and the periods that each day counts for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from lingti.catalog import DISTRICT
from lingti.warehouse.fast import distinct_counts
from lingti.warehouse.fast.distinct_counts import DISTRICT_PLACE, Periods
from lingti.warehouse.template import WINDOW_STARTS


def choose_places(con: duckdb.DuckDBPyConnection, places: Sequence[str] | None) -> None:
    """Makes `asked_places` of communities, or all, and of the district."""
    con.execute(
        f"""
        create or replace temp table asked_places as
        select community, place from communities
        where $places is null or community in (select unnest($places::varchar[]))
        union all
        select '{DISTRICT}', {DISTRICT_PLACE}
        """,
        {"places": places},
    )


def number_periods(con: duckdb.DuckDBPyConnection, asked: str) -> Periods:
    """Makes `numbered` of a relation of periods, weeks last, and views of weeks and others."""
    con.execute(
        "create or replace temp table numbered as select *, row_number() over"
        f" (order by grain = 'week', grain, first_day) - 1 as number from {asked}"
    )
    con.execute("create or replace temp view weeks as from numbered where grain = 'week'")
    con.execute("create or replace temp view other_periods as from numbered where grain <> 'week'")
    ((long, total),) = con.execute(
        "select count(*) filter (where grain <> 'week'), count(*) from numbered"
    ).fetchall()
    return Periods(total, long)


def prepare(con: duckdb.DuckDBPyConnection, periods: Periods, windows: Iterable[str]) -> None:
    """Per window a table of days with the periods each counts for, as bits and as spans.

    `span` numbers the days that count for the same periods, `long_span` those that do but for
    weeks; `…_spans` and `…_long_spans` name the periods of each.
    """
    for window in windows:
        start = WINDOW_STARTS[window]
        con.execute(f"""
            create or replace temp table {window}_counts as
            with days as (
                select unnest(generate_series(
                    min(periods.first_day) - interval 1 year, max(periods.last_day), interval 1 day
                ))::date as day
                from numbered as periods
            )
            select days.day, periods.number
            from days
            join numbered as periods on days.day between {start} and periods.last_day
        """)
        con.execute(f"""
            create or replace temp table {window}_days as
            select
                day,
                {distinct_counts.words_sql(periods.all)},
                dense_rank() over (order by list(number order by number)) as span,
                dense_rank() over (order by coalesce(
                    list(number order by number) filter (where number < {periods.long}), []
                )) as long_span,
            from {window}_counts
            group by day
        """)
        for kind, column, limit in (
            ("spans", "span", periods.all),
            ("long_spans", "long_span", periods.long),
        ):
            con.execute(f"""
                create or replace temp table {window}_{kind} as
                select distinct {column}, number
                from {window}_counts
                join {window}_days using (day)
                where number < {limit}
            """)
