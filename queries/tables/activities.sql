-- title: 活动 | Activities
-- grain: 每场活动一行 | One row per activity held
create table activities (
    community varchar not null,
    day date not null, -- 活动日期 | Day held
    title varchar not null, -- 活动名称 | Title | text
    category varchar, -- 活动类别 | Category
    partner varchar, -- 合作单位 | Partner
    attendance integer check (attendance between 0 and 100000), -- 参加人数 | Attendance
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
