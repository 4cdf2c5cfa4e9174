-- What publishing does to each family of metrics in a year, as `Change` of lingti/warehouse/snapshots
-- has it. A number that was told and would be told now tells of 1 to 4 people where so many more or
-- fewer stand behind it, or where what they come to differs by so little.
-- One row per metric and year.
create temp table compared as
with now_values as (
    select told.*, left(period, 4) as year, whole.people as rests_on
    from whole.published_values as told
    join whole.metric_values as whole using (metric, community, grain, period)
    where whole.dimension is not distinct from told.dimension
        and whole.member is not distinct from told.member
),
both_told as (
    select
        now.metric,
        now.year,
        now.dimension,
        now.member,
        abs(now.rests_on - was.rests_on) between 1 and 4
            or abs(now.numerator - was.numerator) between 1e-9 and 4
            or abs(now.denominator - was.denominator) between 1e-9 and 4
            or now.numerator is null and abs(now.value - was.value) between 1e-9 and 4
            as is_few,
    from now_values as now
    join last_values as was using (metric, community, grain, period)
    where now.dimension is not distinct from was.dimension
        and now.member is not distinct from was.member
        and now.state <> 'withheld' and was.state <> 'withheld'
        and now.value is not null and was.value is not null
),
few as (
    select distinct family, year, true as is_few
    from both_told
    join family_of using (metric)
    left join whole.ordinary_members as ordinary using (dimension, member)
    where is_few
        and (always or list_contains(sensitive, dimension) and ordinary.member is null)
),
different as (
    select distinct metric, year
    from (
        (select * exclude (rests_on) from now_values
            except all select * exclude (rests_on), left(period, 4) from last_values)
        union all
        (select * exclude (rests_on), left(period, 4) from last_values
            except all select * exclude (rests_on) from now_values)
    )
),
changed as (
    select distinct family, year, true as is_changed
    from different join family_of using (metric)
),
there as (
    select metric, year from now_values union select metric, left(period, 4) from last_values
)
select
    metric,
    family,
    year,
    case
        when last_families.published_at is null then 'new'
        when changed.is_changed is null then 'unchanged'
        when few.is_few then 'kept'
        else 'replaced'
    end as kind,
    case when kind in ('new', 'replaced') then $at else last_families.published_at end
        as published_at,
from there
join family_of using (metric)
left join last_families using (metric, year)
left join few using (family, year)
left join changed using (family, year)
