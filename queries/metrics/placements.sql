-- title: 就业安置人次 | Job placements
-- unit: 人次 | placements  better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内上岗的就业安置记录数，同一人在两家单位上岗计两次，按上岗日期统计。 | Number of placements in a job, somebody placed at two employers counting twice, by day placed.
-- value: count(*)         window: period      when_none: 0
-- dimensions: employer, occupation, age_band, channel
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
