-- title: 就业安置人数 | Residents placed in jobs
-- unit: 人 | people       better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内至少上岗一次的居民人数，按人去重，按上岗日期统计。 | Distinct residents placed in at least one job, by day placed.
-- value: count(distinct resident)     window: period      when_none: 0
-- dimensions: employer, occupation, channel
-- One row per resident placed in a job.
select community, day, employer, occupation, channel, resident, batch, source_row
from placements
