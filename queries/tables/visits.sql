-- title: 入户走访 | Household visits
-- grain: 每次走访一户一行 | One row per household visited
create table visits (
    community varchar not null,
    day date not null, -- 走访日期 | Day visited
    household varchar not null, -- 户 | Household | keyed
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
