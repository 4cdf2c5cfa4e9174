-- title: 志愿服务时长 | Volunteer hours
-- unit: 小时 | h          better: up          version: 1
-- group: volunteering     decimals: 0
-- definition: 期内服务台账登记的志愿服务小时数之和，按服务日期统计。 | Sum of the hours in the service log, by day of service.
-- value: sum(hours)       window: period      when_none: 0
-- dimensions: category, activity
-- One row per volunteer, activity and day.
select community, day, category, activity, hours, resident, batch, source_row
from service
