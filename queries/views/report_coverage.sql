-- grain: one row per community and table expected in the days asked for, in the district's order
with needed as (
    select
        community,
        tbl,
        part,
        greatest(first_day, $first) as first_day,
        least(last_day, $last) as last_day,
    from expected
    where first_day <= $last and last_day >= $first
),
{days_had}
select
    needed.community,
    needed.tbl,
    sum(needed.last_day - needed.first_day + 1)::integer as days_expected,
    sum(coalesce(had.days, 0))::integer as days_reported,
    case
        when days_reported = 0 then 'not_reported'
        when days_reported < days_expected then 'partial'
        else 'reported'
    end as state,
from needed
left join had using (community, tbl, part, first_day, last_day)
join communities using (community)
group by needed.community, needed.tbl, communities.place
order by communities.place, needed.tbl
