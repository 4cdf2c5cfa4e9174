-- title: 积分台账 | Points ledger
-- grain: 每笔积分变动一行，兑换除外 | One row per ledger entry that is no redemption
create table points (
    community varchar not null,
    day date not null, -- 日期 | Day
    resident varchar not null, -- 居民 | Resident
    -- initial = 初始 | Initial
    -- earn = 获得 | Earned
    -- deduct = 扣减 | Deducted
    -- settle = 结算 | Settlement
    kind varchar not null check (kind in ('initial', 'earn', 'deduct', 'settle')), -- 类型 | Kind
    reason varchar, -- 事由 | Reason | text
    -- Signed. A `settle` row states a closing balance: checks use it, nothing ever adds it.
    points integer not null, -- 积分 | Points
    batch integer not null,
    source_row struct(file integer, sheet integer, "row" integer) not null
)
