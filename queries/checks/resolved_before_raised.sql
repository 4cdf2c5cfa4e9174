-- title: 会审或办结早于提出 | Reviewed or resolved before raised
-- definition: 诉求的会审日期或办结日期早于提出日期。 | A concern's day of review or resolution is before the day it was raised.
-- advice: 核对三个日期，更正后重新上报。 | Check the three days, correct them and send them again.
-- severity: error
-- One row per concern.
select
    community,
    day,
    batch,
    source_row,
    least(reviewed_on, resolved_on)::varchar as detail,
    concat('≥ ', day) as expected,
from concerns
where least(reviewed_on, resolved_on) < day
