-- The rows of a log that count: of each day those of the batch that counts for it; of each case
-- number those of the newest batch that holds it, however long ago the case began.
select stored.*, counting.community, counting.part,
from read_parquet($files, union_by_name = true) as stored
join counting
    on counting.batch = stored.batch
    and counting.tbl = '{table}'
    and (
        counting.replaces = 'key'
        or stored.{day} between counting.first_day and counting.last_day
    )
qualify counting.replaces <> 'key' or counting.rank = max(counting.rank) over (
    partition by counting.community, counting.part, counting.replaces, stored.case_key
)
