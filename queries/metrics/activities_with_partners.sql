-- title: 联办活动场次 | Activities held with partners
-- unit: 场 | activities   better: up          version: 1
-- group: partnerships     decimals: 0
-- definition: 期内有合作单位的活动场次，按活动日期统计。 | Number of activities held with a partner, by day held.
-- value: count(*)         window: period      when_none: 0
-- dimensions: partner, category
-- One row per activity held with a partner.
select community, day, title, category, partner, batch, source_row
from activities
where partner is not null
