-- title: 扣减积分 | Points deducted
-- unit: 分 | points       better: down        version: 1
-- group: redemptions      decimals: 0
-- definition: 期内积分台账中“扣减”类积分之和，以正数表示，不含兑换，按记账日期统计。 | Sum of the ledger's deductions as a positive number, without redemptions, by day of entry.
-- words: 扣分, 积分扣减, 扣除积分, 扣减分数 | deductions, deducted points, points lost
-- value: sum(points)      window: period      when_none: 0
-- dimensions: reason
-- people: residents       tables: points
-- One row per ledger entry of kind deduct.
select community, day, reason, -points as points, resident, batch, source_row
from points
where kind = 'deduct'
