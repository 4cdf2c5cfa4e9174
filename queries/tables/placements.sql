-- title: 就业安置 | Job placements
-- grain: 每名上岗居民一行 | One row per resident placed in a job
create table placements (
    community varchar not null,
    day date not null, -- 上岗日期 | Day placed
    resident varchar not null, -- 居民 | Resident
    age integer check (age between 14 and 100), -- 年龄 | Age
    employer varchar, -- 用人单位 | Employer
    occupation varchar, -- 岗位 | Occupation
    channel varchar, -- 渠道 | Channel
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
