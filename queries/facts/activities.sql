-- tables: activities, totals
-- One row per activity held, and per total of how many were held or came.
select community, day, title, category, partner, attendance, 1 as times, batch, source_row,
from activities
union all
select
    community,
    day,
    activity as title,
    category,
    null as partner,
    case when measure = 'attendance' then value end as attendance,
    case when measure = 'activities' then value else 0 end as times,
    batch,
    source_row,
from totals
where measure in ('activities', 'attendance')
