-- title: 培训结业人次 | Courses completed
-- unit: 人次 | completions            better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内结业的培训名额数，按结业日期统计，与何时点单无关。 | Number of course places completed, by day completed, whenever they were ordered.
-- value: count(*)         window: period      when_none: 0
-- dimensions: course, provider
-- One row per course place completed.
select community, completed_on as day, course, provider, resident, batch, source_row
from training
where completed_on is not null
