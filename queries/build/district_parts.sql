-- What the district's values are added up from: as they were, less what the communities that
-- changed came to then, and what they come to now. `is_doubtful`: the member was named by these
-- communities and is no more, so it depends on the others whether it still is.
-- One row per metric, period and, where a dimension is named, member of it.
create or replace temp table district_parts as
with parts as (
    select *, 1 as sign, 'was' as source
    from last.metric_values
    semi join kinds using (metric)
    semi join {touched} using (grain, period)
    where community = '{district}'
    union all
    select *, -1, 'theirs' from was_values where community = '{district}'
    union all
    select *, 1, 'now' from now_values where community = '{district}'
)
select
    metric,
    grain,
    period,
    dimension,
    member,
    sum(sign * coalesce(value, 0)::decimal(38, {scale})) filter (where not is_share) as value,
    sum(sign * coalesce(numerator, 0)::decimal(38, {scale})) as numerator,
    sum(sign * coalesce(denominator, 0)::decimal(38, {scale})) filter (where not by_population)
        as denominator,
    sum(sign * coalesce(people, 0)) as people,
    bool_or(source = 'theirs') and not bool_or(source = 'now') as is_doubtful,
from parts
join kinds using (metric)
group by all
