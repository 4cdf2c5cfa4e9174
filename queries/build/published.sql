-- metric_values as those may see them who must not learn about single persons: by month, quarter
-- and year, without what is withheld of any quantity that a metric tells.
-- One row per metric, place, period and, where a dimension is named, member of it.
select
    metric,
    community,
    grain,
    period,
    dimension,
    member,
    case when withheld_rows.place is null then value end as value,
    case when withheld_rows.place is null then numerator end as numerator,
    case when withheld_rows.place is null then denominator end as denominator,
    null::bigint as people,
    case when withheld_rows.place is null then state else 'withheld' end as state,
from metric_values
-- A share can tell two quantities that are both withheld.
left join (select distinct place from withheld_rows) as withheld_rows on withheld_rows.place = metric_values.rowid
-- What `unchanged` names is there already.
anti join unchanged on unchanged.metric = metric_values.metric and unchanged.year = left(period, 4)
where grain in ('month', 'quarter', 'year')
