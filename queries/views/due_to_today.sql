-- What is due of the months there are data of, and of those after them that ended before $today: a
-- part of views.
months as (
    select strftime(first_day, '%Y-%m') as period, first_day, last_day(first_day) as last_day
    from (
        select unnest(generate_series(
            (select max(last_day) + 1 from periods where grain = 'month'), $today::date, interval 1 month
        ))::date as first_day
    )
    where last_day(first_day) < $today::date
),
due_to_today as (
    from due
    union all by name
    ({due})
)
