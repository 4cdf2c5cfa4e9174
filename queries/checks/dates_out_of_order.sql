-- title: 日期先后颠倒 | Dates out of order
-- definition: 派单早于点单、结业早于点单或派单、完成或期限早于会议、对接或完成早于登记、终止早于签约、下架早于上架。 | Dispatched before ordered, completed before ordered or dispatched, done or due before the meeting, matched or completed before opened, ended before signed, removed before stocked.
-- advice: 核对这两个日期，更正后重新上报。 | Check the two days, correct them and send them again.
-- severity: error
-- One row per pair of days out of order.
with pairs as (
    select community, day, dispatched_on as later, batch, source_row from training
    union all
    select community, greatest(day, dispatched_on), completed_on, batch, source_row
    from training
    union all
    select community, day, done_on, batch, source_row from decisions
    union all
    select community, day, due_on, batch, source_row from decisions
    union all
    select community, opened_on, matched_on, batch, source_row from exchanges
    union all
    select community, opened_on, completed_on, batch, source_row from exchanges
    union all
    select community, signed_on, ended_on, batch, source_row from partnerships
    union all
    select community, stocked_on, removed_on, batch, source_row from goods
)

select
    community,
    day,
    batch,
    source_row,
    later::varchar as detail,
    concat('≥ ', day) as expected,
from pairs
where later < day
