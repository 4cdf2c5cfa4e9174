-- grain: one row per decision made by $last and not done before $first
-- What happened after the last day reported, or after $last, is not known in the period: `as_of` is
-- the last day known.
with known as (
    select covered.community, max(least(covered.last_day, needed.last_day)) as last_day
    from covered
    join (
        select community, tbl, part, last_day from expected
        union all
        select community, tbl, part, last_day from unexpected
    ) as needed using (community, tbl, part)
    where covered.tbl = 'decisions'
    group by covered.community
),
followed as (
    select
        decisions.community,
        communities.place,
        decisions.day,
        decisions.topic,
        decisions.decision,
        decisions.owner,
        decisions.due_on,
        least(known.last_day, $last) as as_of,
        case when decisions.done_on <= as_of then decisions.done_on end as done_on,
    from decisions
    join known using (community)
    join communities using (community)
    where
        decisions.day <= least(known.last_day, $last)
        and coalesce(decisions.done_on >= $first, true)
)
select
    community,
    day,
    topic,
    decision,
    owner,
    due_on,
    done_on,
    as_of,
from followed
order by due_on nulls last, place, day, decision
