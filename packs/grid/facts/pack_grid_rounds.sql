-- tables: pack_grid_rounds
-- One row per grid and day.
select
    community,
    day,
    grid,
    calls,
    coalesce(found, 0) as found,
    coalesce(solved, 0) as solved,
    batch,
    source_row,
from pack_grid_rounds
