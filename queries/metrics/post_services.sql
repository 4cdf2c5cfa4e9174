-- title: 公益岗服务次数 | Services of public-welfare posts
-- unit: 次 | services     better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内公益岗服务记录数，按服务日期统计。 | Number of services of public-welfare posts, by day of service.
-- value: count(*)         window: period      when_none: 0
-- dimensions: post, estate, service, estate_service
-- One row per service of a public-welfare post.
select
    community,
    day,
    post,
    estate,
    service,
    estate || '×' || coalesce(service, '未填写') as estate_service,
    batch,
    source_row,
from public_posts
