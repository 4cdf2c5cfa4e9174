-- title: 三张清单 | The three lists
-- grain: 三张清单每条一行 | One row per entry of the three lists
create table exchanges (
    community varchar not null,
    -- need = 需求清单 | Needs
    -- resource = 资源清单 | Resources
    -- project = 项目清单 | Projects
    kind varchar not null check (kind in ('need', 'resource', 'project')), -- 清单 | List
    title varchar not null, -- 事项 | Title | text
    opened_on date not null, -- 登记日期 | Day opened
    matched_on date, -- 对接日期 | Day matched
    completed_on date, -- 完成日期 | Day completed
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
