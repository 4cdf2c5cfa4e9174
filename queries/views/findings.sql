-- Findings with the file, sheet and row they point to: of some communities, of a rule, of some days.
-- One row per offence; what is NULL chooses nothing.
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
where coalesce(findings.community in $communities::varchar[], true)
    and coalesce(findings.check_name = $rule, true)
    and coalesce(findings.day >= $first::date, $first is null)
    and coalesce(findings.day <= $last::date, $last is null)
order by all
limit $most
