-- tables: concerns
-- One row per concern.
select
    community,
    day,
    category,
    channel,
    resolved_on,
    coalesce(resolved_on between day and day + 14, false) as resolved_in_time,
    coalesce(reviewed_on between day and day + 7, false) as reviewed_in_time,
    batch,
    source_row,
from concerns
