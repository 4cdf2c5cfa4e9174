-- title: 会议决定 | Decisions
-- grain: 每项决定一行，日期为会议日 | One row per decision; the day is the day of the meeting
create table decisions (
    community varchar not null,
    day date not null, -- 会议日期 | Day of the meeting
    topic varchar, -- 议题 | Topic | text
    decision varchar not null, -- 决定事项 | Decision | text
    owner varchar, -- 责任岗位 | Owner (a post) | text
    due_on date, -- 完成期限 | Due
    done_on date, -- 完成日期 | Done
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
