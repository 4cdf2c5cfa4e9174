-- grain: one row per community, with the newest batch that stands; none if nothing was imported
select
    batches.batch,
    batches.title_zh,
    batches.title_en,
    batches.covers,
    batches.imported_at,
    batches.imported_by,
    batches.read_rows,
    batches.accepted,
    batches.quarantined,
    batches.set_aside,
    batches.read_rows - batches.accepted - batches.quarantined - batches.set_aside as already_present,
from batches
where batches.community = $community
order by batches.imported_at desc, batches.batch desc
limit 1
