-- title: 超过年龄上限 | Over the age limit
-- definition: 上岗居民的年龄达到或超过规定上限。 | A resident placed in a job is as old as the scheme's limit or older.
-- advice: 核对年龄；确属超龄的，不计入本项目安置。 | Check the age; a resident over the limit is no placement of this scheme.
-- severity: warning
-- One row per placement; the rule's value is the age from which the scheme no longer applies.
select
    community,
    day,
    batch,
    source_row,
    age::varchar as detail,
    format('< {:g}', rules.value) as expected,
from placements
join rules using (community)
where check_name = 'age_limit' and age >= rules.value
