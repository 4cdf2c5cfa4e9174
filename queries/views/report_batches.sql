-- grain: one row per batch that counts for any of the days asked for, in order of import
with used as (
    select distinct batch from counting where first_day <= $last and last_day >= $first
)
select
    batches.batch,
    batches.community,
    batches.title_zh,
    batches.title_en,
    batches.covers,
    batches.imported_at,
    batches.accepted,
    (select string_agg(files.name, '、' order by files.file)
        from files
        where files.batch = batches.batch) as files,
from batches
join used using (batch)
order by batches.batch
