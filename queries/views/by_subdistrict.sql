-- grain: one row per subdistrict: what its communities add up to in one period
-- For metrics that add up over communities, a share from its parts. $communities and $subdistricts
-- are lists side by side. Per 1,000 residents or households of those that reported, where $per
-- says so. `community` holds the subdistrict, so that it is drawn as a community is.
with named as (
    select unnest($communities::varchar[]) as community, unnest($subdistricts::varchar[]) as place
),
people as (
    select
        populations.community,
        case $per when 'residents' then residents else households end as size,
    from populations
    join periods on periods.last_day between populations.from_day and populations.to_day
    where periods.grain = $grain and periods.period = $period
)
select
    metric_values.metric,
    named.place as community,
    case
        when bool_or(state = 'not_computable') then null
        when $is_share then sum(numerator) / nullif(sum(denominator), 0)
        when $per = 'total' then sum(value)
        when bool_and(size is not null) filter (where state in ('reported', 'partial', 'before_start'))
            then 1000 * sum(value) / nullif(sum(size) filter (where state in ('reported', 'partial', 'before_start')), 0)
    end as value,
    case
        when bool_and(state = 'not_run') then 'not_run'
        when bool_and(state in ('not_run', 'not_expected')) then 'not_expected'
        when bool_and(state in ('not_run', 'not_expected', 'before_start')) then 'before_start'
        when bool_and(state in ('not_run', 'not_expected', 'before_start', 'reported')) then 'reported'
        when bool_and(state in ('not_run', 'not_expected', 'not_reported')) then 'not_reported'
        when bool_or(state = 'not_computable') then 'not_computable'
        else 'partial'
    end as state,
    metric_values.grain,
    metric_values.period,
from metric_values
join named using (community)
join communities using (community)
join people using (community)
where metric = $metric and grain = $grain and period = $period and dimension is null
group by all
order by min(communities.place)
