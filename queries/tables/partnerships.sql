-- title: 商家签约 | Merchant agreements
-- grain: 每份商家协议一行 | One row per merchant agreement
-- ends: ended_on   key: merchant
create table partnerships (
    community varchar not null,
    merchant varchar not null, -- 商家 | Merchant
    sector varchar, -- 行业 | Sector
    circle varchar, -- 商圈 | Business circle
    signed_on date not null, -- 签约日期 | Day signed
    -- The first day on which the agreement no longer holds.
    ended_on date, -- 终止日期 | Day ended
    plaque boolean, -- 是否挂牌 | Plaque
    offer varchar, -- 优惠内容 | Offer | text
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
