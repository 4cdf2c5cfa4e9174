-- grain: one row per community and kind of concern unresolved for over 14 days on $on
select
    concerns.community,
    coalesce(concerns.category, '') as category,
    count(*) as concerns,
    min(concerns.day) as oldest,
from concerns
join communities using (community)
where
    concerns.day + 14 < $on::date
    and (concerns.resolved_on is null or concerns.resolved_on > $on::date)
    and list_contains($places, concerns.community)
group by concerns.community, concerns.category, communities.place
order by communities.place, concerns desc, category
