-- tables: concerns
-- One row per concern resolved; the day is the one on which it was.
select
    community,
    resolved_on as day,
    concerns.day as raised_on,
    category,
    channel,
    date_diff('day', concerns.day, resolved_on) as days,
    batch,
    source_row,
from concerns
where resolved_on is not null
