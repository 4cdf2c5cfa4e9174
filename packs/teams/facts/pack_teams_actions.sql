-- tables: pack_teams_actions
-- One row per team and action.
select community, day, team, category, members, batch, source_row
from pack_teams_actions
