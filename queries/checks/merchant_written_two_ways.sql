-- title: 同一商家写法不同 | One merchant written two ways
-- definition: 同一社区内两个商家名称仅在空格、标点、大小写、括号说明或“店”“公司”字样上不同。 | Within a community two names of merchants differ only in spaces, punctuation, case, words in brackets, or in words for shop and company.
-- advice: 确为同一商家的，登记为同一商家，或在表中统一写法。 | Where they are one merchant, enter an alias or write the name in one way.
-- severity: warning
-- One row per name; expected is the name written more often.
with written as (
    select community, merchant as name, signed_on as day, batch, source_row from partnerships
    union all
    select community, merchant, day, batch, source_row from redemptions
    union all
    select community, partner, day, batch, source_row from activities
),

names as (
    select
        community,
        name,
        count(*) as times,
        min({'day': day, 'batch': batch, 'source_row': source_row}) as cited,
        lower(name) as whole,
        regexp_replace(whole, '[(（\[【].*?[)）\]】]', '', 'g') as unbracketed,
        -- A likeness of letters would take neighbours with like names for one.
        [
            regexp_replace(
                regexp_replace(form, '[\s　\pP]', '', 'g'), '((股份|责任)*有限)?(公司|店)$', ''
            )
            for form in [whole, unbracketed]
        ] as forms,
    from written
    where name is not null
    group by community, name
)

select
    names.community,
    names.cited.day as day,
    names.cited.batch as batch,
    names.cited.source_row as source_row,
    names.name as detail,
    arg_max(usual.name, (usual.times, usual.name)) as expected,
from names
join names as usual
    on usual.community = names.community
    and (usual.times, usual.name) > (names.times, names.name)
    -- Two branches in brackets are two; a branch and the bare name are one.
    and (usual.forms[1] = any (names.forms) or usual.forms[2] = names.forms[1])
where names.forms[2] <> ''
group by all
