-- title: 半年走访覆盖率 | Households visited within half a year
-- unit: % | %             better: up          version: 1
-- group: concerns         decimals: 1
-- definition: 截至期末的近6个月内至少走访过一次的户数（去重）占总户数的比重。 | Distinct households visited at least once in the 6 months to the period's end, over all households.
-- numerator: count(distinct home)     denominator: households
-- window: last_6_months
-- One row per household visited.
select
    community,
    day,
    -- House numbers repeat from one community to the next.
    community || '/' || household as home,
    batch,
    source_row,
from visits
