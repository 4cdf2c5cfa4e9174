-- title: 超期未办结诉求件数 | Concerns open for over 14 days
-- unit: 件 | concerns     better: down        version: 1
-- group: concerns         decimals: 0
-- definition: 期末提出已超过14天而尚未办结的诉求件数；办结当日起不再计入。 | Concerns raised more than 14 days before and not resolved at the period's end; from the day it is resolved a concern no longer counts.
-- value: count(*)         window: to_date     when_none: 0
-- dimensions: category, channel
-- One row per concern not resolved within 14 days; the day is the first one over.
select
    community,
    day + 15 as day,
    resolved_on as until,
    category,
    channel,
    batch,
    source_row,
from concerns
where resolved_on is null or resolved_on > concerns.day + 14
