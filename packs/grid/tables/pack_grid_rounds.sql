-- title: 网格走访统计 | Rounds of the grid
-- grain: 每个网格、每天一行 | One row per grid and day
create table pack_grid_rounds (
    community varchar not null,
    day date not null, -- 走访日期 | Day
    grid varchar not null, -- 网格 | Grid
    calls integer not null check (calls between 0 and 5000), -- 走访户次 | Households called on
    found integer check (found between 0 and 5000), -- 发现问题数 | Problems found
    solved integer check (solved between 0 and 5000), -- 解决问题数 | Problems solved
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
