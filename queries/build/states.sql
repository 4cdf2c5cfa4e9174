-- What each community has reported of the tables that a metric needs: the first CTEs of every
-- metric's SQL. `known` is the last day of each community, `early` the periods before one from
-- which on something is expected in which there are facts all the same, `states` the state of each
-- period.
-- One row of `states` per community and period.
needed as (
    select community, tbl, part, first_day, last_day from expected where tbl in ({tables})
    union all
    select community, tbl, part, first_day, last_day from unexpected where tbl in ({tables})
),
-- Communities that sent something although it was not expected: it is not the case that they do not
-- run it.
came_unexpected as (select distinct community from unexpected where tbl in ({tables})),
has as (
    select
        needed.community,
        needed.tbl,
        needed.part,
        greatest(needed.first_day, covered.first_day) as first_day,
        least(needed.last_day, covered.last_day) as last_day,
    from needed
    join covered using (community, tbl, part)
    where covered.last_day >= needed.first_day and covered.first_day <= needed.last_day
),
-- What lies after the last day reported is not known yet, such as a decision due next week.
known as (select community, max(last_day) as last_day from has group by community),
days_needed as (
    select
        needed.community,
        periods.grain,
        periods.period,
        sum({needed_in_period}) as in_period,
        sum({needed_in_window}) as in_window,
    from needed, {periods} as periods
    group by all
),
days_had as (
    select
        has.community,
        periods.grain,
        periods.period,
        sum({had_in_period}) as in_period,
        sum({had_in_window}) as in_window,
    from has, {periods} as periods
    group by all
),
-- A period that cuts a span of which only a total is known, or asks of it what no total tells; or
-- one with rows of which no sheet has a column that the metric needs.
not_told as (
    select distinct spans.community, periods.grain, periods.period
    from spans
    join {periods} as periods
        on spans.first_day <= periods.last_day and spans.last_day >= {window_start}
    where spans.tbl in ({tables})
        and (spans.lacking is null or spans.lacking in ({needs}))
        and (
            spans.lacking is not null
            or spans.first_day < {window_start}
            or spans.last_day > periods.last_day
            or spans.measure is not null and not exists (
                select 1
                from spans as told
                where told.community = spans.community
                    and told.tbl = spans.tbl
                    and told.first_day = spans.first_day
                    and told.last_day = spans.last_day
                    and told.measure = '{totals}'
            )
        )
),
begins as (
    select community, max(first_day) as first_day from expected
    where tbl in ({tables})
    group by community
),
early as (
    select distinct facts.community, periods.grain, periods.period
    from {facts} as facts
    join known on known.community = facts.community and facts.day <= known.last_day
    join begins on begins.community = facts.community and facts.day < begins.first_day
    join {periods} as periods on periods.last_day < begins.first_day and {window}
),
states as (
    select
        communities.community,
        periods.grain,
        periods.period,
        case
            when coalesce(days_needed.in_period, 0) = 0 and early.period is not null
                then 'before_start'
            when coalesce(days_needed.in_period, 0) = 0
                then case when came_unexpected.community is null then 'not_run' else 'not_expected' end
            when coalesce(days_had.in_period, 0) = 0 then 'not_reported'
            when not_told.community is not null then 'not_computable'
            when days_had.in_window < days_needed.in_window then 'partial'
            else 'reported'
        end as state,
    from communities
    cross join {periods} as periods
    left join days_needed using (community, grain, period)
    left join days_had using (community, grain, period)
    left join not_told using (community, grain, period)
    left join early using (community, grain, period)
    left join came_unexpected using (community)
)
