-- grain: one row per community and rule that something breaks, in the district's order
-- A finding counts on the day of the row it points to, else on the last day of its batch, as in
-- the metric findings_count.
with dated as (
    select
        findings.community,
        findings.check_name,
        coalesce(findings.day, batches.as_of) as day,
    from findings
    left join batches using (batch)
)
select
    dated.community,
    dated.check_name,
    count(*) filter (where dated.day between $first and $last) as in_period,
    count(*) filter (where dated.day <= $last) as so_far,
from dated
join communities using (community)
group by dated.community, dated.check_name, communities.place
having so_far > 0
order by in_period desc, communities.place, dated.check_name
