-- Who is who: one row per set of keys seen in a community, with the person it belongs to.
-- The same ID, or the same phone with the same name, is one person in the whole district; labels
-- spread along these two links until nothing changes. A row with a name only (or a phone only)
-- joins the one known person of that name (phone) in its community, else stands alone.
-- The label of a person is the smallest of its keys, so the order of imports does not matter.
with recursive
known as (
    select distinct id_key, name_key, phone_key
    from people
    where id_key is not null or (name_key is not null and phone_key is not null)
),
links as (
    select id_key as node, coalesce(phone_key || name_key, id_key) as other
    from known where id_key is not null
    union
    select phone_key || name_key as node, coalesce(id_key, phone_key || name_key) as other
    from known where phone_key is not null and name_key is not null
),
reached(node, label) using key (node) as (
    select node, min(least(node, other)) as label
    from links
    group by node
    union
    select links.node, min(other_side.label) as label
    from reached as other_side
    join links on links.other = other_side.node
    join recurring.reached as here on here.node = links.node
    where other_side.label < here.label
    group by links.node
),
labelled as (
    select distinct
        people.community,
        people.id_key,
        people.name_key,
        people.phone_key,
        reached.label,
    from people
    left join reached
        on reached.node = coalesce(people.id_key, people.phone_key || people.name_key)
),
named as (
    select community, name_key, min(label) as label, count(distinct label) as persons
    from labelled
    where label is not null and name_key is not null
    group by community, name_key
),
phoned as (
    select community, phone_key, min(label) as label, count(distinct label) as persons
    from labelled
    where label is not null and phone_key is not null
    group by community, phone_key
)
select
    labelled.community,
    labelled.id_key,
    labelled.name_key,
    labelled.phone_key,
    'r' || substr(md5(coalesce(
        labelled.label,
        case when named.persons = 1 then named.label end,
        case when phoned.persons = 1 then phoned.label end,
        labelled.community || coalesce(labelled.name_key, labelled.phone_key)
    )), 1, 16) as resident,
    labelled.label is null
        and coalesce(named.persons, phoned.persons, 0) <> 1 as stands_alone,
from labelled
left join named
    on labelled.label is null
    and named.community = labelled.community
    and named.name_key = labelled.name_key
left join phoned
    on labelled.label is null
    and labelled.name_key is null
    and phoned.community = labelled.community
    and phoned.phone_key = labelled.phone_key
