-- title: 诉求周内会审率 | Share of concerns reviewed within a week
-- unit: % | %             better: up          version: 1
-- group: concerns         decimals: 1         matures_days: 7
-- definition: 期内提出的诉求中，提出后7天内（含第7天）经会审的比重，按提出日期统计；未会审的计入分母。 | Of the concerns raised, those reviewed within 7 days, by day raised; unreviewed ones count in the denominator.
-- numerator: count(*) filter (where in_time)      denominator: count(*)
-- window: period
-- dimensions: category, channel
-- One row per concern.
select
    community,
    day,
    category,
    channel,
    coalesce(reviewed_on between day and day + 7, false) as in_time,
    batch,
    source_row,
from concerns
