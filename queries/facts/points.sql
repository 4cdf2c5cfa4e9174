-- tables: points
-- One row per entry of the points ledger that is no redemption.
select community, day, kind, reason, points, resident, batch, source_row
from points
