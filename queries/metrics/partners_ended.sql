-- title: 终止协议数 | Agreements ended
-- unit: 份 | agreements   better: down        version: 1
-- group: partnerships     decimals: 0
-- definition: 期内终止的商家协议份数，按终止日期统计。 | Number of merchant agreements ended, by the first day on which they no longer hold.
-- words: 终止协议, 终止协议份数, 解约数, 解除协议数, 终止商家数, 终止协议商家数 | ended agreements, agreements terminated, agreements cancelled
-- value: count(*)         window: period      when_none: 0
-- dimensions: sector, circle, merchant
-- people: none            tables: partnerships
-- One row per merchant agreement that has ended.
select community, ended_on as day, merchant, sector, circle, batch, source_row
from partnerships
where ended_on is not null
