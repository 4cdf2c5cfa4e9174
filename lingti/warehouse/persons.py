"""Who is who: in a build, and in stored batches outside of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from lingti import catalog
from lingti.catalog import PERSON_KEYS

Keys = tuple[str | None, ...]  # a community, then keys in the order of PERSON_KEYS
Keep = Callable[[str, str], bool]  # (name, SQL): makes a relation; says whether it has any rows


def tell_apart(keep: Keep) -> None:
    """Makes `residents` from `people`: keys → person, on whatever engine `keep` runs."""
    label(keep)
    name(keep)


def name(keep: Keep) -> None:
    """Makes `residents` from `people` and their `labels`."""
    keep("residents", catalog.build_step("residents"))


def label(keep: Keep) -> None:
    """Makes `labels` from `people`: key → the smallest of all keys of the same person.

    Labels spread along the links between keys until none changes.
    """
    keep("links", catalog.build_step("person_links"))
    keep("labels", catalog.build_step("person_labels"))
    keep("changed_labels", "select * from labels")
    while keep("nearer_labels", catalog.build_step("person_labels_next")):
        keep(
            "labels",
            "select * from labels anti join nearer_labels using (node)"
            " union all select * from nearer_labels",
        )
        keep("changed_labels", "select * from nearer_labels")


def keeping(con: duckdb.DuckDBPyConnection) -> Keep:
    """Makes temporary tables of a DuckDB database."""

    def keep(name: str, sql: str) -> bool:
        con.execute(f"create or replace temp table {name} as {sql}")
        return con.execute(f"select 1 from {name} limit 1").fetchone() is not None

    return keep


def rows_of(files: list[tuple[Path, str]], wanted: dict[str, str]) -> set[Keys]:
    """Community and keys of every row of the person who has all the keys wanted (column → key).

    `files` are Parquet files of batches, each with its community.
    """
    if not files:
        return set()
    keys = ", ".join(PERSON_KEYS)
    with duckdb.connect() as con:
        con.execute(f"create table people (community varchar, {_columns(PERSON_KEYS)})")
        for path, community in files:
            con.execute(
                f"insert into people select distinct $community, {keys} from read_parquet($file)",
                {"community": community, "file": str(path)},
            )
        con.execute("create or replace table people as select distinct * from people")
        tell_apart(keeping(con))
        has_all_keys = " and ".join(f"{key} = ${key}" for key in wanted)
        rows = con.execute(
            f"select distinct community, {keys} from residents where resident in"
            f" (select resident from residents where {has_all_keys})",
            wanted,
        ).fetchall()
    return set(rows)


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f"{name} varchar" for name in names)
