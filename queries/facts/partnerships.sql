-- tables: partnerships
-- One row per merchant agreement.
select
    community,
    signed_on as day,
    ended_on,
    merchant,
    sector,
    circle,
    plaque,
    batch,
    source_row,
from partnerships
