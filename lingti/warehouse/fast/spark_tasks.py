"""What a task of the build on Spark does: the build of DuckDB, of the communities of one area.

A task reads batches and what the planner and earlier tasks left in the shared folder, and writes
into a folder of its own attempt, which counts only if Spark takes the attempt for done.
"""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from lingti import catalog
from lingti.catalog import DISTRICT, PERSON_KEYS, Catalog, Table
from lingti.district.areas import Areas
from lingti.warehouse import canonical, description, persons, plain, resource_limits
from lingti.warehouse.fast import rollups, shared_facts, spark_parts
from lingti.warehouse.fast.spark_parts import SHARED_PERSONS, AreaParts, quoted
from lingti.warehouse.template import COLUMNS
from lingti.warehouse.withhold import FROM_AREAS, publish_values

DESCRIBED = (*(name for name in description.TABLES if name != "files"), "due")
# One row per canonical row of a community, one per fact of who it is about, or of a breach.
BESIDE = ("dropouts", "spans", "lone_names", "identities")
_IN_ORDER = "grain, dimension nulls first, period, community, member"
Done = dict[int, Path]  # number of a task → the folder of the attempt that counts


@dataclass(frozen=True)
class Work:
    """What all tasks of a build have in common.

    `left` are the folders of earlier steps, by the name of the step; `cores` of each task.
    """

    home: Path
    scratch: Path
    catalog: Catalog
    areas: Areas
    cores: int
    left: dict[str, Done]


Step = Callable[[duckdb.DuckDBPyConnection, Work, int, Path], None]


def run(work: Work, step: Step, numbers: Iterator[Any]) -> Iterator[Any]:
    """Does a step for the numbers of tasks in record batches; yields where each left its files."""
    import pyarrow as pa

    for batch in numbers:
        for number in batch.column(0).to_pylist():
            attempt = work.scratch / "attempts" / uuid.uuid4().hex
            attempt.mkdir(parents=True)
            with _database(work) as con:
                step(con, work, number, attempt)
            yield pa.RecordBatch.from_pydict({"task": [number], "folder": [str(attempt)]})


@contextmanager
def _database(work: Work) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database in a folder of its own, which goes with it."""
    local = os.environ.get("SPARK_EXECUTOR_DIRS", "").partition(os.pathsep)[0] or None
    with tempfile.TemporaryDirectory(prefix="lingti-", dir=local) as folder:
        config = resource_limits.of_task(Path(folder), work.cores)
        with duckdb.connect(f"{folder}/area.duckdb", config=config) as con:
            yield con


def find_keys(con: duckdb.DuckDBPyConnection, work: Work, area: int, attempt: Path) -> None:
    """Writes the keys of the area's persons, each with its label among those of the area."""
    _describe(con, work, area)
    staged = []
    for table in work.catalog.tables.values():
        files = _batch_files(con, work, table) if table.has_person else []
        if files:
            stored = canonical.stored_sql(table, catalog.parquet_sql(files))
            con.execute(f"create temp view stored_{table.name} as {stored}")
            there = {row[0] for row in con.execute(f"describe stored_{table.name}").fetchall()}
            lacking = "".join(f", null::varchar as {key}" for key in set(PERSON_KEYS) - there)
            con.execute(
                f"create or replace temp view keys_{table.name} as"
                f" select *{lacking} from stored_{table.name}"
            )
            staged.append(table)
    people = canonical.people_sql(staged).replace("stored_", "keys_")
    keys = ", ".join(f"null::varchar as {key}" for key in ("community", *PERSON_KEYS))
    con.execute(f"create temp table people as {people or f'select {keys} limit 0'}")
    persons.label(persons.keeping(con))
    copy(con, f"select {area} as area, * from labels", attempt / "labels.parquet")


