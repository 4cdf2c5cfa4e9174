"""The one template by which every metric is computed, for stored periods and for any range.

It needs these relations on the connection: the canonical tables, `communities`, `populations`,
`expected`, `unexpected` and `covered` (days per community, table and part), and the periods asked
for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lingti import catalog
from lingti.catalog import DISTRICT, UNFILLED, Metric

COLUMNS = (
    "metric, community, grain, period, dimension, member, "
    "value, numerator, denominator, people, state"
)
# The states of numbers that there are: all others say why there is none.
COUNTED_STATES = ("reported", "partial", "before_start")
COUNTED = str(COUNTED_STATES)
NO_FACTS = "(select null::varchar as community, null::date as day limit 0)"
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


@dataclass(frozen=True)
class States:
    """CTEs: `by_community` makes `known` and `states`, `with_district` makes `totals` of them."""

    by_community: str
    with_district: str


def measure_sql(
    metric: Metric,
    *,
    periods: str = "periods",
    dimensions: Sequence[str] = (),
    cut: Cut | None = None,
    states: States | None = None,
) -> str:
    """SQL that yields a metric's values with the columns of `metric_values`.

    One total row per community, or the district, and period; a row per member of each dimension
    where there are facts. `periods` names a relation (grain, period, first_day, last_day). The
    members of a `cut` are bound as `$members`. `states` are those of the metric in these periods,
    where they are worked out already.
    """
    states = states or states_of(metric, periods, "facts")
    return f"""
with {facts_with(metric, periods, cut, states)},
added_up as (
    {added_up_sql(metric, dimensions)}
),
{states.with_district}
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
    states: States | None = None,
) -> str:
    """The CTEs up to `counted`: one row per fact and period in which it counts."""
    window = _window(metric)
    if metric.ends:
        last = "least(periods.last_day, known.last_day)"
        window += f" and coalesce(facts.{metric.ends} > {last}, true)"
    chosen = f"\n    where {member_sql('facts.' + cut.dimension)} in $members" if cut else ""
    return f"""
facts as (
    {metric.sql}
),
{(states or states_of(metric, periods, "facts")).by_community},
counted as (
    select facts.*, periods.grain, periods.period
    from facts
    join known on known.community = facts.community and facts.day <= known.last_day
    join {periods} as periods on {window}
    join states
        on states.community = facts.community
        and states.grain = periods.grain
        and states.period = periods.period
        and states.state in {COUNTED}{chosen}
)"""


def _window(metric: Metric) -> str:
    """The condition under which a fact counts for a period."""
    if metric.window == "to_date":
        return "facts.day <= periods.last_day"
    return f"facts.day between {WINDOW_STARTS[metric.window]} and periods.last_day"


def member_sql(column: str) -> str:
    """SQL for the name of a member; an unfilled one is shown as 未填写."""
    return f"coalesce(nullif(trim({column}::varchar), ''), '{UNFILLED}')"


def states_of(metric: Metric, periods: str = "periods", facts: str = NO_FACTS) -> States:
    """The states of a metric in a relation of periods, worked out from what is expected.

    `facts` names a relation of its facts (community, day), where any can lie before the start.
    """
    start = WINDOW_STARTS[metric.window]
    population = metric.denominator if metric.by_population else "residents"
    by_community = catalog.build_step("states").format(
        tables=", ".join(f"'{table}'" for table in metric.tables),
        periods=periods,
        facts=facts,
        window=_window(metric),
        needed_in_period=_days_in("needed", "periods.first_day"),
        needed_in_window=_days_in("needed", start),
        had_in_period=_days_in("has", "periods.first_day"),
        had_in_window=_days_in("has", start),
        window_start=start,
        totals=metric.totals,
        needs=needs_sql(metric),
    )
    sized = catalog.build_step("sized").format(population=population, periods=periods)
    return States(by_community, f"{sized},\n{totals_sql()}")


def totals_sql() -> str:
    """The CTE `totals` of `sized`: the states and populations of places with the district's."""
    return catalog.build_step("totals").format(district=DISTRICT, counted=COUNTED)


def needs_sql(metric: Metric) -> str:
    """The `lacking` of `spans` without which a metric cannot be computed, as a list of SQL."""
    return ", ".join("'" + need.name.replace("'", "''") + "'" for need in metric.needs) or "''"


def _days_in(spans: str, start: str) -> str:
    first = f"greatest({spans}.first_day, {start})"
    last = f"least({spans}.last_day, periods.last_day)"
    return f"greatest(0, date_diff('day', {first}, {last}) + 1)"


def added_up_sql(metric: Metric, dimensions: Sequence[str]) -> str:
    """SQL of what the rows of `counted` come to: a row per place, period and, with it, member."""
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
        ({people_sql(metric)})::bigint as people,
    from (select *{members} from counted)
    group by grouping sets ({", ".join(sets)})"""


def people_sql(metric: Metric, part: Callable[[str], str] = str) -> str:
    """SQL of how many people or cases a value rests on; `part` is given aggregates, and says them.

    A total of few, or of nobody knows how many, is withheld as one, unless many are counted with
    them; where nobody knows of how many homes, each counts as another.
    """
    if metric.people_sql is None:
        return "null"
    people = part(metric.people_sql)
    if not metric.totals or not metric.always_protects:
        return people
    if metric.people != "residents":
        return f"case when {people} > 0 then {people} else {part(metric.numerator)} end"
    many, few = part("sum(many_people)"), part("sum(few_people)")
    return f"case when {many} > 0 then {people} + 5 when {few} > 0 then 1 else {people} end"


def _whichever(dimensions: Sequence[str], result: str) -> str:
    """The result for the dimension a row is grouped by; NULL on the row of a total."""
    if not dimensions:
        return "null::varchar"
    cases = (f"when grouping(by_{name}) = 0 then {result.format(name=name)}" for name in dimensions)
    return f"case {' '.join(cases)} end"


def _people(metric: Metric) -> str:
    if metric.people_sql is None:
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
    return f"case when states.state in {COUNTED} then {expression} end"
