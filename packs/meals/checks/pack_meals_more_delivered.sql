-- title: 送餐多于助餐 | More delivered than served
-- definition: 送餐上门或80岁以上份数多于当天的助餐份数。 | More meals were delivered, or for people over 80, than were served that day.
-- advice: 核对当天的份数，更正后重新上报。 | Check the numbers of that day, correct them and send them again.
-- severity: error
-- One row per canteen and day.
select
    community,
    day,
    batch,
    source_row,
    greatest(coalesce(delivered, 0), coalesce(aged_80, 0))::varchar as detail,
    concat('≤ ', meals) as expected,
from pack_meals_served
where greatest(coalesce(delivered, 0), coalesce(aged_80, 0)) > meals
