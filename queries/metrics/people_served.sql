-- title: 公益岗服务人次 | People served by public-welfare posts
-- unit: 人次 | people     better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内公益岗服务的人次之和，未填人次的不计，按服务日期统计。 | Sum of the people served by public-welfare posts where filled in, each as often as served, by day of service.
-- value: sum(served)      window: period      when_none: 0
-- dimensions: post, estate, service
-- One row per service of a public-welfare post with its people served filled in.
select community, day, post, estate, service, served, batch, source_row
from public_posts
where served is not null
