-- tables: pack_waste_weighed
-- One row per estate, kind and day.
select
    community,
    day,
    estate,
    kind,
    weight,
    case when kind <> 'other' then weight else 0 end as sorted_weight,
    batch,
    source_row,
from pack_waste_weighed
