-- title: 解决多于发现 | More solved than found
-- definition: 当天解决的问题多于发现的问题。 | More problems were solved than found that day.
-- advice: 此前发现、当天解决的不必处理；否则更正后重新上报。 | Fine where they were found earlier; else correct the numbers and send them again.
-- severity: warning
-- One row per grid and day.
select
    community,
    day,
    batch,
    source_row,
    solved::varchar as detail,
    concat('≤ ', coalesce(found, 0)) as expected,
from pack_grid_rounds
where solved > coalesce(found, 0)
