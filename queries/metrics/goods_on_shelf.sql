-- title: 在架物品种类 | Kinds of goods on the shelf
-- unit: 种 | kinds        better: up          version: 1
-- group: redemptions      decimals: 0
-- definition: 期末积分超市货架上的物品种类数，按物品名称去重；下架当日起不再计入。 | Distinct kinds of goods on the points shelf at the period's end; from the day of removal a kind no longer counts.
-- words: 在架物品, 在架物品种数, 货架物品种类, 积分超市物品种类, 上架物品种类, 货架物品品种 | goods on the shelf, kinds of goods, items on the shelf
-- value: count(distinct item)         window: to_date     when_none: 0
-- dimensions: item, category
-- people: none            tables: goods           ends: removed_on
-- One row per kind of goods and stay on the shelf.
select
    community, stocked_on as day, removed_on, item, category, batch, source_row
from goods
