-- A new snapshot: of families that are new or replaced what is published now, of others what was;
-- `rests_on` is on how many people a value rests, for the next one, and nobody reads it.
create table published_values as
select told.*, whole.people as rests_on
from whole.published_values as told
join whole.metric_values as whole using (metric, community, grain, period)
semi join (from compared where kind in ('new', 'replaced')) as compared
    on compared.metric = told.metric and compared.year = left(told.period, 4)
where whole.dimension is not distinct from told.dimension
    and whole.member is not distinct from told.member
union all
select told.*
from last_values as told
semi join (from compared where kind not in ('new', 'replaced')) as compared
    on compared.metric = told.metric and compared.year = left(told.period, 4);

create table published_verdicts as
select told.*
from whole.published_verdicts as told
semi join (from compared where kind in ('new', 'replaced')) as compared
    on compared.metric = told.metric and compared.year = left(told.period, 4)
union all
select told.*
from last_verdicts as told
semi join (from compared where kind not in ('new', 'replaced')) as compared
    on compared.metric = told.metric and compared.year = left(told.period, 4);

create table published_comparisons as
select told.*
from whole.published_comparisons as told
semi join (from compared where kind in ('new', 'replaced')) as compared
    on compared.metric = told.metric and compared.year = left(told.period, 4)
union all
select told.*
from last_comparisons as told
semi join (from compared where kind not in ('new', 'replaced')) as compared
    on compared.metric = told.metric and compared.year = left(told.period, 4);

create table published_told_apart as
select told.*
from whole.published_told_apart as told
semi join (from compared where kind in ('new', 'replaced')) as compared
    on compared.metric = told.metric and compared.year = left(told.period, 4)
union all
select told.*
from last_told_apart as told
semi join (from compared where kind not in ('new', 'replaced')) as compared
    on compared.metric = told.metric and compared.year = left(told.period, 4);

create table families as select metric, year, published_at from compared;
