-- Who is who: one row per set of keys seen in a community, with the person it belongs to.
-- Keys that are linked bear one of the `labels`, the smallest of them, so the order of imports
-- does not matter. A row with a name only (or a phone only) joins the one known person of that
-- name (phone) in its community, else stands alone.
with labelled as (
    select distinct
        people.community,
        people.id_key,
        people.name_key,
        people.phone_key,
        labels.label,
    from people
    left join labels
        on labels.node = coalesce(people.id_key, people.phone_key || people.name_key)
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
