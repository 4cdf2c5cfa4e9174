-- What a reader can know of each cell. `is_bounded`: of a quantity that does not fall below zero in
-- the year; of others nothing has a least. `can_be_named`: whole numbers of which no member has none, so that
-- each member that is named has one at least. Communities are numbered from 0 and the district is -1;
-- `alone` is the one community that makes up a number of the district, -2 where all have none.
-- One row per cell, in their order.
with least as (
    select
        quantity,
        year,
        bool_and(value = trunc(value)) and min(value) filter (where dimension is not null) >= 1
            as comes_whole,
        min(value) >= 0 as is_bounded,
    from cells
    group by quantity, year
),
numbered as (
    select community, row_number() over (order by community) - 1 as number
    from (select distinct community from cells where not is_district)
),
makers as (
    select
        places,
        case count(*) filter (where value <> 0)
            when 0 then -2
            when 1 then any_value(number) filter (where value <> 0)
            else -1
        end as alone,
    from cells join numbered using (community)
    where not is_district
    group by places
)
select
    cells.value,
    cells.few,
    cells.is_distinct,
    cells.coarseness,
    coalesce(numbered.number, -1) as community,
    case when is_district then coalesce(makers.alone, -1) else -1 end as alone,
    is_bounded,
    dimension is not null and facts is not null and coalesce(comes_whole, false) as can_be_named,
from cells
join least using (quantity, year)
left join numbered using (community)
left join makers using (places)
order by cells.cell