def make_tables(con: duckdb.DuckDBPyConnection, work: Work, area: int, attempt: Path) -> None:
    """Writes the canonical tables of the area, and the rows of persons that are in others, too."""
    _describe(con, work, area)
    stored = [
        table
        for table in work.catalog.tables.values()
        if plain.store_files(con, table, _batch_files(con, work, table))
    ]
    _tell_apart(con, work, area, canonical.people_sql(stored))
    for table in stored:
        plain.fill_table(con, table)
        con.execute(f"drop table stored_{table.name}")
        order = f"community, {'day, ' if table.has_day else ''}batch, source_row"
        copy(con, f"from {table.name} order by {order}", attempt / f"{table.name}.parquet")
        if table.has_person:
            theirs = f"from {table.name} where resident in (from {SHARED_PERSONS})"
            copy(con, theirs, attempt / f"shared-{table.name}.parquet")
    plain.fill_spans(con, work.catalog)
    for name in (*BESIDE, SHARED_PERSONS):
        copy(con, f"from {name}", attempt / f"{name}.parquet")


def measure(con: duckdb.DuckDBPyConnection, work: Work, area: int, attempt: Path) -> None:
    """Writes findings and values of the area, and what the district's values are made of."""
    _describe(con, work, area)
    own = work.left["tables"][area]
    for name in (*work.catalog.tables, "dropouts", "spans", "lone_names"):
        if (path := own / f"{name}.parquet").exists():
            con.execute(f"insert into {name} from read_parquet({quoted(path)})")
    con.execute(
        f"create temp table {SHARED_PERSONS} as"
        f" from read_parquet({quoted(own / f'{SHARED_PERSONS}.parquet')})"
    )
    with _rows_of_shared_persons(con, work, area):
        plain.run_checks(con, work.catalog, "community in (select community from communities)")
    copy(con, "from findings", attempt / "findings.parquet")
    parts = attempt / "parts"
    parts.mkdir()
    rollups.measure_all(con, work.catalog.metrics.values(), parts=AreaParts(parts))
    _write_values(con, f"community <> '{DISTRICT}'", attempt)


def measure_district(
    con: duckdb.DuckDBPyConnection, work: Work, number: int, attempt: Path
) -> None:
    """Writes the district's values of the metrics that share the facts of that number."""
    con.execute(catalog.build_step("schema"))
    con.execute(f"insert into periods from read_parquet({quoted(_described(work, 'periods'))})")
    facts = shared_facts.by_facts(work.catalog.metrics.values())[number]
    areas = [work.left["values"][area] / "parts" for area in work.areas]
    spark_parts.measure_district(con, facts, areas)
    _write_values(con, "true", attempt)


def publish(con: duckdb.DuckDBPyConnection, work: Work, area: int, attempt: Path) -> None:
    """Writes what may be told to everybody of the values of an area, and what the district asks.

    The only area there is comes with the district.
    """
    is_alone = len(work.areas) == 1
    _describe(con, work, area)
    for name in work.catalog.tables:
        if files := _existing([work.left["tables"][area]], f"{name}.parquet"):
            con.execute(f"drop table {name}")
            con.execute(f"create view {name} as from {catalog.parquet_sql(files)}")
    done = [work.left["values"][area], *(work.left["district"].values() if is_alone else ())]
    _publish(con, work, done, attempt, None if is_alone else area)
    for name in FROM_AREAS:
        copy(con, f"from {name}", attempt / f"{name}.parquet")


def publish_district(
    con: duckdb.DuckDBPyConnection, work: Work, number: int, attempt: Path
) -> None:
    """Writes what may be told to everybody of the district, after its areas."""
    plain.create_tables(con, work.catalog)
    for name in ("periods", "ordinary_members"):
        con.execute(f"insert into {name} from read_parquet({quoted(_described(work, name))})")
    areas = list(work.left["published"].values())
    for name in FROM_AREAS:
        files = [area / f"{name}.parquet" for area in areas]
        con.execute(f"create temp table {name} as from {catalog.parquet_sql(files)}")
    _publish(con, work, work.left["district"].values(), attempt, number)


def _publish(
    con: duckdb.DuckDBPyConnection,
    work: Work,
    done: Iterable[Path],
    attempt: Path,
    area: int | None,
) -> None:
    for folder in done:
        con.execute(f"insert into metric_values ({COLUMNS}) {values_sql(folder / 'metric_values')}")
    publish_values(con, work.catalog.metrics.values(), only=area)
    copy(con, "from published_values", attempt / "published_values.parquet")


