-- grain: one row per place and member of one dimension, for one period
with people as (
    select
        community,
        case $per when 'residents' then residents when 'households' then households end as size,
    from communities
)
select
    metric_values.community,
    metric_values.member,
    case
        when people.size is null then metric_values.value
        else 1000 * metric_values.value / people.size
    end as value,
    metric_values.people,
    metric_values.state,
from metric_values
left join people using (community)
where
    metric_values.metric = $metric
    and metric_values.grain = $grain
    and metric_values.period = $period
    and metric_values.dimension = $dimension
    and list_contains($places, metric_values.community)
order by list_position($places, metric_values.community), value desc nulls last, metric_values.member
