-- title: 超期未办结诉求件数 | Concerns past their deadline
-- unit: 件 | concerns     better: down        version: 2
-- changed: 2 2026-11-30 有办理时限的按各自时限计，未填时限的仍按14天 | By the deadline of each case where one is given; else 14 days, as before
-- group: concerns         decimals: 0
-- definition: 期末已过办理时限（未填时限的按提出后14天）而尚未办结的诉求件数；办结当日起不再计入。 | Concerns past their deadline (14 days where none is given) and not resolved at the period's end; from the day it is resolved a concern no longer counts.
-- words: 超期诉求, 超期未办结诉求, 超期未办结件数, 逾期未办结诉求, 超时未办结诉求 | overdue concerns, concerns overdue, concerns open too long
-- value: count(*)         window: to_date     when_none: 0
-- dimensions: category, channel
-- judged_by: concerns_raised, concerns_resolved
-- sensitive: category
-- part_of: concerns_open
-- needs: resolved_on
-- people: cases           tables: concerns        ends: resolved_on
-- One row per concern not resolved by its deadline, else within 14 days; the day is the first one over.
select
    community,
    coalesce(due_on, concerns.day + 14) + 1 as day,
    resolved_on,
    category,
    channel,
    batch,
    source_row,
from concerns
where resolved_on is null or resolved_on > coalesce(due_on, concerns.day + 14)
