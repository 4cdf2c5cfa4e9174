-- grain: one row per metric, place, grain (week or month) and period, in order of time
-- What verdicts are worked out from. `counted` tells apart which communities a district's value is
-- about: those that have begun to run it. What lies before the start of any of them is not judged.
with own as (
    select metric, community, grain, period, value, state, numerator, denominator
    from metric_values
    where dimension is null and grain in ('week', 'month')
),
of_district as (
    select
        metric,
        'district' as community,
        grain,
        period,
        bit_xor(hash(community))
            filter (where state not in ('not_run', 'not_expected', 'before_start')) as counted,
        bool_or(state = 'before_start') as holds_early,
    from own
    where community <> 'district'
    group by metric, grain, period
)
select
    own.* replace (
        case when of_district.holds_early and state = 'reported' then 'before_start' else state end
            as state
    ),
    periods.first_day,
    periods.last_day,
    coalesce(of_district.counted::varchar, '') as counted,
from own
join periods using (grain, period)
left join of_district using (metric, community, grain, period)
