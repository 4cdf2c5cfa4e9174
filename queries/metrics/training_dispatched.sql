-- title: 培训派单人次 | Course places dispatched
-- unit: 人次 | places     better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内社区派单的培训名额数，按派单日期统计，与何时点单无关。 | Number of course places dispatched, by day dispatched, whenever they were ordered.
-- value: count(*)         window: period      when_none: 0
-- dimensions: course, provider
-- One row per course place dispatched.
select community, dispatched_on as day, course, provider, resident, batch, source_row
from training
where dispatched_on is not null
