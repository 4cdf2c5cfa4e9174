-- title: 超期未办结诉求件数 | Concerns open for over 14 days
-- unit: 件 | concerns     better: down        version: 1
-- group: concerns         decimals: 0
-- definition: 期末提出已超过14天而尚未办结的诉求件数；办结当日起不再计入。 | Concerns raised more than 14 days before and not resolved at the period's end; from the day it is resolved a concern no longer counts.
-- words: 超期诉求, 超期未办结诉求, 超期未办结件数, 逾期未办结诉求, 超时未办结诉求 | overdue concerns, concerns overdue, concerns open too long
-- value: count(*)         window: to_date     when_none: 0
-- dimensions: category, channel
-- judged_by: concerns_raised, concerns_resolved
-- people: cases           tables: concerns        ends: resolved_on
-- One row per concern not resolved within 14 days; the day is the first one over.
select
    community,
    day + 15 as day,
    resolved_on,
    category,
    channel,
    batch,
    source_row,
from concerns
where resolved_on is null or resolved_on > concerns.day + 14
