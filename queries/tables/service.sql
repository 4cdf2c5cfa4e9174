-- title: 志愿服务 | Volunteer service
-- grain: 每名志愿者、每项活动、每天一行 | One row per volunteer, activity and day
create table service (
    community varchar not null,
    day date not null, -- 服务日期 | Day of service
    resident varchar not null, -- 志愿者 | Volunteer
    activity varchar, -- 活动名称 | Activity | text
    category varchar, -- 服务类别 | Kind of service
    hours decimal(8, 2) not null check (hours between 0 and 24), -- 服务时长（小时） | Hours
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
