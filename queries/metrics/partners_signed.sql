-- title: 新签协议数 | Agreements signed
-- unit: 份 | agreements   better: up          version: 1
-- group: partnerships     decimals: 0
-- definition: 期内签订的商家协议份数，按签约日期统计；同一商家与两个社区签约计两份。 | Number of merchant agreements signed, by day signed; a merchant that signs with two communities counts twice.
-- value: count(*)         window: period      when_none: 0
-- dimensions: sector, circle, merchant
-- One row per merchant agreement.
select community, signed_on as day, merchant, sector, circle, batch, source_row
from partnerships
