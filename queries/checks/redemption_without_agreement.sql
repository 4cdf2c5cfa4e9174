-- title: 在无有效协议的商家兑换 | Redeemed without an agreement
-- definition: 兑换当天该商家与社区没有有效协议。 | On the day of the redemption the merchant had no agreement in force with the community.
-- advice: 核对商家名称和协议起止日期；名称写法不同的，登记为同一商家。 | Check the merchant's name and the days of its agreement; where the name is only written differently, enter an alias.
-- severity: warning
-- One row per redemption at a merchant; expected are the days of its agreements, if any.
select
    redemptions.community,
    redemptions.day,
    redemptions.batch,
    redemptions.source_row,
    merchant as detail,
    (
        select string_agg(concat(signed_on, '/', ended_on), ', ' order by signed_on)
        from partnerships
        where
            partnerships.community = redemptions.community
            and partnerships.merchant = redemptions.merchant
    ) as expected,
from redemptions
anti join partnerships as agreement
    on agreement.community = redemptions.community
    and agreement.merchant = redemptions.merchant
    and agreement.signed_on <= redemptions.day
    and (agreement.ended_on is null or agreement.ended_on > redemptions.day)
-- A merchant that signed after the newest roster is not in it yet.
semi join covered
    on covered.community = redemptions.community
    and covered.tbl = 'partnerships'
    and redemptions.day between covered.first_day and covered.last_day
where redemptions.merchant is not null
