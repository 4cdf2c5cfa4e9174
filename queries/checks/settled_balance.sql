-- title: 结算余额与台账不符 | Settled balance differs from the ledger
-- definition: 结算行写明的余额与截至当天的初始、获得、扣减和兑换积分之和不符。 | The balance a settlement states differs from the initial, earned, deducted and redeemed points up to that day.
-- advice: 核对该居民的积分台账和兑换记录，更正有误的一行后重新上报。 | Compare the resident's ledger with the redemptions, correct the wrong row and send it again.
-- severity: error
-- One row per settlement.
with entries as (
    select community, resident, day, points, kind = 'settle' as settles, batch, source_row
    from points
    union all
    select community, resident, day, -points as points, false as settles, batch, source_row
    from redemptions
),

balances as (
    select
        *,
        -- All of a day's entries count, whatever their order in the ledger.
        sum(if(settles, 0, points)) over (partition by community, resident order by day)
            as balance,
    from entries
)

select
    community,
    day,
    batch,
    source_row,
    points::varchar as detail,
    balance::varchar as expected,
from balances
where settles and points <> balance
