-- grain: one row per metric, place and month that ends in the days asked for, in order of time
select
    metric,
    community,
    told.grain,
    period,
    verdict,
    reason,
    rules,
    chart,
    judged_grain,
    judged_period,
    count,
    centre,
    lower,
    upper,
    signals,
from verdicts as told
join periods using (grain, period)
where
    metric in (select unnest($metrics))
    and community in (select unnest($places))
    and periods.first_day >= date_trunc('month', $first::date)
    and periods.last_day <= $last
order by metric, community, period
