"""What a number would be otherwise: of some of its rows, without them, or read in another way.

Each is worked out from the rows that `ask.rows` returns, so a reader gets it of their own only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lingti.catalog import DISTRICT, Metric
from lingti.warehouse import ask
from lingti.warehouse.ask import Question
from lingti.warehouse.publish import Warehouse
from lingti.warehouse.template import member_sql

MOST_PARTS = 62  # of one kind, those with the most rows: a part for every day of two months
MOST_MET = 20_000_000  # rows times parts; of more only the parts themselves are added up
LONG_DAYS = 62  # a longer period is parted into months
_NO_MEASURE = {"row_number", "source_row", "batch", "period", "grain", "many_people", "few_people"}


@dataclass(frozen=True)
class Part:
    """Some of a number's rows: by `kind`, such as batch or a dimension, those of one value `part`.

    `only` is the number of these rows alone, `without` that of all others; None where there is
    nothing to compute, or it was too much.
    """

    kind: str
    part: str
    rows_count: int
    only: float | None
    without: float | None


@dataclass(frozen=True)
class Reading:
    """The same rows read in another way: `how`, and the column that is read, if it is of one."""

    how: str
    column: str
    value: float | None


def days(warehouse: Warehouse, question: Question) -> tuple[date, date] | None:
    """The first and last day of a question's one period or range; None where there is none."""
    relation, parameters = ask.periods_asked(question)
    rows = warehouse.rows(f"select first_day, last_day from {relation}", **parameters)
    return (rows[0]["first_day"], rows[0]["last_day"]) if len(rows) == 1 else None


def parts(
    warehouse: Warehouse, question: Question, days: tuple[date, date], denominator: float | None
) -> list[Part]:
    """The number parted by batch, file, source, day or month, community and every dimension.

    `days` are those of its period; `denominator` is that of a metric per residents or households.
    """
    columns = list(_facts(warehouse, question))
    all_parts: list[Part] = []
    for kind, sql in _kinds(question, columns, days).items():
        all_parts += _parted(warehouse, question, kind, sql, denominator)
    return all_parts


def readings(warehouse: Warehouse, question: Question) -> list[Reading]:
    """What counting or adding up the same rows otherwise gives.

    `rows` counts them, `once` counts rows alike in all columns once, `each` counts every row where
    the metric counts different values, `different` counts different values, `sum` adds up,
    `numerator` and `denominator` are those of a share.
    """
    metric = question.metric
    types = _facts(warehouse, question)
    asked: list[tuple[str, str, str]] = []
    if metric.denominator is not None:
        asked.append(("numerator", "", metric.numerator))
        if not metric.by_population:
            asked.append(("denominator", "", metric.denominator))
    distinct = metric.numerator.removeprefix("count(distinct ").rstrip(")")
    if distinct in types:
        asked.append(("each", distinct, f"count({distinct})"))
    asked.append(("rows", "", "count(*)"))
    for name, kind in types.items():
        if name in _NO_MEASURE:
            continue
        if name in ("resident", "home", "activity", "post_held") and name != distinct:
            asked.append(("different", name, f"count(distinct {name})"))
        elif _is_amount(kind) and f"sum({name})" != metric.numerator:
            asked.append(("sum", name, f"sum({name})"))
    chosen, parameters = ask.counted(question)
    once = "select distinct * exclude (batch, source_row) from chosen"
    selects = [f"select {at} as at, ({sql})::double as value from chosen"
               for at, (_how, _column, sql) in enumerate(asked)]  # fmt: skip
    selects.append(
        f"select {len(asked)} as at, ({metric.numerator})::double"
        f" / {_share(metric)} as value from ({once}) as chosen"
    )
    rows = warehouse.rows(f"{chosen} {' union all '.join(selects)}", **parameters)
    values = {row["at"]: row["value"] for row in rows}
    named = [Reading(how, column, values[at]) for at, (how, column, _sql) in enumerate(asked)]
    return [*named, Reading("once", "", values[len(asked)])] if not metric.by_population else named


