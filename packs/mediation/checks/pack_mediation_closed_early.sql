-- title: 结束早于受理 | Closed before it was taken up
-- definition: 调解结束日期早于受理日期。 | A dispute was closed before the day it was taken up.
-- advice: 核对两个日期，更正后重新上报。 | Check both days, correct them and send them again.
-- severity: error
-- One row per dispute.
select
    community,
    day,
    batch,
    source_row,
    closed_on::varchar as detail,
    concat('≥ ', day) as expected,
from pack_mediation_cases
where closed_on < day
