-- title: 在岗公益岗数 | Public-welfare posts active
-- unit: 个 | posts        better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内至少有一次服务记录的公益岗数，各社区分别去重，按服务日期统计。 | Distinct public-welfare posts, within each community, with at least one service, by day of service.
-- value: count(distinct post_held)    window: period      when_none: 0
-- dimensions: post, estate, service
-- One row per service of a public-welfare post.
select
    community,
    day,
    post,
    estate,
    service,
    -- Communities number their posts alike; post 1 of two communities is two posts.
    community || '/' || post as post_held,
    batch,
    source_row,
from public_posts
