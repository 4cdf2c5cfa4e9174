-- tables: exchanges
-- One row per entry of the three lists.
select
    community,
    opened_on as day,
    matched_on,
    kind,
    title,
    coalesce(matched_on between opened_on and opened_on + 30, false) as matched_in_time,
    batch,
    source_row,
from exchanges
