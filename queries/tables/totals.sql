-- title: 汇总数 | Totals
-- grain: 每个统计项、类别和时段一行，只有总数而没有明细时报送 | One row per measure, kind and span of days, where there are counts and no single rows
create table totals (
    community varchar not null,
    day date not null, -- 起始日期 | First day
    through date, -- 截止日期 | Last day
    -- hours = 志愿服务时长 | Volunteer hours
    -- visits = 入户走访户次 | Household visits
    -- activities = 举办活动场次 | Activities held
    -- attendance = 活动参加人次 | Activity attendance
    -- concerns = 诉求提出件数 | Concerns raised
    -- served = 公益岗服务人次 | People served by public-welfare posts
    measure varchar not null check (measure in ('hours', 'visits', 'activities', 'attendance', 'concerns', 'served')), -- 统计项 | Measure
    category varchar, -- 类别 | Category
    activity varchar, -- 活动 | Activity | text
    value decimal(12, 2) not null check (value between 0 and 10000000), -- 数值 | Value
    people integer check (people between 0 and 1000000), -- 人数 | People
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
