-- title: 矛盾调解台账 | Disputes
-- grain: 每件纠纷一行 | One row per dispute
create table pack_mediation_cases (
    community varchar not null,
    day date not null, -- 受理日期 | Taken up
    kind varchar, -- 纠纷类型 | Kind of dispute
    closed_on date, -- 调解结束日期 | Closed
    -- settled = 调解成功 | Settled
    -- failed = 调解不成 | Not settled
    outcome varchar check (outcome in ('settled', 'failed')), -- 调解结果 | Outcome
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
