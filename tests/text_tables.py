"""Tables written as text, so that the rows and results of a test can be read at a glance.

The first line names the columns; two or more blanks part the cells, `-` is NULL and `.` is no
such row.
"""

from __future__ import annotations

import re
from typing import Any

import duckdb

from lingti import catalog
from lingti.warehouse.template import measure_sql

Line = tuple[str, ...]
_KEYS = ("community", "period", "dimension", "member")


def rows(text: str) -> list[dict[str, str | None]]:
    """The rows of a text table, column → cell; the database turns the texts into values."""
    header, *lines = cells(text)
    return [
        {name: None if cell == "-" else cell for name, cell in zip(header, line, strict=True)}
        for line in lines
    ]


def cells(text: str) -> list[Line]:
    """Header and lines of a text table as written."""
    return [tuple(re.split(r"\s{2,}", line.strip())) for line in text.strip().splitlines()]


def values(con: duckdb.DuckDBPyConnection, like: str, grain: str = "month") -> list[Line]:
    """Every value of the metrics named in a text table's header, as `cells` reads the table.

    A column is a metric's name for its values, or one of community, period, dimension, member,
    people, state, numerator and denominator; the latter four belong to the first metric named.
    """
    columns = cells(like)[0]
    named = [column for column in columns if column in catalog.program().metrics]
    measured = {name: _measured(con, name, grain) for name in named}
    keys = sorted({key for found in measured.values() for key in found}, key=_nulls_first)
    lines = [
        tuple(_cell(column, key, measured, first=named[0]) for column in columns) for key in keys
    ]
    return [tuple(columns), *lines]


def findings(con: duckdb.DuckDBPyConnection, check: str, like: str) -> list[Line]:
    """What a check finds, with the columns of a text table's header, as `cells` reads it.

    Columns are those of the check; `row` stands for the row in the file.
    """
    columns = cells(like)[0]
    picked = ", ".join('source_row."row"' if name == "row" else name for name in columns)
    found = con.execute(
        f"select {picked} from ({catalog.program().checks[check].sql}) order by all"
    )
    return [columns, *(tuple(map(_written, line)) for line in found.fetchall())]


_Key = tuple[str | None, ...]
_Measured = dict[_Key, dict[str, Any]]


def _measured(con: duckdb.DuckDBPyConnection, name: str, grain: str) -> _Measured:
    metric = catalog.program().metrics[name]
    sql = measure_sql(metric, dimensions=metric.dimensions)
    found = con.execute(f"from ({sql}) where grain = $grain", {"grain": grain})
    names = [column[0] for column in found.description or []]
    lines = [dict(zip(names, line, strict=True)) for line in found.fetchall()]
    keyed = {tuple(line[key] for key in _KEYS): line for line in lines}
    assert len(keyed) == len(lines), f"{name} has two rows of one place, period and member"
    return keyed


def _cell(column: str, key: _Key, measured: dict[str, _Measured], first: str) -> str:
    if column in _KEYS:
        return _written(key[_KEYS.index(column)])
    name, field = (column, "value") if column in measured else (first, column)
    line = measured[name].get(key)
    return "." if line is None else _written(line[field])


def _written(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _nulls_first(key: _Key) -> list[tuple[bool, str]]:
    return [(part is not None, part or "") for part in key]
