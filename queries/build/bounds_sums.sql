-- The sums that hold withheld cells and have a whole.
-- One row per sum and cell; `sum` is numbered from 0, and `named` as in `sums`.
select dense_rank() over (order by sum) - 1 as sum, sum as named, cell, is_whole, of_places
from sums
where sum in (select sum from sums semi join withheld using (cell))
    and sum in (select sum from sums where is_whole)
    -- A level is no sum of what moved it.
    and sum not in (select level from cells where level is not null)
