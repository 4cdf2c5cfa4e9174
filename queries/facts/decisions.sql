-- tables: decisions
-- One row per decision.
select community, day, done_on, topic, decision, owner, batch, source_row
from decisions
