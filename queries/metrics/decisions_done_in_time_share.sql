-- title: 决定按期完成率 | Share of decisions done in time
-- unit: % | %             better: up          version: 1
-- group: decisions        decimals: 1         matures_days: 7
-- definition: 期内到期的决定事项中，在完成期限当日或之前完成的比重，按完成期限统计；未完成的计入分母，无期限的不计；以社区报送的决定台账为准，页面登记的不计。 | Of the decisions due, those done on or before their due day, by day due; those not done count in the denominator, those without a due day do not; as the communities' own lists hold them, without what was entered on a page.
-- words: 决定按时完成率, 决定事项按期完成率, 决定事项按时完成率, 决定按期落实率 | decisions done in time, decisions done on time, on-time rate of decisions
-- numerator: count(*) filter (where in_time)      denominator: count(*)
-- window: period
-- dimensions: topic, owner
-- needs: due_on, done_on
-- people: none            tables: decisions
-- A decision done is recorded as done at the next weekly meeting.
-- One row per decision with a due day; the day is the due day.
select
    community,
    due_on as day,
    topic,
    decision,
    owner,
    coalesce(done_on <= due_on, false) as in_time,
    batch,
    source_row,
from decisions
where due_on is not null
