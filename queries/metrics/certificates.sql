-- title: 取得证书数 | Certificates earned
-- unit: 本 | certificates  better: up          version: 1
-- group: jobs             decimals: 0
-- definition: 期内结业并取得证书的培训名额数，按结业日期统计；无结业日期的不计。 | Number of course places completed with a certificate, by day completed; places without such a day do not count.
-- value: count(*)         window: period      when_none: 0
-- dimensions: course, provider
-- One row per course place completed with a certificate.
select community, completed_on as day, course, provider, resident, batch, source_row
from training
where certificate and completed_on is not null
