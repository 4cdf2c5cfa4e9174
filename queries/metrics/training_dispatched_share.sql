-- title: 点单派单率 | Share of orders dispatched
-- unit: % | %             better: up          version: 1
-- group: jobs             decimals: 1         matures_days: 30
-- definition: 期内点单的培训名额中，至最新一次上报为止已派单的比重，按点单日期统计。 | Of the course places ordered, those dispatched as of the newest export, by day ordered.
-- numerator: count(dispatched_on)     denominator: count(*)
-- window: period
-- dimensions: course, provider
-- One row per course place ordered.
select community, day, course, provider, dispatched_on, resident, batch, source_row
from training
