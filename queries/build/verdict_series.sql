-- grain: one row per metric, place, grain (week or month) and period, in order of time
-- What verdicts are worked out from. `counted` tells apart which communities a district's value is
-- about: those that run it.
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
        bit_xor(hash(community)) filter (where state <> 'not_run') as counted,
    from own
    where community <> 'district'
    group by metric, grain, period
)
select
    own.*,
    periods.first_day,
    periods.last_day,
    coalesce(of_district.counted::varchar, '') as counted,
from own
join periods using (grain, period)
left join of_district using (metric, community, grain, period)
