-- title: 诉求按期办结率 | Share of concerns resolved in time
-- unit: % | %             better: up          version: 1
-- group: concerns         decimals: 1         matures_days: 14
-- definition: 期内提出的诉求中，提出后14天内（含第14天）办结的比重，按提出日期统计；未办结的计入分母。 | Of the concerns raised, those resolved within 14 days, by day raised; unresolved ones count in the denominator.
-- numerator: count(*) filter (where in_time)      denominator: count(*)
-- window: period
-- dimensions: category, channel
-- One row per concern.
select
    community,
    day,
    category,
    channel,
    coalesce(resolved_on between day and day + 14, false) as in_time,
    batch,
    source_row,
from concerns
