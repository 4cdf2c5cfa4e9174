-- title: 未完成决定事项数 | Decisions open
-- unit: 项 | decisions    better: down        version: 1
-- group: decisions        decimals: 0
-- definition: 期末已决定而尚未完成的事项数；完成当日起不再计入；以社区报送的决定台账为准，页面登记的不计。 | Decisions made and not done at the period's end; from the day it is done a decision no longer counts; as the communities' own lists hold them, without what was entered on a page.
-- value: count(*)         window: to_date     when_none: 0
-- dimensions: topic, owner
-- One row per decision.
select
    community, day, done_on as until, topic, decision, owner, batch, source_row
from decisions
