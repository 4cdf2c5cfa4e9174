-- tables: service, totals
-- A total tells of its people whether they are many or few, never who.
-- One row per volunteer, activity and day, and per total.
select
    community,
    day,
    category,
    activity,
    hours,
    resident,
    0 as many_people,
    0 as few_people,
    batch,
    source_row,
from service
union all
select
    community,
    day,
    category,
    activity,
    value as hours,
    null as resident,
    case when people >= 5 then 1 else 0 end as many_people,
    case when people >= 5 then 0 else 1 end as few_people,
    batch,
    source_row,
from totals
where measure = 'hours'
