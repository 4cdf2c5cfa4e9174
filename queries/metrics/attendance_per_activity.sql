-- title: 场均参加人数 | Attendance per activity
-- unit: 人 | people       better: up          version: 1
-- group: partnerships     decimals: 1
-- definition: 期内活动参加人次除以填报了人数的活动场次，按活动日期统计。 | Attendance over the activities for which it is filled in, by day held.
-- numerator: sum(attendance)          denominator: count(*)
-- window: period
-- dimensions: category, partner
-- One row per activity held with its attendance filled in.
select community, day, title, category, partner, attendance, batch, source_row
from activities
where attendance is not null
