-- The spans of days of which only a total is known.
-- One row per community, table, measure and span.
select distinct
    community,
    'service' as tbl,
    null::varchar as measure,
    day as first_day,
    through as last_day,
    null::varchar as lacking,
from service
where through > day
union all
select distinct
    totals.community,
    measures.tbl,
    totals.measure,
    totals.day,
    coalesce(totals.through, totals.day),
    null,
from totals
join (values {measures}) as measures(measure, tbl) on measures.measure = totals.measure
