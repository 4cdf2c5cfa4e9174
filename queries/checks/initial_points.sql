-- title: 初始积分不符 | Wrong initial points
-- definition: 居民没有初始积分、不止一次获得初始积分，或数额与规定不符。 | A resident has no initial points, has them more than once, or other points than the scheme says.
-- advice: 核对该居民的初始积分：应只有一笔，且为规定数额；没有的，查看其加入月份的台账是否漏报。 | Check the resident's initial points: one entry of the amount set; where there is none, whether the ledger of the month of joining is missing.
-- severity: error
-- One row per resident; the rule's value is the points everybody starts with once.
with ledger as (
    select
        community,
        resident,
        points,
        kind = 'initial' as is_initial,
        {'day': day, 'batch': batch, 'source_row': source_row} as cited,
    from points
),

starts as (
    select
        community,
        resident,
        count(*) filter (where is_initial) as times,
        sum(points) filter (where is_initial) as granted,
        string_agg(points::varchar, ' + ' order by cited) filter (where is_initial)
            as written,
        coalesce(max(cited) filter (where is_initial), min(cited)) as cited,
    from ledger
    group by community, resident
)

select
    community,
    cited.day as day,
    cited.batch as batch,
    cited.source_row as source_row,
    coalesce(written, '0') as detail,
    format('{:g}', rules.value) as expected,
from starts
join rules using (community)
where check_name = 'initial_points' and (times <> 1 or granted <> rules.value)
