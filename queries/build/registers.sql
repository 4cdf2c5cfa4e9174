-- The rows of a list without days: those of the newest full list, or of the newest batch that
-- holds a case number.
with numbered as (
    select
        stored.*,
        counting.community,
        counting.part,
        counting.replaces,
        counting.rank,
        max(counting.rank) over (
            partition by counting.community, counting.part, counting.replaces, stored.case_key
        ) as newest_rank,
    from {files} as stored
    join (
        -- Once per batch, however many spans of days it counts for.
        select distinct batch, community, part, replaces, rank from counting where tbl = '{table}'
    ) as counting on counting.batch = stored.batch
)
select * exclude (replaces, rank, newest_rank)
from numbered
where replaces <> 'key' or rank = newest_rank
