-- title: 三方议事会次数 | Three-party councils held
-- unit: 次 | councils     better: up          version: 1
-- group: concerns         decimals: 0
-- definition: 期内召开的三方议事会（社区、业主、物业）次数，按议事日期统计。 | Number of councils of community, owners and property manager, by day held.
-- words: 三方议事会, 议事会次数, 三方议事次数, 召开议事会次数, 议事会场次 | councils held, three-party councils, council meetings
-- value: count(*)         window: period      when_none: 0
-- dimensions: topic, outcome
-- people: none            tables: councils
-- One row per council held.
select community, day, topic, outcome, batch, source_row
from councils
