-- The cells of metric_values that are published at all: month, quarter and year. The numbers of
-- the groups through which a withheld cell could be brought back by subtraction:
-- `breakdown` the members of one dimension, `places` the communities (the district is no part of
-- it), `time` the periods that add up, of which only coarser ones are withheld in turn.
-- One row per cell.
select
    metric_values.*,
    row_number() over () as cell,
    case when dimension is not null and value is not null
        then hash(metric, community, grain, period, dimension) end as breakdown,
    case when community <> $district and value is not null
        then hash(metric, grain, period, dimension, member) end as places,
    case when additive.metric is not null and value is not null
        then hash(metric, community, dimension, member) end as time,
    case grain when 'month' then 1 when 'quarter' then 2 else 3 end as coarseness,
    periods.first_day,
    periods.last_day,
from metric_values
join periods using (grain, period)
left join additive using (metric)
where grain in ('month', 'quarter', 'year')
