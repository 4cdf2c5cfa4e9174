-- tables: redemptions
-- One row per redemption. Goods without a merchant came from the community's own shelf.
select
    community,
    day,
    item,
    category,
    kind,
    case when merchant is null and kind = 'goods' then '社区货架' else merchant end as merchant,
    quantity,
    points,
    resident,
    batch,
    source_row,
from redemptions
