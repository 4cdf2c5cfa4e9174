-- grain: one row per target whose period holds the day looked at, in the district's order
with targets as (
    select
        unnest($communities::varchar[]) as community,
        unnest($metrics::varchar[]) as metric,
        unnest($periods::varchar[]) as period,
        unnest($values::double[]) as target,
),
starts as (
    select community, since from communities
    union all
    select 'district', min(since) from communities
)
select
    targets.community,
    targets.metric,
    periods.grain,
    periods.period,
    -- What begins within the period has the rest of it to reach its target.
    greatest(periods.first_day, starts.since) as first_day,
    periods.last_day,
    targets.target,
    metric_values.value,
    metric_values.state,
from targets
join periods using (period)
join metric_values
    on metric_values.community = targets.community
    and metric_values.metric = targets.metric
    and metric_values.grain = periods.grain
    and metric_values.period = periods.period
    and metric_values.dimension is null
join starts on starts.community = targets.community
left join communities on communities.community = targets.community
where $day::date between periods.first_day and periods.last_day
order by communities.place nulls first, targets.metric, periods.first_day
