-- title: 参与志愿者人数 | Active volunteers
-- unit: 人 | people       better: up          version: 1
-- group: volunteering     decimals: 0
-- definition: 期内至少有一条志愿服务记录的居民人数，按人去重；同一人在几个社区服务，全区只计一次。 | Distinct residents with at least one entry in the service log, by day of service; somebody who serves in several communities counts once in the district.
-- value: count(distinct resident)     window: period      when_none: 0
-- dimensions: category, activity
-- One row per volunteer, activity and day.
select community, day, category, activity, resident, batch, source_row
from service
