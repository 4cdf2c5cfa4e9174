-- The cells of sums that hold withheld ones, with what a reader knows of them. A quantity that
-- falls below zero in a year has no least, so nothing follows there. `is_named`: whole numbers of which
-- no member has none, so that each member that is named has one at least.
-- One row per cell.
with linked as (
    select distinct cell from sums
    where sum in (select sum from sums semi join withheld using (cell))
        and sum not in (select level from cells where level is not null)
),
least as (
    select
        quantity,
        year,
        bool_and(value = trunc(value)) and min(value) filter (where dimension is not null) >= 1
            as comes_whole,
        min(value) as least,
    from cells
    group by quantity, year
)
select
    cells.cell,
    cells.value,
    cells.is_distinct,
    withheld.cell is not null as is_withheld,
    cells.dimension is not null and cells.facts is not null and coalesce(comes_whole, false)
        and unlisted.facts is null as is_named,
from cells
semi join linked using (cell)
join least on least.quantity = cells.quantity and least.year = cells.year and least >= 0
left join withheld on withheld.cell = cells.cell
left join unlisted
    on unlisted.facts = cells.facts
    and unlisted.grain = cells.grain
    and unlisted.period = cells.period
    and unlisted.dimension = cells.dimension
