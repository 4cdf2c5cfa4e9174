-- title: 人均志愿服务时长 | Hours per volunteer
-- unit: 小时 | h          better: up          version: 1
-- group: volunteering     decimals: 1
-- definition: 期内志愿服务小时数除以同期参与志愿者人数（按人去重），按服务日期统计。 | Volunteer hours over the distinct residents who served, by day of service.
-- numerator: sum(hours)   denominator: count(distinct resident)
-- window: period
-- dimensions: category, activity
-- One row per volunteer, activity and day.
select community, day, category, activity, hours, resident, batch, source_row
from service
