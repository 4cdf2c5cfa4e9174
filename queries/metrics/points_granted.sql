-- title: 发放初始积分 | Initial points granted
-- unit: 分 | points       better: none        version: 1
-- group: redemptions      decimals: 0
-- definition: 期内积分台账中“初始”类积分之和，按记账日期统计。 | Sum of the ledger's initial points, by day of entry.
-- value: sum(points)      window: period      when_none: 0
-- One row per ledger entry of kind initial.
select community, day, points, resident, batch, source_row
from points
where kind = 'initial'
