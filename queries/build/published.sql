-- metric_values as those may see them who must not learn about single persons.
-- Month, quarter and year only. A value that rests on 1 to 4 people is withheld, and so that
-- subtraction does not bring it back: every member of a breakdown that holds a withheld one; every
-- community where one is withheld; and additive totals of coarser periods over a withheld one.
-- Each step can call for another, so they are repeated until nothing more is withheld.
with recursive
cells as (
    select metric_values.*, periods.first_day, periods.last_day, additive.metric is not null as adds
    from metric_values
    join periods using (grain, period)
    left join additive using (metric)
    where grain in ('month', 'quarter', 'year')
),
withheld as (
    select metric, community, grain, period, dimension, member from cells where people between 1 and 4
    union
    select other.metric, other.community, other.grain, other.period, other.dimension, other.member
    from withheld as one
    join cells as here
        on here.metric = one.metric
        and here.community = one.community
        and here.grain = one.grain
        and here.period = one.period
        and here.dimension is not distinct from one.dimension
        and here.member is not distinct from one.member
    join cells as other
        on other.metric = here.metric
        and other.dimension is not distinct from here.dimension
        and other.value is not null
        and case
            -- the other members of the breakdown
            when other.grain = here.grain and other.period = here.period
                and other.community = here.community then here.dimension is not null
            -- the other communities
            when other.grain = here.grain and other.period = here.period
                then other.member is not distinct from here.member
                    and here.community <> $district and other.community <> $district
            -- coarser periods around it
            else here.adds
                and other.community = here.community
                and other.member is not distinct from here.member
                and other.first_day <= here.first_day
                and other.last_day >= here.last_day
                and other.grain <> here.grain
        end
)
select
    cells.metric,
    cells.community,
    cells.grain,
    cells.period,
    cells.dimension,
    cells.member,
    case when withheld.metric is null then cells.value end as value,
    case when withheld.metric is null then cells.numerator end as numerator,
    case when withheld.metric is null then cells.denominator end as denominator,
    null::bigint as people,
    case when withheld.metric is null then cells.state else 'withheld' end as state,
from cells
left join withheld
    on withheld.metric = cells.metric
    and withheld.community = cells.community
    and withheld.grain = cells.grain
    and withheld.period = cells.period
    and withheld.dimension is not distinct from cells.dimension
    and withheld.member is not distinct from cells.member
