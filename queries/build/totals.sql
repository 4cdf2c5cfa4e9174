-- The states of communities with that of the district, and the population that counts: the last
-- CTE of every metric's SQL.
-- One row per place and period.
totals as (
    select community, grain, period, state, communities.{population} as population
    from states
    join communities using (community)
    union all
    select
        '{district}',
        grain,
        period,
        case
            when bool_and(state = 'not_run') then 'not_run'
            when bool_and(state in ('not_run', 'before_start')) then 'before_start'
            when bool_and(state in ('not_run', 'before_start', 'reported')) then 'reported'
            when bool_and(state in ('not_run', 'not_reported')) then 'not_reported'
            when bool_or(state = 'not_computable') then 'not_computable'
            else 'partial'
        end,
        sum(communities.{population}) filter (where state in {counted}),
    from states
    join communities using (community)
    group by grain, period
)
