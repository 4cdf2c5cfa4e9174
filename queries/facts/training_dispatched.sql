-- tables: training
-- One row per course place dispatched; the day is the one on which it was.
select
    community,
    dispatched_on as day,
    course,
    provider,
    date_diff('day', training.day, dispatched_on) as days,
    resident,
    batch,
    source_row,
from training
where dispatched_on is not null
