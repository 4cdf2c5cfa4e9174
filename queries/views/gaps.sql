-- grain: one row per community, month and table whose days are not all spoken for; newest first
-- A month is due on $reporting_day of the next one; before that nothing is missing.
with months as (
    select period, first_day, last_day
    from periods
    where grain = 'month' and last_day + $reporting_day::integer < $today::date
),
needed as (
    select
        expected.community,
        expected.tbl,
        expected.part,
        months.period,
        greatest(expected.first_day, months.first_day) as first_day,
        least(expected.last_day, months.last_day) as last_day,
    from expected
    join months
        on expected.first_day <= months.last_day and expected.last_day >= months.first_day
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
