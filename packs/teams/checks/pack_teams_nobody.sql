-- title: 无人参加的活动 | Nobody took part
-- definition: 活动登记的参加队员为0人。 | An action is recorded with no member taking part.
-- advice: 核对人数；未开展的活动请删除。 | Check the number; leave out actions that were not held.
-- severity: warning
-- One row per action.
select community, day, batch, source_row, team as detail, '≥ 1' as expected
from pack_teams_actions
where members = 0
