-- title: 完成决定事项数 | Decisions done
-- unit: 项 | decisions    better: up          version: 1
-- group: decisions        decimals: 0
-- definition: 期内完成的决定事项数，按完成日期统计，与何时决定无关；以社区报送的决定台账为准，页面登记的不计。 | Number of decisions done, by day done, whenever they were made; as the communities' own lists hold them, without what was entered on a page.
-- words: 完成决定事项, 已完成决定事项, 决定事项完成数, 落实决定事项数 | completed decisions, decisions completed, decisions carried out
-- value: count(*)         window: period      when_none: 0
-- dimensions: topic, owner
-- needs: done_on
-- people: none            tables: decisions
-- One row per decision done.
select community, done_on as day, topic, decision, owner, batch, source_row
from decisions
where done_on is not null
