-- grain: one row per community, month and table whose days are not all spoken for; newest first
-- A month is due $reporting_day days after the months it is sent with; before that nothing is missing.
with needed as (
    select community, tbl, part, period, first_day, last_day
    from due
    where ends_on + $reporting_day::integer < $today::date
),
had as (
    select
        needed.community,
        needed.tbl,
        needed.part,
        needed.period,
        sum(
            least(covered.last_day, needed.last_day)
            - greatest(covered.first_day, needed.first_day) + 1
        ) as days,
    from needed
    join covered
        on covered.community = needed.community
        and covered.tbl = needed.tbl
        and covered.part = needed.part
        and covered.first_day <= needed.last_day
        and covered.last_day >= needed.first_day
    group by all
)
select
    needed.community,
    needed.period,
    needed.tbl,
    case when sum(coalesce(had.days, 0)) = 0 then 'not_reported' else 'partial' end as state,
from needed
left join had using (community, tbl, part, period)
join communities using (community)
group by needed.community, needed.period, needed.tbl, communities.place
having sum(coalesce(had.days, 0)) < sum(needed.last_day - needed.first_day + 1)
order by needed.period desc, communities.place, needed.tbl
