"""Finds and reads the SQL files: canonical tables, facts, metrics, checks, views, their headers.

A file is its own documentation: `-- key: value` comment lines before the first statement, several
to a line where two or more spaces part them. Nothing else says what a table or a metric is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from lingti.catalog import load
from lingti.catalog.headers import CatalogError, header, statement
from lingti.catalog.model import (
    DISTRICT,
    MERCHANT_COLUMNS,
    PEOPLE,
    PERSON,
    PERSON_KEYS,
    SHELF,
    SOURCE_ROW,
    UNFILLED,
    Change,
    Check,
    Column,
    Facts,
    Metric,
    Table,
    dimension_title,
    group_place,
    member_title,
)

__all__ = [
    "DISTRICT",
    "MERCHANT_COLUMNS",
    "PEOPLE",
    "PERSON",
    "PERSON_KEYS",
    "QUERIES",
    "SHELF",
    "SOURCE_ROW",
    "UNFILLED",
    "CatalogError",
    "Change",
    "Check",
    "Column",
    "Facts",
    "Metric",
    "Table",
    "build_step",
    "checks",
    "dimension_title",
    "facts",
    "group_place",
    "header",
    "member_title",
    "metric",
    "metrics",
    "parquet_sql",
    "statement",
    "tables",
    "view",
]

QUERIES = Path(__file__).parent.parent.parent / "queries"


@cache
def tables() -> dict[str, Table]:
    """Every canonical table by name, in alphabetical order."""
    return {path.stem: load.read_table(path) for path in sorted((QUERIES / "tables").glob("*.sql"))}


@cache
def facts() -> dict[str, Facts]:
    """The selects that several metrics count, by name, in alphabetical order."""
    return {
        path.stem: load.read_facts(path, tables())
        for path in sorted((QUERIES / "facts").glob("*.sql"))
    }


@cache
def metrics() -> dict[str, Metric]:
    """Every metric by name, in alphabetical order."""
    return {path.stem: metric(path) for path in sorted((QUERIES / "metrics").glob("*.sql"))}


def metric(path: Path) -> Metric:
    """Reads one metric file. Raises CatalogError for a missing or unknown header key."""
    return load.metric(path, tables(), facts(), checks())


@cache
def checks() -> dict[str, Check]:
    """Every check by name, in alphabetical order."""
    return {path.stem: load.read_check(path) for path in sorted((QUERIES / "checks").glob("*.sql"))}


@cache
def view(name: str) -> str:
    """The SQL of a view in `queries/views/`. Raises FileNotFoundError."""
    return statement((QUERIES / "views" / f"{name}.sql").read_text("utf-8"))


@cache
def build_step(name: str) -> str:
    """The SQL of a build step in `queries/build/`. Raises FileNotFoundError."""
    return statement((QUERIES / "build" / f"{name}.sql").read_text("utf-8"))


def parquet_sql(files: Iterable[Path | str]) -> str:
    """A DuckDB relation of the rows of batches' files; an older file may lack columns."""
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{listed}], union_by_name = true)"
