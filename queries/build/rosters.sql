-- The newest full roster, and what stood in earlier ones and is missing since: that ended on the
-- as-of day of the first roster without it. History stays. A roster of the same day is a
-- correction and takes the other's place. Of a list by case number the newest version of each.
with lists as (
    select
        batch,
        community,
        part,
        replaces,
        as_of,
        max(batch) over (partition by community, part, replaces, as_of) as newest,
    from batches
    where list_contains(tables, '{table}')
),
rosters as (
    select
        batch,
        community,
        part,
        replaces,
        row_number() over by_age as number,
        case when replaces = 'all' then lead(as_of) over by_age end as next_as_of,
    from lists
    where replaces <> 'all' or batch = newest
    window by_age as (partition by community, part, replaces order by as_of, batch)
),
stood as (
    select
        stored.* exclude ({ends}),
        coalesce(stored.{ends}, rosters.next_as_of) as {ends},
        stored.{ends} is null and rosters.next_as_of is not null as dropped_out,
        rosters.community,
        rosters.part,
        rosters.replaces,
        rosters.number,
        case
            when rosters.replaces = 'key' then stored.case_key
            else coalesce(merchant_aliases.merchant, stored.{key})
        end as entry,
    from {files} as stored
    join rosters on rosters.batch = stored.batch
    left join merchant_aliases on merchant_aliases.written = stored.{key}
),
numbered as (
    select *, max(number) over (partition by community, part, replaces, entry) as newest_number
    from stood
)
select * exclude (number, newest_number, entry, replaces)
from numbered
where number = newest_number
