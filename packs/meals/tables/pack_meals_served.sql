-- title: 助餐台账 | Meals served
-- grain: 每个助餐点、每天一行 | One row per canteen and day
create table pack_meals_served (
    community varchar not null,
    day date not null, -- 就餐日期 | Day
    site varchar not null, -- 助餐点 | Canteen
    meals integer not null check (meals between 0 and 20000), -- 助餐份数 | Meals
    delivered integer check (delivered between 0 and 20000), -- 其中送餐上门份数 | Of these delivered
    aged_80 integer check (aged_80 between 0 and 20000), -- 其中80岁以上份数 | Of these for people over 80
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
