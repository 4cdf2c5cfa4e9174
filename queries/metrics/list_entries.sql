-- title: 三张清单登记数 | Entries of the three lists
-- unit: 条 | entries      better: up          version: 1
-- group: concerns         decimals: 0
-- definition: 期内登入需求、资源、项目三张清单的条目数，按登记日期统计。 | Number of entries made in the lists of needs, resources and projects, by day opened.
-- value: count(*)         window: period      when_none: 0
-- dimensions: kind
-- One row per entry of the three lists.
select community, opened_on as day, kind, title, batch, source_row
from exchanges
