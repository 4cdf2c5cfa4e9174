-- The cells to withhold because of those withheld last: the rest of their breakdown, the same cell
-- of the other communities, the coarser periods around them, what else moved the same stock, and
-- the members of a withheld total. A total that is no more than its members are many would give
-- each of them away.
-- One row per cell.
with ones as (
    select total
    from withheld
    where dimension is not null
    group by total, dimension
    having count(*) = max((
        select counted from cells as whole
        where whole.total = withheld.total and whole.dimension is null
    ))
),
reached as (
    select cell from cells
    where breakdown in (select breakdown from newly_withheld)
    union
    select cell from cells
    where not is_district and places in (select places from newly_withheld where not is_district)
    union
    select coarser.cell
    from cells as coarser
    join newly_withheld as finer
        on finer.time = coarser.time
        and finer.coarseness < coarser.coarseness
        and finer.first_day between coarser.first_day and coarser.last_day
    union
    select cell from cells
    where moved in (select moved from newly_withheld)
    union
    select cell from cells
    where dimension is not null and total in (select total from newly_withheld where dimension is null)
    union
    select cell from cells
    where dimension is null and total in (from ones)
)
select cells.* exclude (from_rows) from cells semi join reached using (cell) anti join withheld using (cell)
