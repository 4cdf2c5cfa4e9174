-- grain: one row per community and rule that something breaks, the most frequent first
select findings.community, findings.check_name, count(*) as findings
from findings
left join communities using (community)
group by findings.community, findings.check_name, communities.place
order by findings desc, communities.place, findings.check_name
