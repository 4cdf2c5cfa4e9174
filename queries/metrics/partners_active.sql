-- title: 签约商家数 | Merchants under agreement
-- unit: 家 | merchants    better: up          version: 1
-- group: partnerships     decimals: 0
-- definition: 期末协议仍有效的商家数，按商家去重；与几个社区签约的商家，全区只计一次；终止当日起不再计入。 | Distinct merchants with an agreement in force at the period's end; a merchant of several communities counts once in the district; from the day it ends an agreement no longer counts.
-- value: count(distinct merchant)     window: to_date     when_none: 0
-- dimensions: sector, circle, merchant
-- One row per merchant agreement.
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
