-- tables: visits, totals
-- One row per household visited, and per total.
select
    community,
    day,
    -- House numbers repeat from one community to the next.
    community || '/' || household as home,
    1 as times,
    batch,
    source_row,
from visits
union all
select community, day, null as home, value as times, batch, source_row,
from totals
where measure = 'visits'
