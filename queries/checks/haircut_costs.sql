-- title: 理发兑换积分不符 | Haircut at another price
-- definition: 兑换一次理发所用的积分与规定不符。 | A haircut was redeemed for other points than the scheme says.
-- advice: 核对兑换登记的积分和次数，更正后重新上报。 | Check the points and the quantity of the redemption, correct them and send it again.
-- severity: warning
-- One row per redemption; the rule's value is the points of one haircut.
select
    community,
    day,
    batch,
    source_row,
    points::varchar as detail,
    format('{:g}', quantity * rules.value) as expected,
from redemptions
join rules using (community)
where
    check_name = 'haircut_costs'
    and kind = 'service'
    and item like '%理发%'
    and points <> quantity * rules.value
