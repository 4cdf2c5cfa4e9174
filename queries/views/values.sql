-- grain: one row per metric, place and period, in order of place and time
-- Per 1,000 residents or households where $per says so and the metric is one of $scalable; the
-- district's population is that of the communities that reported, also where that is not published.
-- `to_correct` is how many rows in quarantine it lacks, of its tables and the days that it counts; -1
-- of some, of which a reader is not told how many.
-- `counted` tells apart which communities a district's number is about: those that have begun to run it.
with along as (
    select period, first_day, last_day from periods
    where grain = $grain and last_day between $from_day and $to_day
),
people as (
    select
        community,
        period,
        hash(community) as mark,
        case $per when 'residents' then residents when 'households' then households end as size,
    from populations
    join along on along.last_day between from_day and to_day
),
whole as (
    select
        metric,
        period,
        'district' as community,
        -- Not known where that of one of them is not.
        case
            when bool_and(size is not null) filter (where state in ('reported', 'partial', 'before_start', 'withheld'))
                then sum(size) filter (where state in ('reported', 'partial', 'before_start', 'withheld'))
        end as size,
        bit_xor(mark) filter (where state not in ('not_run', 'not_expected', 'before_start')) as counted,
    from metric_values
    join people using (community, period)
    where
        grain = $grain
        and dimension is null
        and metric in (select unnest($metrics))
        and period in (select period from along)
        and list_contains($places, 'district')
    group by metric, period
),
asked as (
    select
        unnest($metrics::varchar[]) as metric,
        unnest($tables::varchar[][]) as tables,
        unnest($windows::varchar[]) as counts_in,
),
lacking as (
    select
        asked.metric,
        coalesce(to_correct.community, 'district') as community,
        along.period,
        case when min(to_correct."rows") < 0 then -1 else sum(to_correct."rows") end::integer
            as to_correct,
    from to_correct
    join asked on list_has_any(to_correct.tables, asked.tables)
    join along
        on to_correct.first_day <= along.last_day
        and to_correct.last_day >= case counts_in
            when 'to_date' then date '1900-01-01'
            when 'last_6_months' then (along.last_day + 1 - interval 6 month)::date
            else along.first_day
        end
    group by grouping sets ((metric, to_correct.community, period), (metric, period))
)
select
    metric_values.metric,
    metric_values.community,
    metric_values.grain,
    metric_values.period,
    along.first_day,
    along.last_day,
    case
        when $per = 'total' or not list_contains($scalable, metric_values.metric) then value
        else 1000 * value / coalesce(people.size, whole.size)
    end as value,
    metric_values.numerator,
    metric_values.denominator,
    metric_values.state,
    whole.counted::varchar as counted,
    coalesce(lacking.to_correct, 0) as to_correct,
from metric_values
join along using (period)
left join people using (community, period)
left join whole using (metric, period, community)
left join lacking using (metric, period, community)
where
    metric_values.grain = $grain
    and metric_values.dimension is null
    and metric_values.metric in (select unnest($metrics))
    and metric_values.community in (select unnest($places))
order by
    list_position($metrics, metric_values.metric),
    list_position($places, metric_values.community),
    along.first_day
