-- The states of communities with that of the district: the last CTE of every metric's SQL. Nobody
-- knows how many live in a district of which one is not known.
-- One row per place and period.
totals as (
    from sized
    union all
    select
        '{district}',
        grain,
        period,
        case
            when bool_and(state = 'not_run') then 'not_run'
            when bool_and(state in ('not_run', 'not_expected')) then 'not_expected'
            when bool_and(state in ('not_run', 'not_expected', 'before_start')) then 'before_start'
            when bool_and(state in ('not_run', 'not_expected', 'before_start', 'reported')) then 'reported'
            when bool_and(state in ('not_run', 'not_expected', 'not_reported')) then 'not_reported'
            when bool_or(state = 'not_computable') then 'not_computable'
            else 'partial'
        end,
        case
            when count(*) filter (where state in {counted} and population is null) = 0
                then sum(population) filter (where state in {counted})
        end,
    from sized
    group by grain, period
)
