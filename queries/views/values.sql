-- grain: one row per metric, place and period, in order of place and time
-- Per 1,000 residents or households where $per says so and the metric is one of $scalable; the
-- district's population is that of the communities that reported, also where that is not published.
-- `counted` tells apart which communities a district's number is about: those that run it.
with people as (
    select
        community,
        case $per when 'residents' then residents when 'households' then households end as size,
    from communities
),
measured as (
    select
        metric_values.metric,
        metric_values.community,
        metric_values.grain,
        metric_values.period,
        periods.first_day,
        periods.last_day,
        metric_values.value,
        metric_values.numerator,
        metric_values.denominator,
        metric_values.state,
    from metric_values
    join periods using (grain, period)
    where
        metric_values.grain = $grain
        and metric_values.dimension is null
        and list_contains($metrics, metric_values.metric)
        and periods.last_day between $from_day and $to_day
),
sizes as (
    select measured.metric, measured.period, people.community, people.size
    from measured
    join people using (community)
    union all
    select
        measured.metric,
        measured.period,
        'district',
        sum(people.size) filter (where measured.state in ('reported', 'partial', 'withheld')),
    from measured
    join people using (community)
    group by measured.metric, measured.period
),
counted as (
    select
        measured.metric,
        measured.period,
        'district' as community,
        bit_xor(hash(measured.community)) filter (where measured.state <> 'not_run') as counted,
    from measured
    join people using (community)
    group by measured.metric, measured.period
)
select
    measured.* replace (
        case
            when $per = 'total' or not list_contains($scalable, measured.metric) then value
            else 1000 * value / sizes.size
        end as value
    ),
    counted.counted::varchar as counted,
from measured
left join sizes using (metric, period, community)
left join counted using (metric, period, community)
where list_contains($places, measured.community)
order by
    list_position($metrics, measured.metric),
    list_position($places, measured.community),
    measured.first_day
