-- Which cells are withheld, and which members are named although they are.
-- One row per cell, in their order.
select
    withheld.cell is not null as is_withheld,
    unlisted.facts is null as is_listed,
from cells
left join withheld on withheld.cell = cells.cell
left join unlisted
    on unlisted.facts = cells.facts
    and unlisted.grain = cells.grain
    and unlisted.area = cells.area
    and unlisted.period = cells.period
    and unlisted.dimension = cells.dimension
order by cells.cell
