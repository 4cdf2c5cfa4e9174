-- grain: one row per place, period and member of one dimension, in order of time
select
    metric_values.metric,
    metric_values.community,
    metric_values.grain,
    metric_values.period,
    periods.first_day,
    periods.last_day,
    metric_values.dimension,
    metric_values.member,
    metric_values.value,
    metric_values.state,
from metric_values
join periods using (grain, period)
where
    metric_values.metric = $metric
    and metric_values.grain = $grain
    and metric_values.dimension = $dimension
    and periods.last_day between $from_day and $to_day
    and list_contains($places, metric_values.community)
order by list_position($places, metric_values.community), periods.first_day, metric_values.member
