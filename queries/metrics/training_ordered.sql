-- title: 培训点单人次 | Course places ordered
-- unit: 人次 | places     better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内居民点单的培训名额数，按点单日期统计。 | Number of course places ordered by residents, by day ordered.
-- value: count(*)         window: period      when_none: 0
-- dimensions: course, provider
-- One row per course place ordered.
select community, day, course, provider, resident, batch, source_row
from training
