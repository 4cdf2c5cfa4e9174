"""What a submission rests on: the rows that count for a community and month, as one short mark.

It is another as soon as a row, a day covered or who is one person changes, and the same again when
that is undone. Which batch a row came with does not matter: who sends the same rows again changes
nothing.
"""

from __future__ import annotations

import hashlib

from lingti.catalog import PERSON, Table
from lingti.judging.periods import Period
from lingti.warehouse import Warehouse

_PLACES = (PERSON, "community", "batch", "source_row")
_THROUGH = "through"  # the last day of a row that tells of several


def marks(warehouse: Warehouse, month: Period) -> dict[str, str]:
    """Community → the mark of its rows in a month; those without any rows or days are left out.

    `warehouse` is one that holds everything.
    """
    parts = " union all ".join(
        [_days_covered(), *(_rows_of(table) for table in warehouse.catalog.tables.values())]
    )
    rows = warehouse.rows(
        f"select community, list([tbl, mark] order by tbl, mark) as marks from ({parts})"
        " group by community",
        first=month.first_day,
        last=month.last_day,
    )
    return {
        row["community"]: hashlib.sha256(repr(row["marks"]).encode()).hexdigest()[:24]
        for row in rows
    }


def standing_batches(warehouse: Warehouse, month: Period) -> dict[str, list[int]]:
    """Community → the batches that speak for a day of a month, whether they count or not."""
    rows = warehouse.rows(
        "select distinct batch, community from counting"
        " where first_day <= $last and last_day >= $first order by batch",
        first=month.first_day,
        last=month.last_day,
    )
    batches: dict[str, list[int]] = {}
    for row in rows:
        batches.setdefault(row["community"], []).append(row["batch"])
    return batches


def _days_covered() -> str:
    days = "greatest(first_day, $first::date), least(last_day, $last::date)"
    return (
        "select community, tbl || '/' || part as tbl,"
        f" md5(list(row({days}) order by first_day)::varchar) as mark from covered"
        " where first_day <= $last::date and last_day >= $first::date group by community, tbl, part"
    )


def _rows_of(table: Table) -> str:
    """SQL of one row per community: how many rows of a table there are, what stands in them, and
    of how many persons they tell.

    What ended, was resolved or completed after the month was open then, so that it stays the same.
    """
    persons = f"count(distinct {PERSON})" if table.has_person else "0"
    days = _days(table)
    columns = ", ".join(
        _as_of_month(column.name, column.name in days[1:])
        for column in table.columns
        if column.name not in _PLACES
    )
    return (
        f"select community, '{table.name}' as tbl, md5(row(count(*), {persons},"
        f" sum(md5_number_lower(row({columns})::varchar)))::varchar) as mark"
        f" from {table.name} where {_counts(table, days)} group by community"
    )


def _as_of_month(name: str, is_later_day: bool) -> str:
    if not is_later_day:
        return f'"{name}"'
    return f'case when "{name}" <= $last::date then "{name}" end'


def _counts(table: Table, days: list[str]) -> str:
    """Which rows count for the month: of a log those of its days, of a list those begun by then."""
    if table.has_day:
        has_spans = any(column.name == _THROUGH for column in table.columns)
        last = f"coalesce({_THROUGH}, day)" if has_spans else "day"
        return f"day <= $last::date and {last} >= $first::date"
    return f'coalesce("{days[0]}" <= $last::date, true)' if days else "true"


def _days(table: Table) -> list[str]:
    """The columns that hold days, the one a row begins on first."""
    return [
        column.name for column in table.columns if column.type == "date" and column.name != _THROUGH
    ]
