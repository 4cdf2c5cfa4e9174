-- title: 待对接需求数 | Needs open
-- unit: 条 | needs        better: down        version: 1
-- group: concerns         decimals: 0
-- definition: 期末已登记而尚未对接的需求条目数；对接当日起不再计入。 | Needs opened and not matched at the period's end; from the day it is matched a need no longer counts.
-- value: count(*)         window: to_date     when_none: 0
-- One row per need.
select
    community, opened_on as day, matched_on as until, title, batch, source_row
from exchanges
where kind = 'need'
