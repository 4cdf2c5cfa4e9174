-- What the metrics that count people tell, by month, quarter and year: a share tells its numerator
-- and its denominator, and what is left of a whole without its part follows from both. `few`: it
-- rests on 1 to 4 people; of cases and attendance only where a sensitive dimension names a member
-- that is not called ordinary. The numbers of the groups through which a withheld cell could be
-- brought back by subtraction: `breakdown` the members of one dimension, `total` what they add up
-- to, `places` a cell of all places, `time` the periods that add up, `moved` what makes up the move
-- of a stock, `level` that stock, `series` all its levels. `from_rows` are the rows of metric_values
-- that tell it; none tells a rest alone, or what an area comes to.
-- Of an area ($area, from 1) the whole is what its communities come to, whom the district counts once.
-- One row per cell.
with own_values as (
    select * exclude (area) from linked_values where area = $area
    union all by name
    select
        metric,
        $district as community,
        grain,
        period,
        dimension,
        member,
        sum(value) as value,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        sum(people) as people,
        null::bigint as place,
    from linked_values
    where area = $area and area > 0
    group by all
),
guarded as (
    select
        own_values.*,
        quantities.* exclude (metric),
        case part when 'value' then value when 'numerator' then numerator else denominator end
            as amount,
        always or (list_contains(sensitive, dimension) and ordinary.member is null) as guards,
    from own_values
    join quantities using (metric)
    left join ordinary_members as ordinary using (dimension, member)
),
told as (
    select
        quantity,
        community,
        grain,
        period,
        dimension,
        member,
        any_value(adds_up) as adds_up,
        any_value(is_distinct) as is_distinct,
        any_value(has_sum) as has_sum,
        any_value(facts) as facts,
        any_value(amount) as value,
        bool_or(guards) as guards,
        bool_or(
            guards and (
                people between 1 and 4
                or counts and part = 'numerator' and numerator between 1 and 4
                or counts and part = 'numerator' and by_population
                    and denominator - numerator between 1 and 4
            )
        ) as few,
        -- How often something was counted of which every row counts once.
        any_value(amount) filter (where counts) as counted,
        list(place) filter (where place is not null) as from_rows,
    from guarded
    group by all
),
left_over as (
    select
        rests.rest as quantity,
        part.community,
        part.grain,
        part.period,
        part.dimension,
        part.member,
        part.adds_up,
        false as is_distinct,
        true as has_sum,
        null::varchar as facts,
        whole.value - part.value as value,
        part.guards,
        part.guards and whole.value - part.value between 1 and 4 as few,
        whole.value - part.value as counted,
        []::bigint[] as from_rows,
    from rests
    join told as part on part.quantity = rests.part
    join told as whole
        on whole.quantity = rests.whole
        and whole.community = part.community
        and whole.grain = part.grain
        and whole.period = part.period
        and whole.dimension is not distinct from part.dimension
        and whole.member is not distinct from part.member
)
select
    row_number() over (order by quantity, community, grain, period, dimension, member) - 1 as cell,
    *,
    case when dimension is not null
        then hash(quantity, community, grain, period, dimension) end as breakdown,
    hash(quantity, community, grain, period) as total,
    hash(quantity, grain, period, dimension, member) as places,
    case when adds_up then hash(quantity, community, dimension, member) end as time,
    case when flows.stock is not null
        then hash(flows.stock, community, grain, period, dimension, member) end as moved,
    case when stocks.stock is not null
        then hash(stocks.stock, community, grain, period, dimension, member) end as level,
    case when stocks.stock is not null
        then hash(stocks.stock, community, dimension, member) end as series,
    community = $district as is_district,
    case grain when 'month' then 1 when 'quarter' then 2 else 3 end as coarseness,
    left(period, 4) as year,
    $area as area,
from (from told union all from left_over)
join periods using (grain, period)
left join flows using (quantity)
left join stocks using (quantity)
