-- title: 完成项目数 | Projects completed
-- unit: 个 | projects     better: up          version: 1
-- group: concerns         decimals: 0
-- definition: 期内完成的项目清单条目数，按完成日期统计，与何时登记无关。 | Number of entries of the list of projects completed, by day completed, whenever they were opened.
-- words: 完成项目, 已完成项目数, 项目完成数, 项目清单完成数 | completed projects, projects done, projects finished
-- value: count(*)         window: period      when_none: 0
-- needs: completed_on where kind = 'project'
-- people: none            tables: exchanges
-- One row per project completed.
select community, completed_on as day, title, batch, source_row
from exchanges
where kind = 'project' and completed_on is not null
