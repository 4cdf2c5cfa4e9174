-- tables: training
-- One row per course place completed; the day is the one on which it was.
select
    community,
    completed_on as day,
    course,
    provider,
    certificate,
    resident,
    batch,
    source_row,
from training
where completed_on is not null
