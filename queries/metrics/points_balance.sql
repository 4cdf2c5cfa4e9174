-- title: 积分余额 | Points outstanding
-- unit: 分 | points       better: none        version: 1
-- group: redemptions      decimals: 0
-- definition: 截至期末尚未兑换的积分：初始积分加获得积分，减扣减积分和兑换所用积分；月末结算行只作核对，不计入。 | Points not yet spent at the period's end: initial and earned, less deducted and redeemed; settlement rows only state a balance and are not added.
-- words: 积分结余, 剩余积分, 未兑换积分, 积分存量 | points balance, balance of points, unspent points
-- value: sum(points)      window: to_date     when_none: 0
-- judged_by: points_earned, points_redeemed
-- people: residents       tables: points, redemptions
-- One row per ledger entry that moves points, and per redemption.
select community, day, points, resident, batch, source_row
from points
where kind <> 'settle'
union all
select community, day, -points as points, resident, batch, source_row
from redemptions
