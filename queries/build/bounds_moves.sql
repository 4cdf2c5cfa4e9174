-- How each level of a stock moved since the level before, beside what came in or went out of it
-- meanwhile; the first level is a move from nothing.
-- One row per level and flow, in order of the level.
with levels as (
    select
        cell as level,
        level as moved,
        quantity as stock,
        value - coalesce(lag(value) over (partition by series, grain order by first_day), 0) as rise,
    from cells
    where level is not null
)
select levels.level, levels.stock, levels.rise, flow.cell as flow, flow.quantity as quantity, flow.value as value,
from levels
join cells as flow using (moved)
order by levels.level, flow.cell
