-- title: 仅凭姓名识别 | Known by name only
-- definition: 只有姓名（或只有手机号）、无法与已知人员对应的居民，在本社区按姓名计为一人；同名者会被合并。 | Residents with a name (or a phone) alone that join no known person; in their community one name counts as one person, so namesakes become one.
-- advice: 请在表中补充手机号或身份证号后重新上报。 | Add phone or ID numbers to the sheet and send it again.
-- severity: warning
-- One row per community and table, at its first such row; the detail counts the persons.
with named as (
    select 'service' as tbl, community, resident, day, batch, source_row from service
    union all
    select 'points', community, resident, day, batch, source_row from points
    union all
    select 'redemptions', community, resident, day, batch, source_row from redemptions
    union all
    select 'placements', community, resident, day, batch, source_row from placements
    union all
    select 'training', community, resident, day, batch, source_row from training
)
select
    named.community,
    min(named.day) as day,
    arg_min(named.batch, (named.day, named.batch, named.source_row)) as batch,
    arg_min(named.source_row, (named.day, named.batch, named.source_row)) as source_row,
    count(distinct named.resident)::varchar as detail,
    null as expected,
from named
semi join lone_names
    on lone_names.community = named.community and lone_names.resident = named.resident
group by named.community, named.tbl
