-- grain: one row per community, month and table whose days are not all spoken for; newest first
-- A month is due $reporting_day days after the months it is sent with; before that nothing is missing.
-- Without a $today all months of the data are.
with {due_to_today},
needed as (
    select community, tbl, part, period, first_day, last_day, ends_on
    from due_to_today
    where coalesce(ends_on + $reporting_day::integer < $today::date, true)
),
{days_had}
select
    needed.community,
    needed.period,
    needed.tbl,
    case when sum(coalesce(had.days, 0)) = 0 then 'not_reported' else 'partial' end as state,
    min(needed.ends_on) + $reporting_day::integer as due_on,
from needed
left join had using (community, tbl, part, first_day, last_day)
join communities using (community)
group by needed.community, needed.period, needed.tbl, communities.place
having sum(coalesce(had.days, 0)) < sum(needed.last_day - needed.first_day + 1)
order by needed.period desc, communities.place, needed.tbl
