-- grain: one row per place and member of one dimension, for one period
-- Per 1,000 residents or households where $per says so; the district's population is that of the
-- communities that reported.
with in_period as (
    select * from metric_values
    where metric = $metric and grain = $grain and period = $period
),
sizes as (
    select
        coalesce(communities.community, 'district') as community,
        sum(case $per when 'residents' then residents when 'households' then households end) as size,
    from in_period
    join communities using (community)
    where in_period.dimension is null and in_period.state in ('reported', 'partial', 'before_start')
    group by grouping sets ((communities.community), ())
)
select
    in_period.metric,
    in_period.community,
    in_period.grain,
    in_period.period,
    in_period.dimension,
    in_period.member,
    case
        when sizes.size is null then in_period.value
        else 1000 * in_period.value / sizes.size
    end as value,
    in_period.people,
    in_period.state,
from in_period
left join sizes using (community)
where in_period.dimension = $dimension and list_contains($places, in_period.community)
order by list_position($places, in_period.community), value desc nulls last, in_period.member
