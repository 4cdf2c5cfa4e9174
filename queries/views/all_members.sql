-- grain: one row per metric, place and member of one dimension, for one period
-- What by_member has of totals, of all metrics and dimensions at once.
select metric, community, grain, period, dimension, member, value, people, state
from metric_values
where
    grain = $grain and period = $period and dimension is not null
    and list_contains($places, community)
order by
    metric, dimension, list_position($places, community), value desc nulls last, member
