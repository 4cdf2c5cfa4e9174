-- grain: one row per merchant under agreement with several communities on $day, by name
select
    partnerships.merchant,
    list(partnerships.community order by communities.place) as communities,
    list(partnerships.signed_on order by communities.place) as signed,
    string_agg(distinct partnerships.sector, ' / ' order by partnerships.sector) as sector,
    string_agg(distinct partnerships.circle, ' / ' order by partnerships.circle) as circle,
from partnerships
join communities using (community)
where
    partnerships.signed_on <= $day::date
    and coalesce(partnerships.ended_on > $day::date, true)
group by partnerships.merchant
having count(distinct partnerships.community) > 1
order by partnerships.merchant
