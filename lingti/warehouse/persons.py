"""Who is who in stored batches, outside of a build."""

from __future__ import annotations

from pathlib import Path

import duckdb

from lingti import catalog
from lingti.catalog import PERSON_KEYS

Keys = tuple[str | None, ...]  # a community, then keys in the order of PERSON_KEYS


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
        con.execute(f"create table residents as {catalog.build_step('residents')}")
        told = " and ".join(f"{key} = ${key}" for key in wanted)
        found = con.execute(
            f"select distinct community, {keys} from residents where resident in"
            f" (select resident from residents where {told})",
            wanted,
        ).fetchall()
    return set(found)


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f"{name} varchar" for name in names)
