-- title: 三方议事会 | Three-party councils
-- grain: 每次议事会一行 | One row per council held
create table councils (
    community varchar not null,
    day date not null, -- 议事日期 | Day held
    topic varchar, -- 议题 | Topic | text
    outcome varchar, -- 结果 | Outcome | text
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