def values_sql(folder: Path) -> str:
    """SQL for the values that lie below a folder, by metric."""
    files = quoted(folder / "**" / "*.parquet")
    return (
        f"select {COLUMNS} from read_parquet({files}, hive_partitioning = true,"
        " hive_types = {'metric': varchar})"
    )


def copy(con: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    """Writes the rows of a query as Parquet."""
    con.execute(f"copy ({sql}) to {quoted(path)} (format parquet, compression zstd)")


def _write_values(con: duckdb.DuckDBPyConnection, where: str, attempt: Path) -> None:
    con.execute(
        f"copy (from metric_values where {where} order by metric, {_IN_ORDER}) to"
        f" {quoted(attempt / 'metric_values')} (format parquet, compression zstd,"
        " partition_by (metric))"
    )


def _described(work: Work, table: str) -> Path:
    return work.scratch / "description" / f"{table}.parquet"


def _describe(con: duckdb.DuckDBPyConnection, work: Work, area: int) -> None:
    """Makes all tables, and fills those that describe the area's communities."""
    plain.create_tables(con, work.catalog)
    chosen = {"communities": work.areas[area]}
    for table in DESCRIBED:
        columns = {row[0] for row in con.execute(f"describe {table}").fetchall()}
        theirs, known = (
            ("where community in (select unnest($communities::varchar[]))", chosen)
            if "community" in columns
            else ("", {})
        )
        con.execute(
            f"insert into {table} from read_parquet({quoted(_described(work, table))}) {theirs}",
            known,
        )


def _batch_files(con: duckdb.DuckDBPyConnection, work: Work, table: Table) -> list[Path]:
    """The files of the area's batches that hold rows of a table."""
    batches = con.execute(
        "select batch from batches where list_contains(tables, ?) order by batch", [table.name]
    ).fetchall()
    return canonical.paths(work.home, table, (batch for (batch,) in batches))


def _tell_apart(con: duckdb.DuckDBPyConnection, work: Work, area: int, people_sql: str) -> None:
    """Fills `identities` and `lone_names`; leaves `residents`, and who is in other areas, too."""
    con.execute(f"create temp table {SHARED_PERSONS} (resident varchar)")
    if not people_sql:
        return
    con.execute(f"create temp table people as {people_sql}")
    labels = quoted(work.left["keys"][area] / "labels.parquet")
    linked = f"select node, label from read_parquet({labels})"
    joined = work.scratch / "joined"
    if joined.exists():
        theirs = f"(from read_parquet({quoted(joined / '*.parquet')}) where area = {area})"
        con.execute(f"create temp table joined as {theirs}")
        linked = (
            "select node, coalesce(joined.person, labels.label) as label"
            f" from read_parquet({labels}) as labels left join joined using (label)"
        )
    con.execute(f"create temp table labels as {linked}")
    persons.name(persons.keeping(con))
    plain.add_persons(con)
    if joined.exists():
        con.execute(f"""
            insert into {SHARED_PERSONS}
            select distinct resident
            from residents
            join labels on labels.node = coalesce(id_key, phone_key || name_key)
            where labels.label in (select person from joined)
        """)


@contextmanager
def _rows_of_shared_persons(
    con: duckdb.DuckDBPyConnection, work: Work, area: int
) -> Iterator[None]:
    """Adds the rows that other areas hold of the area's persons, for as long as it lasts.

    Rules hold rows against others of their community, or of the same person elsewhere.
    """
    others = [work.left["tables"][other] for other in work.areas if other != area]
    tables = [table.name for table in work.catalog.tables.values() if table.has_person]
    for name in tables:
        files = _existing(others, f"shared-{name}.parquet")
        if files:
            con.execute(
                f"insert into {name} from {catalog.parquet_sql(files)}"
                f" where resident in (from {SHARED_PERSONS})"
            )
    yield
    for name in tables:
        con.execute(
            f"delete from {name} where community not in (select community from communities)"
        )


def _existing(folders: Sequence[Path], name: str) -> list[Path]:
    return [path for folder in folders if (path := folder / name).exists()]
