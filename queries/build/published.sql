-- metric_values as those may see them who must not learn about single persons: by month, quarter
-- and year, without what is withheld of any quantity that a metric tells.
-- One row per metric, place, period and, where a dimension is named, member of it.
with secret as (
    select distinct metric, community, grain, period, dimension, member
    from withheld
    join quantities using (quantity)
)
select
    measured.metric,
    measured.community,
    measured.grain,
    measured.period,
    measured.dimension,
    measured.member,
    case when secret.metric is null then measured.value end as value,
    case when secret.metric is null then measured.numerator end as numerator,
    case when secret.metric is null then measured.denominator end as denominator,
    null::bigint as people,
    case when secret.metric is null then measured.state else 'withheld' end as state,
from metric_values as measured
left join secret
    on secret.metric = measured.metric
    and secret.community = measured.community
    and secret.grain = measured.grain
    and secret.period = measured.period
    and secret.dimension is not distinct from measured.dimension
    and secret.member is not distinct from measured.member
where measured.grain in ('month', 'quarter', 'year')
