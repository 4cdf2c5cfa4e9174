-- title: 积分兑换 | Redemptions
-- grain: 每次兑换一行 | One row per redemption
create table redemptions (
    community varchar not null,
    day date not null, -- 兑换日期 | Day redeemed
    resident varchar not null, -- 居民 | Resident
    item varchar not null, -- 兑换物品 | Item
    category varchar, -- 物品类别 | Category of item
    -- goods = 实物 | Goods
    -- service = 服务 | Service
    kind varchar not null check (kind in ('goods', 'service')), -- 实物或服务 | Goods or service
    quantity integer not null check (quantity between 1 and 1000), -- 数量 | Quantity
    points integer not null check (points between 0 and 100000), -- 所用积分 | Points spent
    merchant varchar, -- 兑换商家 | Merchant
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
