"""The one template by which every metric is computed, for stored periods and for any range.

It needs these relations on the connection: the canonical tables, `communities`, `expected` and
`covered` (days per community, table and part), and the periods asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from lingti.catalog import DISTRICT, UNFILLED, Metric

COLUMNS = (
    "metric, community, grain, period, dimension, member, "
    "value, numerator, denominator, people, state"
)
WINDOW_STARTS = {
    "period": "periods.first_day",
    "to_date": "date '1900-01-01'",
    "last_6_months": "(periods.last_day + 1 - interval 6 month)::date",
}


@dataclass(frozen=True)
class Cut:
    """A part of a metric's facts: the members of one dimension, counted together."""

    dimension: str
    members: tuple[str, ...]


def measure_sql(
    metric: Metric,
    *,
    periods: str = "periods",
    dimensions: Sequence[str] = (),
    cut: Cut | None = None,
    prepared: str | None = None,
) -> str:
    """SQL that yields a metric's values with the columns of `metric_values`.

    One total row per community, or the district, and period; a row per member of each dimension
    where there are facts. `periods` names a relation (grain, period, first_day, last_day). The
    members of a `cut` are bound as `$members`. `prepared` is the number of tables `known_…` and
    `totals_…` that hold the states already.
    """
    return f"""
with {facts_with(metric, periods, cut, prepared)},
added_up as (
    {_added_up(metric, dimensions)}
),
{totals_with(metric, periods, prepared)}
{values_sql(metric)}
from totals as states
left join added_up using (community, grain, period)
"""


def values_sql(metric: Metric) -> str:
    """The select list of `metric_values`, from the relations `states` and `added_up`."""
    return f"""select
    '{metric.name}' as metric,
    states.community,
    states.grain,
    states.period,
    added_up.dimension,
    added_up.member,
    {_value(metric)} as value,
    {_numerator(metric)} as numerator,
    {_denominator(metric)} as denominator,
    {_people(metric)} as people,
    states.state,"""


def facts_with(
    metric: Metric,
    periods: str = "periods",
    cut: Cut | None = None,
    prepared: str | None = None,
) -> str:
    """The CTEs up to `counted`: one row per fact and period in which it counts."""
    if metric.window == "period":
        window = "facts.day between periods.first_day and periods.last_day"
    elif metric.window == "to_date":
        window = "facts.day <= periods.last_day"
    else:
        window = f"facts.day between {WINDOW_STARTS[metric.window]} and periods.last_day"
    if metric.ends:
        last = "least(periods.last_day, known.last_day)"
        window += f" and coalesce(facts.{metric.ends} > {last}, true)"
    chosen = f"\n    where {member_sql('facts.' + cut.dimension)} in $members" if cut else ""
    return f"""
facts as (
    {metric.sql}
),
{states_with(metric, periods, prepared)},
counted as (
    select facts.*, periods.grain, periods.period
    from facts
    join known on known.community = facts.community and facts.day <= known.last_day
    join {periods} as periods on {window}
    join states
        on states.community = facts.community
        and states.grain = periods.grain
        and states.period = periods.period
        and states.state in ('reported', 'partial'){chosen}
)"""


def member_sql(column: str) -> str:
    """SQL for the name of a member; an unfilled one is shown as 未填写."""
    return f"coalesce(nullif(trim({column}::varchar), ''), '{UNFILLED}')"


def states_key(metric: Metric) -> tuple[tuple[str, ...], str, str | None]:
    """Metrics with the same one have the same states and populations."""
    return (metric.tables, metric.window, metric.denominator if metric.by_population else None)


