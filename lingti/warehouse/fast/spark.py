"""Builds a warehouse on Apache Spark: DuckDB's build area by area, on as many machines as needed.

An area is a run of whole subdistricts, and a task is the build of one area, by the very SQL that
builds a district on one machine. Spark hands tasks out, does again what is lost, and finds who is
known in several areas. Rows and values become Parquet files in a folder that every machine
reaches; the warehouse is a DuckDB file with views of them, and nothing that reads it knows the
difference.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from lingti.catalog import Catalog
from lingti.district import District
from lingti.district.areas import areas
from lingti.ingest.keeping.batches import Manifest
from lingti.warehouse import canonical, description, plain
from lingti.warehouse.fast import incremental, shared_facts, spark_persons, spark_tasks
from lingti.warehouse.fast.spark_parts import quoted
from lingti.warehouse.fast.spark_session import session_on
from lingti.warehouse.fast.spark_tasks import Done, Step, Work
from lingti.warehouse.inputs import Inputs
from lingti.warehouse.withhold import DISTRICT_AREA

MASTER = "local[*]"
PUBLISHED = "published_values"


@dataclass
class Cluster:
    """A Spark session, and the work whose steps it hands out."""

    session: Any
    work: Work

    def do(self, name: str, step: Step, count: int, first: int = 1) -> Done:
        """Does a step for so many tasks; where each left its files, whatever was tried again."""
        numbers = self.session.range(first, first + count, 1, count)
        done = numbers.mapInArrow(
            partial(spark_tasks.run, self.work, step), "task bigint, folder string"
        )
        folders = {row.task: Path(row.folder) for row in done.collect()}
        self.work = replace(self.work, left={**self.work.left, name: folders})
        return folders


def fill(
    con: duckdb.DuckDBPyConnection, inputs: Inputs, folder: Path, master: str = MASTER
) -> None:
    """Fills an empty database as `build` does, on Spark; rows and values go into `folder`.

    Raises HomeError where Spark is not installed, or fails.
    """
    district, known = inputs.district, inputs.district.catalog
    plain.create_tables(con, known)
    description.describe(con, inputs)
    description.fill_due(con)
    if con.execute("select 1 from periods limit 1").fetchone():
        scratch = (folder / "scratch").absolute()
        _hand_over(con, scratch / "description")
        shared = district.home.absolute() / "warehouse" / ".spark"
        size = canonical_bytes(district, inputs.manifests)
        with session_on(master, shared, size) as session:
            cores = int(session.conf.get("spark.task.cpus", "1"))
            work = Work(
                district.home.absolute(), scratch, known, areas(district.communities), cores, {}
            )
            _build(con, Cluster(session, work), folder)
        shutil.rmtree(scratch)
    # The next build takes no part over from this one, and where nothing has changed all of it.
    incremental.keep_whole(con, inputs)


def canonical_bytes(district: District, manifests: Sequence[Manifest]) -> int:
    """How large the files of the batches are that hold rows."""
    return sum(
        path.stat().st_size
        for table in district.catalog.tables.values()
        for path in canonical.files_of(district.home, table, manifests)
    )


def _hand_over(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Writes what describes the district and its batches, for all tasks."""
    folder.mkdir(parents=True)
    for name in spark_tasks.DESCRIBED:
        spark_tasks.copy(con, f"from {name}", folder / f"{name}.parquet")


def _build(con: duckdb.DuckDBPyConnection, cluster: Cluster, folder: Path) -> None:
    """Makes rows, findings and values, and makes DuckDB read them."""
    known, count = cluster.work.catalog, len(cluster.work.areas)
    keys = cluster.do("keys", spark_tasks.find_keys, count)
    if count > 1:
        spark_persons.join_labels(
            cluster.session,
            [attempt / "labels.parquet" for attempt in keys.values()],
            cluster.work.scratch,
        )
    rows = cluster.do("tables", spark_tasks.make_tables, count)
    values = cluster.do("values", spark_tasks.measure, count)
    facts = shared_facts.by_facts(known.metrics.values())
    of_district = cluster.do("district", spark_tasks.measure_district, len(facts), first=0)
    published = cluster.do("published", spark_tasks.publish, count)
    if count > 1:
        published |= cluster.do("published_district", spark_tasks.publish_district, 1, first=0)
    _show_rows(con, known, rows, folder)
    for name, done in (*((name, rows) for name in spark_tasks.BESIDE), ("findings", values)):
        for attempt in done.values():
            con.execute(
                f"insert into {name} from read_parquet({quoted(attempt / f'{name}.parquet')})"
            )
    for area, attempt in values.items():
        _keep(attempt / "metric_values", folder / "metric_values" / f"area={area}")
    for attempt in of_district.values():
        for path in sorted((attempt / "metric_values").iterdir()):
            _keep(path, folder / "metric_values" / f"area={DISTRICT_AREA}" / path.name)
    _show(con, "metric_values", spark_tasks.values_sql(folder / "metric_values"))
    for area, attempt in published.items():
        _keep(attempt / f"{PUBLISHED}.parquet", folder / PUBLISHED / f"{area}.parquet")
    _show(con, PUBLISHED, f"from read_parquet({quoted(folder / PUBLISHED / '*.parquet')})")


def _show_rows(con: duckdb.DuckDBPyConnection, known: Catalog, rows: Done, folder: Path) -> None:
    """Makes DuckDB read the rows of canonical tables where areas have written any."""
    for name in known.tables:
        for area, attempt in rows.items():
            if (path := attempt / f"{name}.parquet").exists():
                _keep(path, folder / name / f"{area}.parquet")
        if (folder / name).exists():
            _show(con, name, f"from read_parquet({quoted(folder / name / '*.parquet')})")


def _show(con: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    """Puts a view in the place of an empty table."""
    con.execute(f"drop table {name}")
    con.execute(f"create view {name} as {sql}")


def _keep(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    path.rename(to)
