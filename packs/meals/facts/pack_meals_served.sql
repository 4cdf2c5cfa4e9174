-- tables: pack_meals_served
-- One row per canteen and day.
select
    community,
    day,
    site,
    meals,
    coalesce(delivered, 0) as delivered,
    coalesce(aged_80, 0) as aged_80,
    batch,
    source_row,
from pack_meals_served
