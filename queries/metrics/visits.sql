-- title: 入户走访户次 | Household visits
-- unit: 户次 | visits     better: up          version: 1
-- group: concerns         decimals: 0
-- definition: 期内入户走访的户次，同一户走访两次计两次，按走访日期统计。 | Number of household visits, a household visited twice counting twice, by day visited.
-- value: count(*)         window: period      when_none: 0
-- One row per household visited.
select community, day, household, batch, source_row
from visits
