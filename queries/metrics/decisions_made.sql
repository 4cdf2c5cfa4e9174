-- title: 会议决定事项数 | Decisions made
-- unit: 项 | decisions    better: none        version: 1
-- group: decisions        decimals: 0
-- definition: 期内会议作出的决定事项数，按会议日期统计；以社区报送的决定台账为准，页面登记的不计。 | Number of decisions made at meetings, by day of the meeting; as the communities' own lists hold them, without what was entered on a page.
-- value: count(*)         window: period      when_none: 0
-- dimensions: topic, owner
-- One row per decision.
select community, day, topic, decision, owner, batch, source_row
from decisions
