-- grain: one row per period, in order of grain and time
select grain, period, first_day, last_day
from periods
order by grain, first_day
