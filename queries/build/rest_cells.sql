-- What is left of a whole, with the cells of the whole and its part.
-- One row per rest.
select rest.cell, part.cell as part, whole.cell as whole
from rests
join cells as rest on rest.quantity = rests.rest
join cells as part
    on part.quantity = rests.part
    and part.community = rest.community
    and part.grain = rest.grain
    and part.period = rest.period
    and part.dimension is not distinct from rest.dimension
    and part.member is not distinct from rest.member
join cells as whole
    on whole.quantity = rests.whole
    and whole.community = rest.community
    and whole.grain = rest.grain
    and whole.period = rest.period
    and whole.dimension is not distinct from rest.dimension
    and whole.member is not distinct from rest.member
