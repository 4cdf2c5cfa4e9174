-- The sums that hold withheld cells and have a whole.
-- One row per sum and cell; `sum` is numbered from 0.
select dense_rank() over (order by sum) - 1 as sum, cell, is_whole
from sums
where sum in (select sum from sums semi join withheld using (cell))
    and sum in (select sum from sums where is_whole)
