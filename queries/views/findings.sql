-- Every finding with the file, sheet and row it points to.
-- One row per offence.
select
    findings.check_name as "check",
    findings.community,
    findings.day,
    findings.detail,
    findings.expected,
    findings.batch,
    files.name as file,
    files.sheets[findings.source_row.sheet] as sheet,
    findings.source_row."row" as "row",
    batches.imported_by,
    batches.imported_at,
from findings
left join batches on batches.batch = findings.batch
left join files on files.batch = findings.batch and files.file = findings.source_row.file
order by all
