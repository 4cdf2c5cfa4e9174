-- grain: one row per decision that an export holds, with the row it stands in and who imported it
select
    decisions.community,
    decisions.day,
    coalesce(decisions.topic, '') as topic,
    decisions.decision,
    coalesce(decisions.owner, '') as owner,
    decisions.due_on,
    decisions.done_on,
    {
        'batch': decisions.batch,
        'file': files.name,
        'sheet': files.sheets[decisions.source_row.sheet],
        'row': decisions.source_row."row",
        'imported_by': batches.imported_by,
        'imported_at': batches.imported_at
    } as origin,
from decisions
left join batches on batches.batch = decisions.batch
left join files
    on files.batch = decisions.batch and files.file = decisions.source_row.file
order by all
