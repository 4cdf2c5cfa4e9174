-- grain: one row per place and member of a dimension, for two periods of a metric
-- Totals of every place, and the members of the one whose change is explained.
select community, period, dimension, member, value, people, state
from metric_values
where
    metric = $metric
    and grain = $grain
    and list_contains($periods, period)
    and (dimension is null or community = $place)
order by dimension nulls first, member, community
