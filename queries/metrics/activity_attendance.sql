-- title: 活动参加人次 | Activity attendance
-- unit: 人次 | people     better: up          version: 1
-- group: partnerships     decimals: 0
-- definition: 期内各场活动参加人数之和，未填人数的不计，按活动日期统计。 | Sum of the attendance of activities where filled in, by day held.
-- value: sum(attendance)  window: period      when_none: 0
-- dimensions: title, category, partner
-- One row per activity held with its attendance filled in.
select community, day, title, category, partner, attendance, batch, source_row
from activities
where attendance is not null
