-- tables: training
-- One row per course place ordered.
select
    community,
    day,
    course,
    provider,
    dispatched_on,
    completed_on,
    case when certificate then completed_on end as certified_on,
    resident,
    batch,
    source_row,
from training
