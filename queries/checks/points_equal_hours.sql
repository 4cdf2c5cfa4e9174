-- title: 积分与服务时长不符 | Points do not equal hours
-- definition: 同一居民同一天获得的积分与服务时长按规定折算的积分相差1分及以上。 | A resident's points earned on a day differ by 1 or more from what the hours of service of that day are worth.
-- advice: 核对当天的服务时长和积分台账，更正有误的一份后重新上报。 | Compare the service log and the points ledger of that day, correct the wrong one and send it again.
-- severity: warning
-- One row per resident and day; the rule's value is the points of one hour.
with hours_and_points as (
    select community, resident, day, hours, 0 as points, 2 as rank, batch, source_row
    from service
    union all
    select community, resident, day, 0 as hours, points, 1 as rank, batch, source_row
    from points
    where kind = 'earn'
),

days_added_up as (
    select
        community,
        resident,
        day,
        sum(hours) as hours,
        sum(points) as points,
        -- The ledger's row where there is one.
        min({'rank': rank, 'batch': batch, 'source_row': source_row}) as cited,
    from hours_and_points
    group by community, resident, day
),

days_of_both as (
    select
        community,
        greatest(log.first_day, ledger.first_day) as first_day,
        least(log.last_day, ledger.last_day) as last_day,
    from covered as log
    join covered as ledger using (community)
    where log.tbl = 'service' and ledger.tbl = 'points'
)

select
    days_added_up.community,
    day,
    cited.batch as batch,
    cited.source_row as source_row,
    points::varchar as detail,
    format('{:g}', hours * rules.value) as expected,
from days_added_up
join rules using (community)
-- A month of which only one of the two has come is not compared.
semi join days_of_both
    on days_of_both.community = days_added_up.community
    and day between first_day and last_day
where check_name = 'points_equal_hours' and abs(points - hours * rules.value) >= 1
