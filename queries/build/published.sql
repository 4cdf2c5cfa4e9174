-- metric_values as those may see them who must not learn about single persons: by month, quarter
-- and year, without what is withheld of any quantity that a metric tells, or of metrics that are for
-- officials and the community's own secretary only; and without naming withheld members where that
-- tells too much.
-- One row per metric, place, period and, where a dimension is named, member of it.
select
    metric,
    community,
    grain,
    period,
    dimension,
    member,
    case when is_told then value end as value,
    case when is_told then numerator end as numerator,
    case when is_told then denominator end as denominator,
    null::bigint as people,
    case when is_told then state else 'withheld' end as state,
from (
    select
        metric_values.*,
        withheld_rows.place is null and owners.metric is null as is_told,
        unlisted.facts is null as is_listed,
    from metric_values
    -- A share can tell two quantities that are both withheld.
    left join (select distinct place from withheld_rows) as withheld_rows
        on withheld_rows.place = metric_values.rowid
    left join owners on owners.metric = metric_values.metric
    join facts_of on facts_of.metric = metric_values.metric
    join protected_in on protected_in.community = metric_values.community
    left join unlisted
        on unlisted.area = protected_in.area
        and unlisted.facts = facts_of.facts
        and unlisted.grain = metric_values.grain
        and unlisted.period = metric_values.period
        and unlisted.dimension = metric_values.dimension
    -- What `unchanged` names is there already.
    anti join unchanged
        on unchanged.metric = metric_values.metric and unchanged.year = left(metric_values.period, 4)
    where metric_values.grain in ('month', 'quarter', 'year')
)
where is_told or is_listed
