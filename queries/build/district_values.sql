-- The district's values from `district_parts`; its states, and the population that counts, are
-- those of the totals measured now.
-- One row per metric, period and, where a dimension is named, member of it.
select
    parts.metric,
    totals.community,
    grain,
    period,
    parts.dimension,
    parts.member,
    case
        when totals.state not in {counted} then null
        when is_share then parts.numerator::double / nullif(under, 0)
        else parts.value::double
    end as value,
    case when is_share and totals.state in {counted} then parts.numerator::double end as numerator,
    case when is_share and totals.state in {counted} then under end as denominator,
    case when counts_people and totals.state in {counted} then parts.people::bigint end as people,
    totals.state,
from (
    select district_parts.*, is_share, by_population, counts_people
    from district_parts join kinds using (metric)
) as parts
join (
    from now_values where community = '{district}' and dimension is null
) as totals using (metric, grain, period),
lateral (
    select case when by_population then totals.denominator else parts.denominator::double end
        as under
)
