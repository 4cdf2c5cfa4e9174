-- title: 举办活动场次 | Activities held
-- unit: 场 | activities   better: up          version: 1
-- group: partnerships     decimals: 0
-- definition: 期内举办的活动场次，按活动日期统计。 | Number of activities held, by day held.
-- value: count(*)         window: period      when_none: 0
-- dimensions: title, category, partner
-- One row per activity held.
select community, day, title, category, partner, batch, source_row
from activities
