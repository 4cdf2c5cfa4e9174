-- What is expected of each month, and the end of the month, quarter, half-year or year that it is
-- sent with.
select
    expected.community,
    expected.tbl,
    expected.part,
    periods.period,
    greatest(expected.first_day, periods.first_day) as first_day,
    least(expected.last_day, periods.last_day) as last_day,
    last_day(
        date_trunc('year', periods.last_day)
        + to_months(((ceil(month(periods.last_day) / expected.months) * expected.months) - 1)::integer)
    ) as ends_on,
from expected
join {periods} as periods
    on expected.first_day <= periods.last_day and expected.last_day >= periods.first_day
where periods.grain = 'month'
order by all
