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
    case when secret.place is null then value end as value,
    case when secret.place is null then numerator end as numerator,
    case when secret.place is null then denominator end as denominator,
    null::bigint as people,
    case when secret.place is null then state else 'withheld' end as state,
from metric_values
-- A share can tell two quantities that are both withheld.
left join (select distinct place from secret) as secret on secret.place = metric_values.rowid
-- What `kept` names is there already.
anti join kept on kept.metric = metric_values.metric and kept.year = left(period, 4)
where grain in ('month', 'quarter', 'year')
