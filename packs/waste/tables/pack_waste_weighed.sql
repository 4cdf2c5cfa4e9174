-- title: 垃圾分类台账 | Waste weighed
-- grain: 每个小区、每类、每天一行 | One row per estate, kind and day
create table pack_waste_weighed (
    community varchar not null,
    day date not null, -- 称重日期 | Day
    estate varchar, -- 小区 | Estate
    -- recyclable = 可回收物 | Recyclable
    -- kitchen = 厨余垃圾 | Kitchen waste
    -- hazardous = 有害垃圾 | Hazardous
    -- other = 其他垃圾 | Other
    kind varchar not null check (kind in ('recyclable', 'kitchen', 'hazardous', 'other')), -- 垃圾类别 | Kind of waste
    weight decimal(8, 2) not null check (weight between 0 and 100000), -- 重量（公斤） | Weight in kg
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
