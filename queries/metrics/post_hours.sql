-- title: 公益岗服务时长 | Hours of public-welfare posts
-- unit: 小时 | h          better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内公益岗服务小时数之和，未填时长的不计，按服务日期统计。 | Sum of the hours of public-welfare posts where they are filled in, by day of service.
-- value: sum(hours)       window: period      when_none: 0
-- dimensions: post, estate, service
-- One row per service of a public-welfare post with its hours filled in.
select community, day, post, estate, service, hours, batch, source_row
from public_posts
where hours is not null
