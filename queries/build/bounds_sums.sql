-- The sums, numbered from 0; `has_bounds`: it has a whole, and is no level, which is no sum of what
-- moved it.
-- One row per sum and cell.
select
    dense_rank() over (order by sum) - 1 as sum,
    cell,
    is_whole,
    bool_or(is_whole) over (partition by sum)
        and count(*) over (partition by sum) > 1
        and sum not in (select level from cells where level is not null) as has_bounds,
from sums
