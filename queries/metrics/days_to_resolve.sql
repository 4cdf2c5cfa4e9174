-- title: 诉求办结天数 | Days to resolve a concern
-- unit: 天 | days         better: down        version: 1
-- group: concerns         decimals: 1
-- definition: 期内办结的诉求从提出到办结所用天数的中位数，按办结日期统计；办结早于提出的不计。 | Median days from raised to resolved of the concerns resolved, by day resolved; concerns resolved before they were raised do not count.
-- value: median(days)     window: period
-- dimensions: category, channel
-- One row per concern resolved.
select
    community,
    resolved_on as day,
    category,
    channel,
    date_diff('day', concerns.day, resolved_on) as days,
    batch,
    source_row,
from concerns
where resolved_on >= concerns.day
