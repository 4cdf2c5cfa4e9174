-- The rows of a list without days: those of the newest full list, or of the newest batch that
-- holds a case number.
select stored.*, counting.community, counting.part,
from read_parquet($files, union_by_name = true) as stored
join (
    -- Once per batch, however many spans of days it counts for.
    select distinct batch, community, part, replaces, rank from counting where tbl = '{table}'
) as counting using (batch)
qualify counting.replaces <> 'key' or counting.rank = max(counting.rank) over (
    partition by counting.community, counting.part, counting.replaces, stored.case_key
)
