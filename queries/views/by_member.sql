-- grain: one row per place and member of one dimension, for one period
-- Per 1,000 residents or households where $per says so; the district's population is that of the
-- communities that reported.
with in_period as (
    select * from metric_values
    where metric = $metric and grain = $grain and period = $period
),
people as (
    select
        populations.community,
        case $per when 'residents' then residents when 'households' then households end as size,
    from populations
    join periods on periods.last_day between populations.from_day and populations.to_day
    where periods.grain = $grain and periods.period = $period
),
sizes as (
    select
        coalesce(people.community, 'district') as community,
        case when count(*) = count(people.size) then sum(people.size) end as size,
    from in_period
    join people using (community)
    where in_period.dimension is null and in_period.state in ('reported', 'partial', 'before_start')
    group by grouping sets ((people.community), ())
)
select
    in_period.metric,
    in_period.community,
    in_period.grain,
    in_period.period,
    in_period.dimension,
    in_period.member,
    case
        when $per = 'total' then in_period.value
        else 1000 * in_period.value / sizes.size
    end as value,
    in_period.people,
    in_period.state,
from in_period
left join sizes using (community)
where in_period.dimension = $dimension and list_contains($places, in_period.community)
order by list_position($places, in_period.community), value desc nulls last, in_period.member
