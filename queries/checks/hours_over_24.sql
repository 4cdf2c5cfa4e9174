-- title: 一天服务超过24小时 | Over 24 hours of service in a day
-- definition: 同一居民同一天在全区各社区的服务时长合计超过24小时。 | A resident's hours of service on a day, in all communities together, are over 24.
-- advice: 与涉及的其他社区核对当天的服务时长，更正后重新上报。 | Check the hours of that day, with the other communities concerned, correct them and send them again.
-- severity: error
-- One row per resident, day and community concerned.
with days_over as (
    select resident, day, sum(hours) as hours
    from service
    group by resident, day
    having sum(hours) > 24
),

communities_concerned as (
    select
        community,
        resident,
        day,
        -- The longest of the community's entries.
        max({'hours': service.hours, 'batch': batch, 'source_row': source_row}) as cited,
        any_value(days_over.hours) as hours,
    from service
    join days_over using (resident, day)
    group by community, resident, day
)

select
    community,
    day,
    cited.batch as batch,
    cited.source_row as source_row,
    format('{:g}', hours::double) as detail,
    '≤ 24' as expected,
from communities_concerned
