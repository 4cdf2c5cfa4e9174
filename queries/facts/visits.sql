-- tables: visits
-- One row per household visited.
select
    community,
    day,
    -- House numbers repeat from one community to the next.
    community || '/' || household as home,
    batch,
    source_row,
from visits
