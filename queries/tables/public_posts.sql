-- title: 公益岗服务 | Services of public-welfare posts
-- grain: 公益岗每次服务一行 | One row per service of a public-welfare post
create table public_posts (
    community varchar not null,
    day date not null, -- 服务日期 | Day of service
    post varchar not null, -- 公益岗 | Post
    estate varchar not null, -- 小区 | Estate
    service varchar, -- 服务项目 | Service
    served integer check (served between 0 and 100000), -- 服务人次 | People served
    hours decimal(8, 2) check (hours between 0 and 24), -- 时长（小时） | Hours
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
