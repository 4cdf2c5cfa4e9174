-- By what persons are linked across communities: an ID, or a phone with a name.
-- One row per community, person and key.
with seen as (
    select community, name_key, phone_key, id_key from identities
    union all
    select community, name_key, phone_key, id_key from newly_seen
)
select distinct community, unnest([id_key, phone_key || name_key]) as node
from seen
where id_key is not null or (phone_key is not null and name_key is not null)
