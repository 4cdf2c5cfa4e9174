-- title: 诉求办结件数 | Concerns resolved
-- unit: 件 | concerns     better: up          version: 1
-- group: concerns         decimals: 0
-- definition: 期内办结的诉求件数，按办结日期统计，与何时提出无关。 | Number of concerns resolved, by day resolved, whenever they were raised.
-- value: count(*)         window: period      when_none: 0
-- dimensions: category, channel
-- One row per concern resolved.
select community, resolved_on as day, category, channel, batch, source_row
from concerns
where resolved_on is not null
