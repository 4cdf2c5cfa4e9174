"""Who is who, told apart again only where rows changed and where these share persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import duckdb

from lingti import catalog
from lingti.catalog import PERSON_KEYS
from lingti.warehouse import persons, plain


def tell_apart_again(
    con: duckdb.DuckDBPyConnection, communities: Sequence[str], people_sql: str
) -> None:
    """Brings `identities` and `lone_names` up to date where the rows of communities are others.

    `people_sql` yields every set of keys that these communities have now, or is "". Leaves
    `residents` for all communities that share persons with them, now or before.
    """
    keys = ", ".join(PERSON_KEYS)
    con.execute(
        f"create or replace temp table newly_seen as select community, {keys}"
        f" from {f'({people_sql})' if people_sql else 'identities limit 0'}"
    )
    con.execute(f"create or replace temp table nodes as {catalog.build_step('person_nodes')}")
    find_linked(con, communities)
    con.execute(
        f"""
        create or replace temp table people as
        select community, {keys} from newly_seen
        union all
        select community, {keys} from identities
        where community in (from linked)
            and community not in (select unnest($communities::varchar[]))
        """,
        {"communities": list(communities)},
    )
    persons.tell_apart(persons.keeping(con))
    for table in ("identities", "lone_names"):
        con.execute(f"delete from {table} where community in (from linked)")
    plain.add_persons(con)


def find_linked(con: duckdb.DuckDBPyConnection, communities: Sequence[str]) -> None:
    """Makes `linked` of these communities and all that share persons with them, step by step.

    It needs `nodes`, which `tell_apart_again` leaves: the keys of now and of before.
    """
    con.execute(
        "create or replace temp table linked as"
        " select unnest($communities::varchar[]) as community",
        {"communities": list(communities)},
    )
    has_more = bool(communities)
    while has_more:
        added = con.execute("""
            insert into linked
            with theirs as (select distinct node from nodes where community in (from linked))
            select distinct community
            from nodes semi join theirs using (node)
            where community not in (from linked)
        """).fetchall()
        has_more = added != [(0,)]


@contextmanager
def only_linked(
    con: duckdb.DuckDBPyConnection, tables: Iterable[str], *, of_last: bool = False
) -> Iterator[None]:
    """Lets tables hold the rows of the communities in `linked` only, as now or `of_last` time."""
    names = sorted(tables)
    ((here,),) = con.execute("select current_database()").fetchall()
    source = "last" if of_last else f'"{here}"'
    for name in names:
        con.execute(
            f"create temp table {name} as from {source}.main.{name}"
            " where community in (from linked)"
        )
    yield
    for name in names:
        con.execute(f"drop table temp.{name}")
