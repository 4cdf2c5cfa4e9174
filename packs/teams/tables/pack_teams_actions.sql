-- title: 志愿服务队活动 | Actions of volunteer teams
-- grain: 每支队伍、每次活动一行 | One row per team and action
create table pack_teams_actions (
    community varchar not null,
    day date not null, -- 活动日期 | Day
    team varchar not null, -- 服务队名称 | Team
    activity varchar, -- 活动内容 | What was done | text
    category varchar, -- 活动类别 | Kind of action
    members integer not null check (members between 0 and 5000), -- 参加队员人数 | Members
    hours decimal(8, 2) check (hours between 0 and 24), -- 活动时长（小时） | Hours
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
