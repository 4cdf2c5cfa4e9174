-- What communities count, to be told apart by: a number out of a size, and of sums how they are
-- spread over people. `compared_by` tells of metrics what is out of what. Only of communities that
-- reported the whole period, and of cases once those of all have had their time; of sums only where
-- it is known whose they are.
-- One row per metric, grain, period and community, in the order of communities.
with reach as (
    {freshness}
),
counted as (
    select
        metric,
        grain,
        period,
        communities.place,
        metric_values.community,
        case when is_share then numerator else value end as number,
        case when is_share then denominator else populations.residents::double end as size,
        coalesce(spreads.people, 0) as people,
        coalesce(spreads.squares, 0) as squares,
        reach.until >= periods.last_day + matures_days as is_ripe,
        matures_days,
    from metric_values
    join compared_by using (metric)
    join periods using (grain, period)
    join communities using (community)
    join populations
        on populations.community = metric_values.community
        and periods.last_day between populations.from_day and populations.to_day
    join reach using (community)
    left join spreads using (metric, community, grain, period)
    where
        grain <> 'week'
        and dimension is null
        and state = 'reported'
        and (spreads.metric is null or squares is not null)
)
select metric, grain, period, place, community, number, size, people, squares
from counted
where number >= 0 and size > 0
window family as (partition by metric, grain, period)
qualify
    count(*) over family > 1
    and (matures_days = 0 or bool_and(is_ripe) over family)
order by metric, grain, period, place
