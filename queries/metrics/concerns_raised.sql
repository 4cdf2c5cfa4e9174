-- title: 诉求提出件数 | Concerns raised
-- unit: 件 | concerns     better: none        version: 1
-- group: concerns         decimals: 0
-- definition: 期内居民提出的诉求件数，按提出日期统计。 | Number of concerns raised, by day raised.
-- value: count(*)         window: period      when_none: 0
-- dimensions: category, channel
-- One row per concern.
select community, day, category, channel, batch, source_row
from concerns
