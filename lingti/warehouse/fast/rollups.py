"""Computes all metrics as `measure_sql` defines them, in a fraction of its time.

What the plain template does for each metric anew is done once here: which days count for which
periods, the states, and one pass over the rows that metrics share. Rows are first added up between
the days on which periods begin and end. Distinct counts need no row per period either: each
person is one row of bits, a bit per period, and the bits are counted.

Medians, and stocks whose rows end, are left to the plain template. Tests compare the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import duckdb

from lingti.catalog import Metric
from lingti.warehouse import template
from lingti.warehouse.fast import distinct_counts, windows
from lingti.warehouse.fast.distinct_counts import DISTRICT_PLACE, Periods
from lingti.warehouse.fast.ready_states import Filled, ReadyStates, ready_states
from lingti.warehouse.fast.shared_facts import SharedFacts, by_facts
from lingti.warehouse.template import COLUMNS, COUNTED, measure_sql

_EXACT = re.compile(r"U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|DECIMAL\(\d+,\s*(\d+)\)|BOOLEAN")


class Parts(Protocol):
    """Takes what the district's values are made of, where these rows are not all of the district's.

    Each is called while the temporary tables stand that it reads.
    """

    def of_rolled_up(
        self, con: duckdb.DuckDBPyConnection, facts: SharedFacts, periods: Periods
    ) -> None:
        """Facts added up: `rolled_up` and `cuts`, and `facts_by_span` and `counted`."""

    def of_rows(self, con: duckdb.DuckDBPyConnection, metric: Metric, states: str) -> None:
        """Facts of a metric that is computed of single rows; `states` numbers its states."""

    def of_states(self, con: duckdb.DuckDBPyConnection, numbers: Mapping[str, str]) -> None:
        """`totals_…` of these numbers, by metric."""


def measure_all(
    con: duckdb.DuckDBPyConnection,
    metrics: Iterable[Metric],
    *,
    periods: str = "periods",
    places: Sequence[str] | None = None,
    parts: Parts | None = None,
) -> None:
    """Computes the metrics into `metric_values`, by dimension for all grains but weeks.

    The rows of a metric stand together: its totals by grain, period and place, then its members.
    `periods` names a relation of those asked for; `places` are communities, where not all of them
    are asked for. The district always is, and made of all of its communities. Where the rows are
    not all there are, `parts` is given what all of them come to.
    """
    metrics = list(metrics)
    # Adding up below a join on days makes one group per person and day, not per person.
    con.execute("set disabled_optimizers = 'partial_aggregate_pushdown'")
    windows.choose_places(con, places)
    numbered = windows.number_periods(con, periods)
    windows.prepare(con, numbered, {metric.window for metric in metrics})
    states = ReadyStates(con)
    filled = Filled(con)
    without_facts: dict[str, list[Metric]] = {}
    for facts in by_facts(metrics):
        if not (filled.any_of(facts.metrics[0].tables) and has_facts(con, facts)):
            for metric in facts.metrics:
                without_facts.setdefault(states.number_of(metric), []).append(metric)
        elif facts.can_roll_up and decimals(con, facts) is not None:
            _roll_up(con, facts, states.number_of(facts.metrics[0]), numbered)
            if parts is not None:
                parts.of_rolled_up(con, facts, numbered)
            for metric in facts.metrics:
                insert_rolled_up(con, facts, metric, states.number_of(metric))
            con.execute("drop table rolled_up; drop table cuts")
        else:
            for metric in facts.metrics:
                _insert_plain(con, metric, states.number_of(metric))
                if parts is not None:
                    parts.of_rows(con, metric, states.number_of(metric))
    for number, of_states in without_facts.items():
        insert_without_facts(con, of_states, number)
    if parts is not None:
        parts.of_states(con, {metric.name: states.number_of(metric) for metric in metrics})
    states.drop()
    con.execute("reset disabled_optimizers")


def measure_ranges(
    con: duckdb.DuckDBPyConnection, metric: Metric, spans: Sequence[tuple[date, date]]
) -> duckdb.DuckDBPyConnection:
    """Executes what yields a metric's totals in ranges of days, with the columns of `COLUMNS`.

    `grain` is `range` and `period` reads `2024-03-01/2024-03-07`. The cursor must be the caller's
    own: temporary tables on it stand before those of the warehouse.
    """
    con.execute(
        "create or replace temp table periods as select 'week' as grain, first || '/' || last as"
        " period, first as first_day, last as last_day from (select unnest($firsts::date[]) as"
        " first, unnest($lasts::date[]) as last)",
        {"firsts": [first for first, _last in spans], "lasts": [last for _first, last in spans]},
    )
    con.execute(
        f"create or replace temp table metric_values as select {COLUMNS} from metric_values limit 0"
    )
    measure_all(con, [replace(metric, dimensions=())])
    return con.execute("select * replace ('range' as grain) from metric_values")


def decimals(con: duckdb.DuckDBPyConnection, facts: SharedFacts) -> int | None:
    """The decimals of what facts add up to; None where the order could tell in the last one."""
    types = dict(row[:2] for row in con.execute(f"describe {facts.sql}").fetchall())
    exact = [_EXACT.fullmatch(types[column]) for column in facts.summed_columns]
    if not all(exact):
        return None
    return max((int(decimals[1] or 0) for decimals in exact if decimals), default=0)


def has_facts(con: duckdb.DuckDBPyConnection, facts: SharedFacts) -> bool:
    """Whether there is any row among the facts."""
    return bool(con.execute(f"from ({facts.sql}) limit 1").fetchall())


def _roll_up(
    con: duckdb.DuckDBPyConnection, facts: SharedFacts, known: str, periods: Periods
) -> None:
    """Makes `rolled` for all metrics that share facts, with their sums and distinct counts.

    One row per place (a community or the district), period number and cut, which `cuts` names.
    """
    window = facts.window
    members = "".join(f", {template.member_sql(name)} as by_{name}" for name in facts.dimensions)
    day = "facts.day"
    if window == "to_date":  # what came before the first of the days counts as it does
        ((first,),) = con.execute(f"select min(day) from {window}_days").fetchall()
        # Found beforehand: with a subquery in its condition a join compares all rows with all days.
        day = f"greatest(facts.day, date '{first}')"
    con.execute(f"""
        create or replace temp view facts_by_span as
        select facts.*, known.place, days.* exclude (day){members}
        from ({facts.sql}) as facts
        join known_{known} as known
            on known.community = facts.community and facts.day <= known.last_day
        join {window}_days as days on days.day = {day}
    """)
    con.execute(f"""
        create or replace temp table counted as
        select place, number from totals_{known}
        where place <> {DISTRICT_PLACE} and state in {COUNTED}
    """)
    _sum_up(con, facts)
    distinct_counts.count(con, facts, periods)
    counts, joins = "", ""
    for i in range(len(facts.distinct)):
        counts += f", coalesce(count_{i}.counted, 0) as count_{i}"
        joins += (
            f" left join (from distinct_counts where what = {i}) as count_{i}"
            " using (place, number, cut)"
        )
    con.execute(f"""
        create temp table rolled_up as
        select summed.*{counts}
        from summed join cuts using (cut){joins}
        order by dimension_number, number, place, cut
    """)
    con.execute("drop table summed; drop table distinct_counts")


def _sum_up(con: duckdb.DuckDBPyConnection, facts: SharedFacts) -> None:
    parts = ", ".join(f"{sql} as part_{i}" for i, sql in enumerate(facts.sums))
    long_span = "long_span" if facts.dimensions else "null::bigint as long_span"
    sets = ["(place, span)"]
    sets += [f"(place, long_span, by_{name})" for name in facts.dimensions]
    con.execute(f"""
        create temp table parts as
        select place, span, {long_span}, {_dimension(facts.dimensions)}, {parts}
        from facts_by_span
        group by grouping sets ({", ".join(sets)})
    """)
    # The total and each member of a dimension by a number, as words are dear to join and sort by.
    con.execute("""
        create or replace temp table cuts as
        select
            row_number() over (order by dimension, member)::integer as cut,
            dense_rank() over (order by dimension)::integer as dimension_number,
            dimension,
            member,
        from (select distinct dimension, member from parts)
    """)
    sums = ", ".join(f"sum(part_{i}) as sum_{i}" for i in range(len(facts.sums)))
    con.execute(f"""
        create temp table summed as
        with numbered_parts as (from parts join cuts using (dimension, member)),
        placed as (
            select numbered_parts.*, number
            from numbered_parts join {facts.window}_spans using (span) where dimension = ''
            union all
            select numbered_parts.*, number
            from numbered_parts join {facts.window}_long_spans using (long_span)
            where dimension <> ''
        )
        select
            coalesce(place, {DISTRICT_PLACE}) as place,
            number,
            cut,
            {sums},
        from placed
        semi join counted using (place, number)
        group by grouping sets ((place, number, cut), (number, cut))
    """)
    con.execute("drop table parts")


def _dimension(dimensions: Sequence[str]) -> str:
    if not dimensions:
        return "'' as dimension, '' as member"
    which = " ".join(f"when grouping(by_{name}) = 0 then '{name}'" for name in dimensions)
    member = " ".join(f"when grouping(by_{name}) = 0 then by_{name}" for name in dimensions)
    return f"case {which} else '' end as dimension, case {member} else '' end as member"


def insert_rolled_up(
    con: duckdb.DuckDBPyConnection, facts: SharedFacts, metric: Metric, states: str
) -> None:
    """Adds a metric's values, made of the sums and distinct counts of its facts.

    It needs `rolled_up`, `cuts`, `asked_places` and the `totals_…` that `states` numbers.
    """
    parts = {sql: f"sum_{i}" for i, sql in enumerate(facts.sums)}
    parts |= {f"count(distinct {what})": f"count_{i}" for i, what in enumerate(facts.distinct)}
    own = None if metric.by_population else metric.denominator
    people = template.people_sql(metric, parts.__getitem__)
    added_up = f"""added_up as (
        select
            place,
            number,
            nullif(dimension, '') as dimension,
            nullif(member, '') as member,
            ({parts[metric.numerator]})::double as numerator,
            ({parts[own] if own else "0"})::double as denominator,
            ({people})::bigint as people,
        from rolled_up
        join cuts using (cut)"""
    con.execute(f"""
        insert into metric_values ({COLUMNS})
        with {added_up} where dimension = '')
        {template.values_sql(metric)}
        from (from totals_{states} semi join asked_places using (place)) as states
        left join added_up using (place, number)
    """)
    chosen = ", ".join(f"'{name}'" for name in metric.dimensions)
    if chosen:
        con.execute(f"""
            insert into metric_values ({COLUMNS})
            with {added_up} where dimension in ({chosen}))
            {template.values_sql(metric)}
            from added_up
            join (from totals_{states} semi join asked_places using (place)) as states
                using (place, number)
        """)


def insert_without_facts(
    con: duckdb.DuckDBPyConnection, metrics: Sequence[Metric], states: str
) -> None:
    """Adds the values of metrics that have no facts at all, as many tables of a home are empty."""
    selected = " union all ".join(
        f"{template.values_sql(metric)} from states, added_up" for metric in metrics
    )
    con.execute(f"""
        insert into metric_values ({COLUMNS})
        with states as (from totals_{states} semi join asked_places using (place)),
        added_up as (
            select
                null::varchar as dimension,
                null::varchar as member,
                null::double as numerator,
                null::double as denominator,
                null::bigint as people,
        )
        {selected}
    """)


def _insert_plain(con: duckdb.DuckDBPyConnection, metric: Metric, states: str) -> None:
    for periods, dimensions in (("weeks", ()), ("other_periods", metric.dimensions)):
        plain = measure_sql(
            metric, periods=periods, dimensions=dimensions, states=ready_states(states, periods)
        )
        con.execute(
            f"insert into metric_values ({COLUMNS})"
            f" select * from ({plain}) semi join asked_places using (community)"
            " order by grain, dimension nulls first, period, community, member"
        )
