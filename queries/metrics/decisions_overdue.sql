-- title: 逾期未完成事项数 | Decisions overdue
-- unit: 项 | decisions    better: down        version: 1
-- group: decisions        decimals: 0
-- definition: 期末已过完成期限而尚未完成的决定事项数；完成当日起不再计入；以社区报送的决定台账为准，页面登记的不计。 | Decisions past their due day and not done at the period's end; from the day it is done a decision no longer counts; as the communities' own lists hold them, without what was entered on a page.
-- words: 逾期决定事项, 逾期未完成决定事项, 逾期事项数, 超期未完成决定事项 | overdue decisions, decisions past due, decisions late
-- value: count(*)         window: to_date     when_none: 0
-- dimensions: topic, owner
-- judged_by: decisions_made, decisions_done
-- needs: due_on, done_on
-- people: none            tables: decisions       ends: done_on
-- One row per decision not done by its due day; the day is the first one overdue.
select
    community,
    due_on + 1 as day,
    done_on,
    topic,
    decision,
    owner,
    batch,
    source_row,
from decisions
where due_on is not null and (done_on is null or done_on > due_on)
