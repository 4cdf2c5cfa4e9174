-- Every week, month, quarter and year that touches the days from the programme's start to the
-- last day any batch speaks for, and the programme to date. January and February are a period
-- together too, as Spring Festival lies in one of them this year and in the other the next.
with days as (
    select unnest(generate_series($starts_on::date, $last_day::date, interval 1 day))::date as day
),
labelled as (
    select 'week' as grain, strftime(day, '%G-W%V') as period, date_trunc('week', day) as first_day,
    from days
    union
    select 'month', strftime(day, '%Y-%m'), date_trunc('month', day) from days
    union
    select 'jan-feb', strftime(day, '%Y-JF'), date_trunc('year', day) from days where month(day) < 3
    union
    select 'quarter', year(day) || '-Q' || quarter(day), date_trunc('quarter', day) from days
    union
    select 'year', strftime(day, '%Y'), date_trunc('year', day) from days
)
select
    grain,
    period,
    first_day::date as first_day,
    (first_day + case grain
        when 'week' then interval 7 day
        when 'month' then interval 1 month
        when 'jan-feb' then interval 2 month
        when 'quarter' then interval 3 month
        else interval 1 year
    end)::date - 1 as last_day,
from labelled
union all
select 'programme', 'programme', $starts_on::date, $last_day::date
where $last_day::date >= $starts_on::date
order by grain, first_day
