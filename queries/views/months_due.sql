-- grain: one row per community, table, part and month of which some days are expected, to $today
with {due_to_today}
from due_to_today
