-- title: 名册中不再出现 | Missing from the newest roster
-- definition: 以前全量名册中有、最新全量名册中没有的条目，自首份缺少它的名册截止日起视为终止。 | An entry of an earlier full roster that the newest one lacks; it counts as ended on the as-of day of the first roster without it.
-- advice: 核对：确已终止的，请在名册中保留该条并填写终止日期；漏报的，请补入名册后重新上报。 | If it has ended, keep the entry in the roster with its end date; if it was left out, add it and send the roster again.
-- severity: warning
-- One row per entry.
select community, day, batch, source_row, entry as detail, null as expected
from dropouts
