-- title: 点单取证率 | Share of orders certified
-- unit: % | %             better: up          version: 1
-- group: jobs             decimals: 1         matures_days: 90
-- definition: 期内点单的培训名额中，至最新一次上报为止已结业并取得证书的比重，按点单日期统计。 | Of the course places ordered, those completed with a certificate as of the newest export, by day ordered.
-- numerator: count(certified_on)      denominator: count(*)
-- window: period
-- dimensions: course, provider
-- One row per course place ordered.
select
    community,
    day,
    course,
    provider,
    case when certificate then completed_on end as certified_on,
    resident,
    batch,
    source_row,
from training
