-- title: 民情诉求 | Concerns
-- grain: 每件诉求一行，日期为提出日 | One row per concern; the day is the day raised
create table concerns (
    community varchar not null,
    day date not null, -- 提出日期 | Day raised
    category varchar, -- 诉求类别 | Category
    channel varchar, -- 来源渠道 | Channel
    reviewed_on date, -- 会审日期 | Day reviewed
    due_on date, -- 办理时限 | Due
    resolved_on date, -- 办结日期 | Day resolved
    is_solved boolean, -- 是否解决 | Solved
    is_satisfied boolean, -- 是否满意 | Satisfied
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
