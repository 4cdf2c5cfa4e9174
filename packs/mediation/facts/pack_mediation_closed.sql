-- tables: pack_mediation_cases
-- One row per dispute with an outcome, on the day it was closed.
select
    community,
    coalesce(closed_on, day) as day,
    kind,
    outcome,
    case when outcome = 'settled' then 1 else 0 end as settled,
    batch,
    source_row,
from pack_mediation_cases
where outcome is not null
