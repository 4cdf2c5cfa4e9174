-- title: 需求对接率 | Share of needs matched
-- unit: % | %             better: up          version: 1
-- group: concerns         decimals: 1         matures_days: 30
-- definition: 期内登记的需求中，登记后30天内（含第30天）完成对接的比重，按登记日期统计；未对接的计入分母。 | Of the needs opened, those matched within 30 days, by day opened; unmatched ones count in the denominator.
-- numerator: count(*) filter (where in_time)      denominator: count(*)
-- window: period
-- One row per need.
select
    community,
    opened_on as day,
    title,
    coalesce(matched_on between opened_on and opened_on + 30, false) as in_time,
    batch,
    source_row,
from exchanges
where kind = 'need'
