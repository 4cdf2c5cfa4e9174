-- title: 兑换人数 | Residents redeeming
-- unit: 人 | people       better: up          version: 1
-- group: redemptions      decimals: 0
-- definition: 期内至少兑换过一次的居民人数，按人去重，按兑换日期统计。 | Distinct residents with at least one redemption, by day redeemed.
-- value: count(distinct resident)     window: period      when_none: 0
-- dimensions: item, category, kind, merchant
-- One row per redemption. Goods without a merchant came from the community's own shelf.
select
    community,
    day,
    item,
    category,
    kind,
    case when merchant is null and kind = 'goods' then '社区货架' else merchant end as merchant,
    resident,
    batch,
    source_row,
from redemptions
