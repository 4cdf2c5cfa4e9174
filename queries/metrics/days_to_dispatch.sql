-- title: 点单到派单天数 | Days from order to dispatch
-- unit: 天 | days         better: down        version: 1
-- group: jobs             decimals: 1
-- definition: 期内派单的培训名额从点单到派单所用天数的中位数，按派单日期统计；派单早于点单的不计。 | Median days from order to dispatch of the course places dispatched, by day dispatched; places dispatched before they were ordered do not count.
-- value: median(days)     window: period
-- dimensions: course, provider
-- One row per course place dispatched.
select
    community,
    dispatched_on as day,
    course,
    provider,
    date_diff('day', training.day, dispatched_on) as days,
    resident,
    batch,
    source_row,
from training
where dispatched_on >= training.day
