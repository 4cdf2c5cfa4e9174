-- Which cells add up: members to their total, communities to the district, finer periods to a
-- coarser one, and what moved a stock to its move, which two levels tell.
-- One row per sum and cell.
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
union all
select hash('time', coarser.cell, finer.grain), unnest([finer.cell, coarser.cell]),
    unnest([false, true])
from cells as coarser
join cells as finer
    on finer.time = coarser.time
    and finer.coarseness < coarser.coarseness
    and finer.first_day between coarser.first_day and coarser.last_day
union all
select moved, cell, false from cells where moved is not null
