-- title: 积分余额为负 | Negative balance of points
-- definition: 居民的积分余额在当天由非负变为负数。 | On this day a resident's balance of points falls below zero.
-- advice: 核对当天的兑换和扣减，并查看此前月份的积分台账是否漏报。 | Check the redemptions and deductions of that day, and whether the ledger of an earlier month is missing.
-- severity: error
-- One row per resident and day on which the balance falls below zero.
with movements as (
    select community, resident, day, points, batch, source_row
    from points
    where kind <> 'settle'
    union all
    select community, resident, day, -points as points, batch, source_row
    from redemptions
),

days_added_up as (
    select
        community,
        resident,
        day,
        sum(points) as points,
        -- The row that took the most.
        min({'points': points, 'batch': batch, 'source_row': source_row}) as cited,
    from movements
    group by community, resident, day
),

balances as (
    select
        *,
        sum(points) over (partition by community, resident order by day) as balance,
    from days_added_up
)

select
    community,
    day,
    cited.batch as batch,
    cited.source_row as source_row,
    balance::varchar as detail,
    '≥ 0' as expected,
from balances
where balance < 0 and balance - points >= 0
