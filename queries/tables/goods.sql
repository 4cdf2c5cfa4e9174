-- title: 积分超市货架 | Goods on the shelf
-- grain: 货架上每种物品一行 | One row per kind of goods on the shelf
-- ends: removed_on   key: item
create table goods (
    community varchar not null,
    item varchar not null, -- 物品 | Item
    category varchar, -- 类别 | Category
    stocked_on date not null, -- 上架日期 | Day stocked
    -- The first day on which it is no longer on the shelf.
    removed_on date, -- 下架日期 | Day removed
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
