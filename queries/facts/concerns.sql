-- tables: concerns, totals
-- One row per concern, and per total of how many were raised.
select
    community,
    day,
    category,
    channel,
    resolved_on,
    is_solved,
    is_satisfied,
    -- By its own deadline, else within 14 days.
    coalesce(resolved_on between day and coalesce(due_on, day + 14), false) as resolved_in_time,
    coalesce(reviewed_on between day and day + 7, false) as reviewed_in_time,
    1 as times,
    batch,
    source_row,
from concerns
union all
select
    community,
    day,
    category,
    null as channel,
    null as resolved_on,
    null as is_solved,
    null as is_satisfied,
    null as resolved_in_time,
    null as reviewed_in_time,
    value as times,
    batch,
    source_row,
from totals
where measure = 'concerns'
