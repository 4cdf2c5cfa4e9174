-- How what the same people add to again is spread over them; {facts} are the CTEs up to `counted`,
-- of months, and {numerator} adds up what a person has.
-- Where there are totals beside or in place of single rows, nobody knows.
-- One row per metric, community, grain and period.
with {facts},
by_month as (
    select community, period, resident, ({numerator})::double as amount
    from counted
    group by community, period, resident
),
by_person as (
    select by_month.community, longer.grain, longer.period, resident, sum(amount) as amount
    from by_month
    join periods as months on months.grain = 'month' and months.period = by_month.period
    join periods as longer on months.first_day between longer.first_day and longer.last_day
    where longer.grain <> 'week'
    group by by_month.community, longer.grain, longer.period, resident
)
select
    $metric as metric,
    community,
    grain,
    period,
    count(*) filter (where amount <> 0) as people,
    case when bool_and(resident is not null or amount = 0) then sum(amount * amount) end as squares,
from by_person
group by community, grain, period
