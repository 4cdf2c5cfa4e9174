-- grain: one row per batch of $batches with the names of its files, in order of import
select
    batches.batch,
    batches.covers,
    batches.read_rows,
    batches.accepted,
    batches.quarantined,
    batches.set_aside,
    batches.imported_by,
    batches.imported_at,
    coalesce(
        list(files.name order by files.file) filter (where files.name is not null), []
    ) as files,
from batches
left join files using (batch)
where list_contains($batches, batches.batch)
group by all
order by batches.imported_at, batches.batch
