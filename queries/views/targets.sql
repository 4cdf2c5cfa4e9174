-- grain: one row per target whose period holds the day looked at, in the district's order
select
    targets.community,
    targets.metric,
    periods.grain,
    periods.period,
    periods.first_day,
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
left join communities on communities.community = targets.community
where $day::date between periods.first_day and periods.last_day
order by communities.place nulls first, targets.metric, periods.first_day
