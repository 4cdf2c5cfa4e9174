-- grain: one row per community, in the district's order: the newest day it speaks for
with reach as (
    select expected.community, max(least(covered.last_day, expected.last_day)) as until
    from expected
    join covered using (community, tbl, part)
    group by expected.community
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
