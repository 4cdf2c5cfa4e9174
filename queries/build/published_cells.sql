-- What the metrics that count people tell, by month, quarter and year: a share tells its numerator
-- and its denominator. `few`: it rests on 1 to 4 people. The numbers of the groups through which a
-- withheld cell could be brought back by subtraction: `breakdown` the members of one dimension,
-- `total` what they add up to, `places` a cell of all places, `time` the periods that add up,
-- `moved` what makes up the move of a stock. `from_rows` are the rows of metric_values that tell it.
-- One row per cell.
select
    row_number() over () as cell,
    *,
    case when dimension is not null
        then hash(quantity, community, grain, period, dimension) end as breakdown,
    hash(quantity, community, grain, period) as total,
    hash(quantity, grain, period, dimension, member) as places,
    case when adds_up then hash(quantity, community, dimension, member) end as time,
    case when dimension is null and stock is not null
        then hash(stock, community, grain, period) end as moved,
    community = $district as is_district,
    case grain when 'month' then 1 when 'quarter' then 2 else 3 end as coarseness,
    left(period, 4) as year,
from (
    select
        quantity,
        community,
        grain,
        period,
        dimension,
        member,
        any_value(adds_up) as adds_up,
        any_value(is_distinct) as is_distinct,
        any_value(
            case part when 'value' then value when 'numerator' then numerator else denominator end
        ) as value,
        bool_or(
            people between 1 and 4
            or counts and (case part when 'numerator' then numerator end) between 1 and 4
        ) as few,
        -- How often something was counted of which every row counts once.
        any_value(
            case part when 'value' then value when 'numerator' then numerator else denominator end
        ) filter (where counts) as counted,
        list(metric_values.rowid) as from_rows,
    from metric_values
    join quantities using (metric)
    where grain in ('month', 'quarter', 'year') and value is not null
        and left(period, 4) in (select unnest($years::varchar[]))
    group by all
)
join periods using (grain, period)
left join flows using (quantity)
