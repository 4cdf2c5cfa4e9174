-- The days spoken for out of spans of days that are `needed`: a part of views.
-- One row per span in `needed` of which some days are.
had as (
    select
        needed.*,
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
