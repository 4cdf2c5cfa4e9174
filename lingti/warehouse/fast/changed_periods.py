"""Which values a change can touch, so that only those are computed again.

A metric's facts name the community each belongs to, and count for periods by their days. What was
in the last warehouse and what is now differ in the facts of some communities on some days, and in
the days for which these have reported. Only values of those communities, and of the district, in
periods that such days count for can come out differently; all others are as they were. A period
that the last warehouse does not have, or with other days, is computed for all communities; of the
programme to date, which every new month makes longer, the others only get another state: nothing
of theirs counts that is later than what they have reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb

from lingti.catalog import DISTRICT, Metric
from lingti.warehouse.fast.ready_states import tables_sent
from lingti.warehouse.fast.shared_facts import SharedFacts, by_facts
from lingti.warehouse.quantities import moved_by_few
from lingti.warehouse.template import WINDOW_STARTS, needs_sql, states_of

TOUCHED = "touched"
BEFORE = "touched_before"
NEW = "new_periods"
LONGER = "longer_periods"
_FROM_A_FIXED_DAY = ("period", "to_date")  # windows that a later end only makes longer


def find_periods(con: duckdb.DuckDBPyConnection, window: str) -> None:
    """Makes `new_periods` of a window, and `longer_periods`, which only end later than they did.

    Where a total or what is expected reached beyond the old end, the longer period is new: values
    of unchanged communities can come or go with it.
    """
    con.execute(f"create or replace temp table {NEW} as from periods except from last.periods")
    grows = window in _FROM_A_FIXED_DAY
    con.execute(f"""
        create or replace temp table {LONGER} as
        select {NEW}.* from {NEW}
        join last.periods as old using (grain, period, first_day)
        where grain = 'programme' and {grows}
            and not exists (select 1 from spans where spans.last_day > old.last_day)
            and not exists (select 1 from expected where expected.first_day > old.last_day)
    """)
    con.execute(f"delete from {NEW} where grain in (select grain from {LONGER})")


def find_touched(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], communities: Sequence[str]
) -> None:
    """Makes `touched` of the periods that are not new whose values can differ from the last.

    `touched_before` are those with the days they had. The metrics have the window whose periods
    were found; nothing differs but rows of these communities, their coverage, and which periods
    there are.
    """
    con.execute("create or replace temp table changed_days (first_day date, last_day date)")
    if communities:
        _find_changed_days(con, metrics, communities)
    start = WINDOW_STARTS[window_of(metrics)]
    con.execute(f"""
        create or replace temp table {TOUCHED} as
        select * from periods anti join {NEW} using (grain, period)
        where exists (
            select 1 from (select distinct first_day, last_day from changed_days) as days
            where days.first_day <= periods.last_day
                and days.last_day >= least(periods.first_day, {start})
        ) or grain in (select grain from {LONGER})
    """)
    con.execute(f"""
        create or replace temp table {BEFORE} as
        from last.periods semi join {TOUCHED} using (grain, period)
    """)


def _find_changed_days(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], communities: Sequence[str]
) -> None:
    """Adds to `changed_days` the days of facts, and of what was reported, that differ."""
    chosen = {"communities": list(communities)}
    for facts in by_facts(metrics):
        _compare(con, "changed_facts", _facts_sql(facts), chosen)
        con.execute("insert into changed_days select day, day from changed_facts")
    for metric in {metric.tables: metric for metric in metrics}.values():
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


def remove_touched(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], communities: Sequence[str]
) -> None:
    """Takes out of `metric_values` what is to be computed again, and periods there are no more."""
    of_metrics = "metric in (select unnest($metrics::varchar[]))"
    chosen = {"metrics": [metric.name for metric in metrics]}
    con.execute(
        f"delete from metric_values where {of_metrics}"
        " and community in (select unnest($places::varchar[]))"
        f" and period in (select period from {TOUCHED})",
        {**chosen, "places": [*communities, DISTRICT]},
    )
    con.execute(
        f"""
        create or replace temp table gone as
        select distinct grain, period
        from (from last.periods union all from {NEW})
        anti join (from periods anti join {NEW} using (grain, period)) using (grain, period)
        """
    )
    if con.execute("select 1 from gone limit 1").fetchall():
        con.execute(
            f"delete from metric_values where {of_metrics} and period in (select period from gone)",
            chosen,
        )


def untouched_years(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The years of which every month, quarter and year has the values it had."""
    rows = con.execute(f"""
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
    return [year for (year,) in rows]


def few_move_alike(con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric]) -> bool:
    """Whether every stock was moved by few people in the places and months where it was.

    Only months that come, go, or have `changed_days` can differ; where rows end nothing is said
    of the days on which they do, so then the answer is no.
    """
    con.execute("""
        create or replace temp table changed_months as
        with months as (from periods union from last.periods)
        from months
        where grain = 'month' and (
            (grain, period) not in (select (grain, period) from periods)
            or (grain, period) not in (select (grain, period) from last.periods)
            or exists (
                select 1 from changed_days as days
                where days.first_day <= months.last_day and days.last_day >= months.first_day
            )
        )
    """)
    for stock in metrics:
        if not stock.protects:
            continue
        if stock.ends:
            return False
        _compare(con, "changed_few", moved_by_few(stock, "changed_months"), {})
        if con.execute("select 1 from changed_few limit 1").fetchall():
            return False
    return True


def has_spans(con: duckdb.DuckDBPyConnection, metric: Metric) -> bool:
    """Whether of a metric not all is known in periods touched, as `spans` say."""
    rows = con.execute(f"""
        select 1 from spans join {TOUCHED} as periods
            on spans.first_day <= periods.last_day
            and spans.last_day >= {WINDOW_STARTS[metric.window]}
        where spans.tbl in ({_tables(metric)})
            and (spans.lacking is null or spans.lacking in ({needs_sql(metric)}))
        limit 1
    """).fetchall()
    return bool(rows)


def update_states(con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric]) -> None:
    """Gives the values of communities in periods that are longer now the states they have now.

    The metrics have one window.
    """
    sent = tables_sent(con)
    by_tables: dict[tuple[object, ...], list[Metric]] = {}
    for metric in metrics:
        key = (sent.intersection(metric.tables), metric.totals, metric.needs)
        by_tables.setdefault(key, []).append(metric)
    for same in by_tables.values():
        con.execute(
            f"""
            update metric_values set state = now.state
            from (with {states_of(same[0], LONGER).by_community} from states) as now
            where metric_values.community = now.community
                and metric_values.period = now.period
                and metric_values.state <> now.state
                and metric in (select unnest($metrics::varchar[]))
            """,
            {"metrics": [metric.name for metric in same]},
        )


def window_of(metrics: Sequence[Metric]) -> str:
    """The one window of the metrics."""
    (window,) = {metric.window for metric in metrics}
    return window


def _facts_sql(facts: SharedFacts) -> str:
    """The facts of metrics but for where they stand in files, which no value depends on."""
    return f"""
        select columns(lambda name: name not in ('batch', 'source_row'))
        from ({facts.sql}) where community in (select unnest($communities))
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
        with {states_of(metric).by_community}
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
    yield
    con.execute(f'use "{here}"')
