-- tables: pack_mediation_cases
-- One row per dispute.
select community, day, kind, batch, source_row
from pack_mediation_cases
