"""What came into a stock and went out of it between the ends of two periods.

A row comes in on its day and goes out on the day in `ends`; of signed amounts those below zero go
out. Of distinct things those come in that were not there before, and those go out that are no more.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from lingti.catalog import DISTRICT, Metric
from lingti.warehouse.publish import Warehouse
from lingti.warehouse.template import facts_with

_TWO = "(from periods where grain = $grain and period in ($before, $now))"
_OF_PLACE = f"($place = '{DISTRICT}' or counted.community = $place)"


def between(
    warehouse: Warehouse, metric: Metric, place: str, grain: str, before: str, now: str
) -> tuple[Decimal, Decimal] | None:
    """What came in and what went out, both as they were; None where it is no count and no sum."""
    distinct = re.fullmatch(r"count\(distinct (.+)\)", metric.numerator)
    amount = re.fullmatch(r"sum\((.+)\)", metric.numerator)
    if distinct:
        sql = _of_things(metric, distinct[1])
    elif amount or metric.numerator == "count(*)":
        sql = _of_rows(metric, amount[1] if amount else "1")
    else:
        return None
    (row,) = warehouse.rows(sql, place=place, grain=grain, before=before, now=now)
    return Decimal(str(row["came_in"] or 0)), Decimal(str(row["went_out"] or 0))


def _of_things(metric: Metric, thing: str) -> str:
    return f"""
with {facts_with(metric, _TWO)},
things as (
    select bool_or(period = $before) as was, bool_or(period = $now) as is_now
    from counted
    where {_OF_PLACE} and ({thing}) is not null
    group by {thing}
)
select
    count(*) filter (where is_now and not was) as came_in,
    count(*) filter (where was and not is_now) as went_out,
from things
"""


def _of_rows(metric: Metric, amount: str) -> str:
    gone = f"counted.{metric.ends} <= least(ends.last_day, known.last_day)"
    return f"""
with {facts_with(replace(metric, ends=None), _TWO)},
amounts as (
    select
        case counted.period when $now then 1 else -1 end as sign,
        {amount} as amount,
        {gone if metric.ends else "false"} as is_gone,
    from counted
    join periods as ends using (grain, period)
    join known on known.community = counted.community
    where {_OF_PLACE}
)
select
    sum(sign * greatest(amount, 0)) as came_in,
    sum(sign * (greatest(-amount, 0) + case when is_gone then amount else 0 end)) as went_out,
from amounts
"""
