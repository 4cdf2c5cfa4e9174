-- Which cells add up: members to their total, communities to the district, finer periods to a
-- coarser one, a part and the rest to their whole, and what moved a stock to its move, which two
-- levels tell. `of_places`: the parts are communities, each of which knows its own.
-- Medians do not add up; but what has one part only is that part.
-- One row per sum and cell.
with sums as (
select hash('members', total, dimension) as sum, cell, false as is_whole, false as of_places
from cells where dimension is not null
union all
select hash('members', total, parts.dimension), cells.cell, true, false
from cells
join (select distinct total, dimension from cells where dimension is not null) as parts
    using (total)
where cells.dimension is null
union all
select hash('places', places), cell, is_district, true from cells
union all
select hash('time', coarser.cell, finer.grain), unnest([finer.cell, coarser.cell]),
    unnest([false, true]), false
from cells as coarser
join cells as finer
    on finer.time = coarser.time
    and finer.coarseness < coarser.coarseness
    and finer.first_day between coarser.first_day and coarser.last_day
union all
select hash('rest', cell), unnest([cell, part, whole]), unnest([false, false, true]), false
from rest_cells
union all
select moved, cell, false, false from cells where moved in (select level from cells)
union all
-- A stock that is known tells how it moved, so it is what to withhold.
select level, cell, true, false from cells where level in (select moved from cells)
)
from sums
where sum not in (
    select sum from sums join cells using (cell)
    where not has_sum and not is_whole
    group by sum having count(*) > 1
)
