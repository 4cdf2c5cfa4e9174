-- tables: public_posts
-- One row per service of a public-welfare post.
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
