-- What is expected of each of some `months`, and the end of the month, quarter, half-year or year that
-- it is sent with: a part of views and of the build.
select
    expected.community,
    expected.tbl,
    expected.part,
    months.period,
    greatest(expected.first_day, months.first_day) as first_day,
    least(expected.last_day, months.last_day) as last_day,
    last_day(
        date_trunc('year', months.last_day)
        + to_months(((ceil(month(months.last_day) / expected.months) * expected.months) - 1)::integer)
    ) as ends_on,
from expected
join months
    on expected.first_day <= months.last_day and expected.last_day >= months.first_day
order by all
