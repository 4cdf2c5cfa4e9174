-- title: 兑换所用积分 | Points redeemed
-- unit: 分 | points       better: up          version: 1
-- group: redemptions      decimals: 0
-- definition: 期内积分兑换所用的积分之和，按兑换日期统计。 | Sum of the points spent on redemptions, by day redeemed.
-- value: sum(points)      window: period      when_none: 0
-- dimensions: item, category, kind, merchant
-- One row per redemption. Goods without a merchant came from the community's own shelf.
select
    community,
    day,
    item,
    category,
    kind,
    case when merchant is null and kind = 'goods' then '社区货架' else merchant end as merchant,
    points,
    resident,
    batch,
    source_row,
from redemptions
