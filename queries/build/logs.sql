-- The rows of a log that count: of each day those of the batch that counts for it; of each case
-- number those of the newest batch that holds it, however long ago the case began.
with numbered as (
    select
        stored.*,
        counting.community,
        counting.part,
        counting.rank,
        max(counting.rank) over (
            partition by counting.community, counting.part, stored.case_key
        ) as newest_rank,
    from {files} as stored
    join (
        -- Once per batch, however many spans of days it counts for.
        select distinct batch, community, part, rank
        from counting
        where tbl = '{table}' and replaces = 'key'
    ) as counting on counting.batch = stored.batch
)
select stored.*, counting.community, counting.part,
from {files} as stored
join counting
    on counting.batch = stored.batch
    and counting.tbl = '{table}'
    and counting.replaces <> 'key'
    and stored.{day} between counting.first_day and counting.last_day
union all
select * exclude (rank, newest_rank)
from numbered
where rank = newest_rank
