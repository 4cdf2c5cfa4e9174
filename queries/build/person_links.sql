-- Which keys belong to one person: the same ID, or the same phone with the same name.
-- One row per two keys, in both directions.
with known as (
    select distinct id_key, name_key, phone_key
    from people
    where id_key is not null or (name_key is not null and phone_key is not null)
)
select id_key as node, coalesce(phone_key || name_key, id_key) as other
from known where id_key is not null
union
select phone_key || name_key as node, coalesce(id_key, phone_key || name_key) as other
from known where phone_key is not null and name_key is not null
