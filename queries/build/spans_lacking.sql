-- The spans of days for which rows count of which no sheet has a column that metrics need; {table}
-- and {rows} are filled in, and {need}, which the rows are about.
-- One row per community and span.
select distinct
    counting.community,
    counting.tbl,
    null as measure,
    counting.first_day,
    counting.last_day,
    lacking_columns.need as lacking,
from lacking_columns
join counting using (batch, tbl)
where lacking_columns.tbl = '{table}'
    and lacking_columns.need = $need
    and counting.batch in (select batch from {table} where {rows})
