-- title: 志愿服务 | Volunteer service
-- grain: 每名志愿者、每项活动、每天（或一段时间）一行 | One row per volunteer, activity and day, or span of days
create table service (
    community varchar not null,
    day date not null, -- 服务日期 | Day of service
    resident varchar not null, -- 志愿者 | Volunteer
    activity varchar, -- 活动名称 | Activity | text
    category varchar, -- 服务类别 | Kind of service
    hours decimal(8, 2) not null check (hours between 0 and 24 * (1 + coalesce(through, day) - day)), -- 服务时长（小时） | Hours
    through date, -- 截止日期 | Last day, where the row is a total of several days
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
