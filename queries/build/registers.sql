-- The rows of a list without days: those of the newest full list, or of the newest batch that
-- holds a case number.
select stored.*, counting.community, counting.part,
from read_parquet($files, union_by_name = true) as stored
join counting on counting.batch = stored.batch and counting.tbl = '{table}'
qualify counting.replaces <> 'key' or counting.rank = max(counting.rank) over (
    partition by counting.community, counting.part, counting.replaces, stored.case_key
)
