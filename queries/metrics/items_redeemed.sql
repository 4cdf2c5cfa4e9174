-- title: 兑换件数 | Items redeemed
-- unit: 件 | items        better: up          version: 1
-- group: redemptions      decimals: 0
-- definition: 期内积分兑换的物品件数与服务份数之和，按兑换日期统计。 | Sum of the quantities of goods and services redeemed, by day redeemed.
-- value: sum(quantity)    window: period      when_none: 0
-- dimensions: item, category, kind, merchant
-- One row per redemption. Goods without a merchant came from the community's own shelf.
select
    community,
    day,
    item,
    category,
    kind,
    case when merchant is null and kind = 'goods' then '社区货架' else merchant end as merchant,
    quantity,
    resident,
    batch,
    source_row,
from redemptions