def _share(metric: Metric) -> str:
    """The denominator of an aggregate over chosen rows, or 1."""
    own = metric.denominator is not None and not metric.by_population
    return f"nullif(({metric.denominator})::double, 0)" if own else "1"


def _is_amount(kind: str) -> bool:
    return kind.split("(")[0] in ("DOUBLE", "FLOAT", "DECIMAL", "INTEGER", "BIGINT", "SMALLINT")


def _facts(warehouse: Warehouse, question: Question) -> dict[str, str]:
    """The columns of the rows behind a number, each with its type."""
    chosen, parameters = ask.counted(question)
    rows = warehouse.rows(f"describe {chosen} select * from chosen", **parameters)
    return {row["column_name"]: row["column_type"] for row in rows}


def _kinds(question: Question, columns: list[str], days: tuple[date, date]) -> dict[str, str]:
    """Kind of part → SQL of the part that a row of `chosen` belongs to."""
    metric = question.metric
    source = "(select one.source from batches as one where one.batch = chosen.batch)"
    kinds = {
        "batch": "chosen.batch::varchar",
        "source": source,
        "file": "chosen.batch || '/' || chosen.source_row.file || '/' || chosen.source_row.sheet",
        "finding": "case when exists (select 1 from findings where findings.batch = chosen.batch"
        " and findings.source_row = chosen.source_row) then 'yes' end",
    }
    is_long = (days[1] - days[0]).days >= LONG_DAYS
    if metric.window == "period":
        kinds["month" if is_long else "day"] = (
            "strftime(chosen.day, '%Y-%m')" if is_long else "strftime(chosen.day, '%Y-%m-%d')"
        )
    if question.community in (None, DISTRICT):
        kinds["community"] = "chosen.community"
    if "resident" in columns:
        kinds["name_only"] = (
            "case when chosen.resident in (select resident from lone_names) then 'yes' end"
        )
    for name in metric.dimensions:
        if name in columns and not (question.members and name == question.by):
            kinds[name] = member_sql(f"chosen.{name}")
    return kinds


def _parted(
    warehouse: Warehouse, question: Question, kind: str, sql: str, denominator: float | None
) -> Iterator[Part]:
    metric = question.metric
    chosen, parameters = ask.counted(question)
    own = metric.denominator if metric.denominator and not metric.by_population else "null"
    aggregates = (
        f"count(*) as rows_count, ({metric.numerator})::double as numerator,"
        f" ({own})::double as denominator"
    )
    marked = f"{chosen}, marked as (select chosen.*, {sql} as part from chosen)"
    only = warehouse.rows(
        f"{marked} select part, {aggregates} from marked where part is not null group by part"
        f" order by rows_count desc, part limit {MOST_PARTS}",
        **parameters,
    )
    if not only:
        return
    # A sum over all rows lies behind each, so that of many parts of many rows it takes long.
    (total,) = warehouse.rows(f"{chosen} select count(*) as rows_count from chosen", **parameters)
    others: dict[str, dict[str, Any]] = {}
    if len(only) * total["rows_count"] <= MOST_MET:
        rest = warehouse.rows(
            f"{marked}, parts as (select distinct part from marked where part is not null)"
            f" select parts.part, {aggregates} from parts"
            " left join marked on marked.part is distinct from parts.part group by parts.part",
            **parameters,
        )
        others = {row["part"]: row for row in rest}
    for row in only:
        other = others.get(row["part"])
        left = total["rows_count"] - row["rows_count"]
        yield Part(
            kind,
            str(row["part"]),
            row["rows_count"],
            _value(metric, row, denominator),
            _value(metric, other, denominator) if other and left else None,
        )


def _value(metric: Metric, row: dict[str, Any], population: float | None) -> float | None:
    """The number of a row of aggregates; None where there is nothing to compute."""
    value: float | None = row["numerator"]
    if metric.denominator is None:
        return metric.when_none if value is None else value
    below = population if metric.by_population else row["denominator"]
    return value / below if value is not None and below else None
