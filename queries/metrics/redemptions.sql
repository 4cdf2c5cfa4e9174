-- title: 兑换次数 | Redemptions
-- unit: 次 | redemptions  better: up          version: 1
-- group: redemptions      decimals: 0
-- definition: 期内积分兑换的笔数，一笔兑换多件只计一次，按兑换日期统计。 | Number of redemptions, each once however many items it took, by day redeemed.
-- value: count(*)         window: period      when_none: 0
-- dimensions: item, category, kind, merchant
-- One row per redemption. Goods without a merchant came from the community's own shelf.
select
    community,
    day,
    item,
    category,
    kind,
    case when merchant is null and kind = 'goods' then '社区货架' else merchant end as merchant,
    resident,
    batch,
    source_row,
from redemptions
