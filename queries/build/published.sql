-- metric_values as those may see them who must not learn about single persons.
-- One row per cell; a withheld one has no value.
select
    cells.metric,
    cells.community,
    cells.grain,
    cells.period,
    cells.dimension,
    cells.member,
    case when withheld.cell is null then cells.value end as value,
    case when withheld.cell is null then cells.numerator end as numerator,
    case when withheld.cell is null then cells.denominator end as denominator,
    null::bigint as people,
    case when withheld.cell is null then cells.state else 'withheld' end as state,
from cells
left join withheld using (cell)
