-- tables: public_posts, totals
-- One row per service of a public-welfare post, and per total of people served.
select
    community,
    day,
    post,
    estate,
    service,
    estate || '×' || coalesce(service, '未填写') as estate_service,
    -- Communities number their posts alike, and estates of two may bear one name.
    community || '/' || post as post_held,
    community || '/' || estate as estate_served,
    served,
    hours,
    batch,
    source_row,
from public_posts
union all
select
    community,
    day,
    null as post,
    null as estate,
    category as service,
    null as estate_service,
    null as post_held,
    null as estate_served,
    value as served,
    null as hours,
    batch,
    source_row,
from totals
where measure = 'served'
