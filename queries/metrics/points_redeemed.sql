-- title: 兑换所用积分 | Points redeemed
-- unit: 分 | points       better: up          version: 1
-- group: redemptions      decimals: 0
-- definition: 期内积分兑换所用的积分之和，按兑换日期统计。 | Sum of the points spent on redemptions, by day redeemed.
-- value: sum(points)      window: period      when_none: 0
-- dimensions: item, category, kind, merchant
-- One row per redemption.
select
    community, day, item, category, kind, merchant, points, resident, batch, source_row
from redemptions
