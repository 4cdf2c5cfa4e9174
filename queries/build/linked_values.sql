-- The values by month, quarter and year of metrics that can give one another away, each with the area
-- it is protected in: `place` is the row of metric_values.
-- One row per metric, place, period and, where a dimension is named, member of it.
select metric_values.*, metric_values.rowid as place, protected_in.area
from metric_values
join protected_in using (community)
where metric in (select metric from quantities)
    and grain in ('month', 'quarter', 'year')
    and coalesce(value, numerator) is not null
    and left(period, 4) in (select unnest($years::varchar[]))
