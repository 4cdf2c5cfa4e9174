"""Finds and reads the SQL files: canonical tables, facts, metrics, checks, views, their headers.

A file is its own documentation: `-- key: value` comment lines before the first statement, several
to a line where two or more spaces part them. Nothing else says what a table or a metric is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from lingti.catalog import load, own, packs
from lingti.catalog.headers import CatalogError, Written, header, statement
from lingti.catalog.model import (
    DISTRICT,
    GROUPS,
    MERCHANT_COLUMNS,
    PEOPLE,
    PEOPLE_COLUMNS,
    PERSON,
    PERSON_KEYS,
    SHELF,
    SOURCE_COLUMN,
    SOURCE_ROW,
    TOTALS,
    UNFILLED,
    Catalog,
    Change,
    Check,
    Column,
    Facts,
    Metric,
    Table,
    dimension_title,
    group_place,
    group_title,
    member_title,
    own_groups,
)

__all__ = [
    "DISTRICT",
    "GROUPS",
    "MERCHANT_COLUMNS",
    "PEOPLE",
    "PEOPLE_COLUMNS",
    "PERSON",
    "PERSON_KEYS",
    "QUERIES",
    "SHELF",
    "SOURCE_COLUMN",
    "SOURCE_ROW",
    "TOTALS",
    "UNFILLED",
    "Catalog",
    "CatalogError",
    "Change",
    "Check",
    "Column",
    "Facts",
    "Metric",
    "Table",
    "build_step",
    "dimension_title",
    "group_place",
    "group_title",
    "header",
    "member_title",
    "of",
    "own",
    "own_groups",
    "parquet_sql",
    "program",
    "statement",
]

QUERIES = Path(__file__).parent.parent.parent / "queries"


def of(home: Path) -> Catalog:
    """The catalogue of a home: the program's, and what its own `queries/`, packs and pages add.

    The same one as long as no file of the home changes. Raises CatalogError for a file that cannot
    be read or is named as one of the program's.
    """
    folder = home / "queries"
    states = tuple(_states(folder)) if folder.is_dir() else ()
    held = tuple(packs.states(home).items())
    written = own.files(home)
    return _read(folder, states, held, written) if states or held or written else program()


@cache
def program() -> Catalog:
    """The catalogue of the program alone: that of a home without queries of its own."""
    return load.read(QUERIES)


def _states(folder: Path) -> Iterator[tuple[str, int, int]]:
    for kind in load.OWN_KINDS:
        for path in sorted((folder / kind).glob("*.sql")):
            status = path.stat()
            yield f"{kind}/{path.name}", status.st_mtime_ns, status.st_size


@lru_cache(maxsize=16)
def _read(
    folder: Path,
    _states: tuple[tuple[str, int, int], ...],
    held: tuple[tuple[str, str], ...],
    written: tuple[tuple[str, Written], ...],
) -> Catalog:
    """Read again once a file changed, a pack was taken or given back, or a page added something."""
    of_packs = (
        (packs.known()[name].folder, packs.OF_ARCHIVED if state == packs.ARCHIVED else ())
        for name, state in held
    )
    return load.read(QUERIES, (folder, ()), *of_packs, written=written)


@cache
def build_step(name: str) -> str:
    """The SQL of a build step in `queries/build/`. Raises FileNotFoundError."""
    return statement((QUERIES / "build" / f"{name}.sql").read_text("utf-8"))


@cache
def view_part(name: str) -> str:
    """The SQL of a part of views that builds use too, in `queries/views/`."""
    return statement((QUERIES / "views" / f"{name}.sql").read_text("utf-8"))


def parquet_sql(files: Iterable[Path | str]) -> str:
    """A DuckDB relation of the rows of batches' files; an older file may lack columns."""
    listed = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{listed}], union_by_name = true)"