def tables_sent(con: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """The canonical tables that anybody has to send; states rest on no others."""
    found = con.execute("select distinct tbl from expected").fetchall()
    return frozenset(table for (table,) in found)


def states_with(metric: Metric, periods: str = "periods", prepared: str | None = None) -> str:
    """The CTEs `known` (the last day of each community) and `states` (of each period)."""
    if prepared is not None:
        return f"""known as (from known_{prepared}),
states as (from totals_{prepared} semi join {periods} using (grain, period)
    where community <> '{DISTRICT}')"""
    tables = ", ".join(f"'{table}'" for table in metric.tables)
    start = WINDOW_STARTS[metric.window]
    return f"""needed as (
    select community, tbl, part, first_day, last_day from expected where tbl in ({tables})
),
has as (
    select
        needed.community,
        needed.tbl,
        needed.part,
        greatest(needed.first_day, covered.first_day) as first_day,
        least(needed.last_day, covered.last_day) as last_day,
    from needed
    join covered using (community, tbl, part)
    where covered.last_day >= needed.first_day and covered.first_day <= needed.last_day
),
-- What lies after the last day reported is not known yet, such as a decision due next week.
known as (select community, max(last_day) as last_day from has group by community),
days_needed as (
    select
        needed.community,
        periods.grain,
        periods.period,
        sum({_days_in("needed", "periods.first_day")}) as in_period,
        sum({_days_in("needed", start)}) as in_window,
    from needed, {periods} as periods
    group by all
),
days_had as (
    select
        has.community,
        periods.grain,
        periods.period,
        sum({_days_in("has", "periods.first_day")}) as in_period,
        sum({_days_in("has", start)}) as in_window,
    from has, {periods} as periods
    group by all
),
states as (
    select
        communities.community,
        periods.grain,
        periods.period,
        case
            when coalesce(days_needed.in_period, 0) = 0 then 'not_run'
            when coalesce(days_had.in_period, 0) = 0 then 'not_reported'
            when days_had.in_window < days_needed.in_window then 'partial'
            else 'reported'
        end as state,
    from communities
    cross join {periods} as periods
    left join days_needed using (community, grain, period)
    left join days_had using (community, grain, period)
)"""


def _days_in(spans: str, start: str) -> str:
    first = f"greatest({spans}.first_day, {start})"
    last = f"least({spans}.last_day, periods.last_day)"
    return f"greatest(0, date_diff('day', {first}, {last}) + 1)"


def _added_up(metric: Metric, dimensions: Sequence[str]) -> str:
    sets = ["(grain, period)", "(community, grain, period)"]
    sets += [f"{one[:-1]}, by_{name})" for name in dimensions for one in sets[:2]]
    members = "".join(f", {member_sql(name)} as by_{name}" for name in dimensions)
    denominator = "0" if metric.by_population else (metric.denominator or "0")
    return f"""select
        case when grouping(community) = 1 then '{DISTRICT}' else community end as community,
        grain,
        period,
        {_whichever(dimensions, "'{name}'")} as dimension,
        {_whichever(dimensions, "by_{name}")} as member,
        ({metric.numerator})::double as numerator,
        ({denominator})::double as denominator,
        {"count(distinct resident)" if metric.counts_people else "null::bigint"} as people,
    from (select *{members} from counted)
    group by grouping sets ({", ".join(sets)})"""


def _whichever(dimensions: Sequence[str], result: str) -> str:
    """The result for the dimension a row is grouped by; NULL on the row of a total."""
    if not dimensions:
        return "null::varchar"
    cases = (f"when grouping(by_{name}) = 0 then {result.format(name=name)}" for name in dimensions)
    return f"case {' '.join(cases)} end"


def totals_with(metric: Metric, periods: str = "periods", prepared: str | None = None) -> str:
    """The CTE `totals`: one row per place and period, with its state and population counted."""
    if prepared is not None:
        return f"totals as (from totals_{prepared} semi join {periods} using (grain, period))"
    population = metric.denominator if metric.by_population else "residents"
    return f"""totals as (
    select community, grain, period, state, communities.{population} as population
    from states
    join communities using (community)
    union all
    select
        '{DISTRICT}',
        grain,
        period,
        case
            when bool_and(state = 'not_run') then 'not_run'
            when bool_and(state in ('not_run', 'not_reported')) then 'not_reported'
            when bool_and(state in ('not_run', 'reported')) then 'reported'
            else 'partial'
        end,
        sum(communities.{population}) filter (where state in ('reported', 'partial')),
    from states
    join communities using (community)
    group by grain, period
)"""


def _people(metric: Metric) -> str:
    if not metric.counts_people:
        return "null::bigint"
    return _unless_missing("coalesce(added_up.people, 0)")


def _numerator(metric: Metric) -> str:
    if not metric.is_share:
        return "null::double"
    return _unless_missing("coalesce(added_up.numerator, 0)")


def _denominator(metric: Metric) -> str:
    if not metric.is_share:
        return "null::double"
    population = "states.population::double"
    return _unless_missing(
        population if metric.by_population else "coalesce(added_up.denominator, 0)"
    )


def _value(metric: Metric) -> str:
    if metric.by_population:
        return _unless_missing("coalesce(added_up.numerator, 0) / nullif(states.population, 0)")
    if metric.is_share:
        return _unless_missing("added_up.numerator / nullif(added_up.denominator, 0)")
    none = "null" if metric.when_none is None else repr(metric.when_none)
    return _unless_missing(f"coalesce(added_up.numerator, {none})")


def _unless_missing(expression: str) -> str:
    return f"case when states.state in ('reported', 'partial') then {expression} end"
