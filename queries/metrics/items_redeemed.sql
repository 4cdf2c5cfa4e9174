-- title: 兑换件数 | Items redeemed
-- unit: 件 | items        better: up          version: 1
-- group: redemptions      decimals: 0
-- definition: 期内积分兑换的物品件数与服务份数之和，按兑换日期统计。 | Sum of the quantities of goods and services redeemed, by day redeemed.
-- value: sum(quantity)    window: period      when_none: 0
-- dimensions: item, category, kind, merchant
-- One row per redemption.
select
    community, day, item, category, kind, merchant, quantity, resident, batch, source_row
from redemptions
