-- grain: one row per community, in the district's order: the newest day it speaks for
with reach as (
    select needed.community, max(least(covered.last_day, needed.last_day)) as until
    from (
        select community, tbl, part, last_day from expected
        union all
        select community, tbl, part, last_day from unexpected
    ) as needed
    join covered using (community, tbl, part)
    group by needed.community
),
imports as (
    select community, max(imported_at) as imported_at
    from batches
    group by community
)
select communities.community, reach.until, imports.imported_at
from communities
left join reach using (community)
left join imports using (community)
order by communities.place
