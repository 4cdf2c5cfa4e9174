-- Which cells add up: members to their total, communities to the whole where they are there, finer periods to a
-- coarser one, a part and the rest to their whole, and what moved a stock to its move, which two
-- levels tell.
-- Medians do not add up; but what has one part only is that part.
-- One row per sum and cell.
with sums as (
select hash('members', total, dimension) as sum, cell, false as is_whole
from cells where dimension is not null
union all
select hash('members', total, parts.dimension), cells.cell, true
from cells
join (select distinct total, dimension from cells where dimension is not null) as parts
    using (total)
where cells.dimension is null
union all
select hash('places', places), cell, is_district from cells
where exists (select 1 from cells where not is_district)
union all
select hash('time', coarser.cell, finer.grain), unnest([finer.cell, coarser.cell]),
    unnest([false, true])
from cells as coarser
join cells as finer
    on finer.time = coarser.time
    and finer.coarseness < coarser.coarseness
    and finer.first_day between coarser.first_day and coarser.last_day
union all
select hash('rest', cell), unnest([cell, part, whole]), unnest([false, false, true])
from rest_cells
union all
select moved, cell, false from cells where moved in (select level from cells)
union all
-- A stock that is known tells how it moved, so it is what to withhold.
select level, cell, true from cells where level in (select moved from cells)
),
distinct_sums as (
    select distinct * from sums
)
from distinct_sums
where sum not in (
    select sum from distinct_sums join cells using (cell)
    where not has_sum and not is_whole
    group by sum having count(*) > 1
)
-- Where some did not report, others do not come to the whole, and nothing can be worked out.
and sum not in (
    select sum from distinct_sums join cells using (cell)
    where level is null and moved is null
    group by sum
    having bool_or(is_whole) and not bool_and(is_whole)
        and not case when bool_or(is_distinct and is_whole)
            then max(value) filter (where is_whole) between
                max(value) filter (where not is_whole) - 1e-6
                and sum(value) filter (where not is_whole) + 1e-6
            else abs(sum(case when is_whole then value else -value end)) < 1e-6 end
)
