-- tables: placements
-- One row per resident placed in a job.
select
    community,
    day,
    employer,
    occupation,
    case
        when age < 16 then '0-15'
        when age < 30 then '16-29'
        when age < 45 then '30-44'
        when age < 55 then '45-54'
        when age < 65 then '55-64'
        when age >= 65 then '65+'
    end as age_band,
    channel,
    resident,
    batch,
    source_row,
from placements
