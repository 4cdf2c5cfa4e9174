-- The states of communities with the population that counts: that of the period's last day. The
-- first of the last CTEs of every metric's SQL.
-- One row per community and period.
sized as (
    select
        states.community,
        states.grain,
        states.period,
        states.state,
        populations.{population} as population,
    from states
    join {periods} as periods on periods.grain = states.grain and periods.period = states.period
    join populations
        on populations.community = states.community
        and periods.last_day between populations.from_day and populations.to_day
)
