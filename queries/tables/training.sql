-- title: 技能培训 | Training
-- grain: 每个培训名额一行，日期为点单日 | One row per course place ordered; the day is the day ordered
create table training (
    community varchar not null,
    day date not null, -- 点单日期 | Day ordered
    resident varchar not null, -- 居民 | Resident
    course varchar, -- 课程 | Course
    provider varchar, -- 培训机构 | Provider
    dispatched_on date, -- 派单日期 | Day dispatched
    completed_on date, -- 结业日期 | Day completed
    certificate boolean, -- 是否取证 | Certificate earned
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
