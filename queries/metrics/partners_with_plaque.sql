-- title: 挂牌商家数 | Merchants with a plaque
-- unit: 家 | merchants    better: up          version: 1
-- group: partnerships     decimals: 0
-- definition: 期末协议仍有效且已挂牌的商家数，按商家去重；终止当日起不再计入。 | Distinct merchants with a plaque and an agreement in force at the period's end; from the day it ends an agreement no longer counts.
-- value: count(distinct merchant)     window: to_date     when_none: 0
-- dimensions: sector, circle, merchant
-- One row per merchant agreement with a plaque.
select
    community,
    signed_on as day,
    ended_on as until,
    merchant,
    sector,
    circle,
    batch,
    source_row,
from partnerships
where plaque
