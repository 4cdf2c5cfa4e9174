-- title: 公益岗服务小区数 | Estates served by public-welfare posts
-- unit: 个 | estates      better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内至少接受过一次公益岗服务的小区数，各社区分别去重，按服务日期统计。 | Distinct estates, within each community, with at least one service of a public-welfare post, by day of service.
-- value: count(distinct estate_served)            window: period      when_none: 0
-- dimensions: estate, post, service
-- One row per service of a public-welfare post.
select
    community,
    day,
    post,
    estate,
    service,
    -- Estates of two communities may bear one name.
    community || '/' || estate as estate_served,
    batch,
    source_row,
from public_posts
