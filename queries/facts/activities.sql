-- tables: activities
-- One row per activity held.
select community, day, title, category, partner, attendance, batch, source_row
from activities
