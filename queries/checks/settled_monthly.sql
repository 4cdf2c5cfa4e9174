-- title: 月末未结算 | Not settled at the month's end
-- definition: 有积分的居民在当月最后一天没有结算，或结算不止一次。 | A resident with points was not settled on the month's last day, or more than once.
-- advice: 补上该居民的月末结算行，日期为当月最后一天，然后重新上报。 | Add the resident's settlement, dated on the month's last day, and send the ledger again.
-- severity: warning
-- One row per resident and month's end; the rule's value is the settlements at each.
with ledger as (
    select points.*, last_day(day) as month_end
    from points
    join rules using (community)
    where check_name = 'settled_monthly'
),

residents as (
    select community, resident, min(day) as since from ledger group by community, resident
),

-- Only what has been reported can have been settled.
months_ended as (
    select distinct ledger.community, month_end as ended_on
    from ledger
    semi join covered
        on covered.community = ledger.community
        and covered.tbl = 'points'
        and month_end between covered.first_day and covered.last_day
),

settled as (
    select
        community,
        resident,
        ended_on as day,
        count(*) filter (where kind = 'settle' and ledger.day = ended_on) as times,
        max({'day': ledger.day, 'batch': batch, 'source_row': source_row}) as cited,
    from residents
    join months_ended using (community)
    join ledger using (community, resident)
    where since <= ended_on and ledger.day <= ended_on
    group by community, resident, ended_on
)

select
    community,
    day,
    cited.batch as batch,
    cited.source_row as source_row,
    times::varchar as detail,
    format('{:g}', rules.value) as expected,
from settled
join rules using (community)
where check_name = 'settled_monthly' and times <> rules.value
