-- title: 在同一单位重复安置 | Placed twice at one employer
-- definition: 同一居民在同一用人单位的安置记录不止一条，从第二条起列出。 | A resident is placed at one employer more than once; listed from the second time on.
-- advice: 确认是否重复登记；重复的删去一条，属再次上岗的无需处理。 | See whether it was recorded twice: then remove one; a return to the same job needs nothing.
-- severity: warning
-- One row per placement after the first; expected is the day of the first.
select
    community,
    day,
    batch,
    source_row,
    string_agg(day::varchar, ', ') over so_far as detail,
    (first(day) over so_far)::varchar as expected,
from placements
where employer is not null
window so_far as (
    partition by resident, employer
    order by day, batch, source_row
    rows between unbounded preceding and current row
)
qualify row_number() over so_far > 1
