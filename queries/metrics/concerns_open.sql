-- title: 未办结诉求件数 | Concerns open
-- unit: 件 | concerns     better: down        version: 1
-- group: concerns         decimals: 0
-- definition: 期末已提出而尚未办结的诉求件数；办结当日起不再计入。 | Concerns raised and not resolved at the period's end; from the day it is resolved a concern no longer counts.
-- value: count(*)         window: to_date     when_none: 0
-- dimensions: category, channel
-- One row per concern.
select community, day, resolved_on as until, category, channel, batch, source_row
from concerns
