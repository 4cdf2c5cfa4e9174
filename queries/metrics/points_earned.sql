-- title: 获得积分 | Points earned
-- unit: 分 | points       better: up          version: 1
-- group: redemptions      decimals: 0
-- definition: 期内积分台账中“获得”类积分之和，不含初始积分，按记账日期统计。 | Sum of the ledger's earned points, without initial points, by day of entry.
-- value: sum(points)      window: period      when_none: 0
-- dimensions: reason
-- One row per ledger entry of kind earn.
select community, day, reason, points, resident, batch, source_row
from points
where kind = 'earn'
