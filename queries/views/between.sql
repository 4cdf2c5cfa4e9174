-- grain: one row per metric and community compared in a period, in the district's order
select
    metric,
    how,
    rate as rate_of_all,
    unit_variance,
    dispersion,
    community as place,
    number,
    size,
    lower,
    upper,
    others,
    against,
    leads,
from told_apart
join comparisons using (metric, grain, period)
join communities using (community)
where metric in (select unnest($metrics)) and grain = $grain and period = $period
order by metric, communities.place
