-- The cells to withhold because of those withheld last: the rest of their breakdown, the same
-- cell of the other communities, and additive totals of the coarser periods around them.
-- One row per cell.
with reached as (
    select cell from cells
    where breakdown in (select breakdown from cells semi join newly using (cell))
    union
    select cell from cells
    where places in (select places from cells semi join newly using (cell))
    union
    select coarser.cell
    from cells as coarser
    join (from cells semi join newly using (cell)) as finer
        on finer.time = coarser.time
        and finer.coarseness < coarser.coarseness
        and finer.first_day between coarser.first_day and coarser.last_day
)
select cell from reached anti join withheld using (cell)
