-- title: 同日重复称重 | Weighed twice
-- definition: 同一小区同一天同一类别登记了两次相同的重量。 | An estate has the same weight of the same kind twice on a day.
-- advice: 核对是否重复登记；确属两次清运的不必处理。 | Check whether it was entered twice; two collections are fine.
-- severity: warning
-- One row per row but the first of those that are alike.
select
    community,
    day,
    batch,
    source_row,
    concat(estate, ' ', weight) as detail,
    null::varchar as expected,
from pack_waste_weighed
qualify row_number() over (partition by community, day, estate, kind, weight order by source_row) > 1
