-- tables: service
-- One row per volunteer, activity and day.
select community, day, category, activity, hours, resident, batch, source_row
from service
