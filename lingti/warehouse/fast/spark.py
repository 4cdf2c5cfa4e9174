"""Builds a warehouse on Apache Spark: the same SQL, on as many machines as it takes.

SQLGlot turns the SQL of canonical tables and metrics into Spark's. What is small stays with
DuckDB: the description of the district and its batches, the checks, what is published. Rows and
values become Parquet files in a folder that every machine reaches; the warehouse is a DuckDB file
with views of them, and nothing that reads it knows the difference.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from lingti.catalog import SOURCE_COLUMN, Metric, Table
from lingti.district import District
from lingti.home import HomeError
from lingti.ingest.keeping.batches import Manifest
from lingti.language import gettext as _
from lingti.warehouse import canonical, description, persons, plain, template
from lingti.warehouse.fast import incremental
from lingti.warehouse.fast.ready_states import EarlyFacts, ready_states, states_key
from lingti.warehouse.inputs import Inputs
from lingti.warehouse.withhold import publish_values

MASTER = "local[*]"
AT_ONCE = 4  # metrics; while one waits for its last task another computes
TASK_BYTES = 32 * 2**20
AREA_COMMUNITIES = 100
DISTRICT_AREA = 0  # areas of communities are numbered from 1
DESCRIPTION = (
    *("communities", "populations", "expected", "unexpected", "covered", "counting"),
    *("batches", "merchant_aliases", "united_members", "periods", "areas"),
)


@dataclass(frozen=True)
class Engine:
    """A Spark session, and the folder for what one query leaves for the next."""

    session: Any
    scratch: Path

    def query(self, sql: str) -> Any:
        """The result of SQL in DuckDB's dialect, as Spark's frame."""
        return self.session.sql(to_spark(sql))

    def read(self, name: str, path: Path) -> None:
        """Gives Parquet files a name."""
        self.session.read.parquet(str(path)).createOrReplaceTempView(name)

    def keep(self, name: str, sql: str) -> bool:
        """Writes the rows of a query and gives them a name; whether there are any."""
        path = self.scratch / f"{name}-{len(list(self.scratch.iterdir()))}"
        self.query(sql).write.parquet(str(path))
        self.read(name, path)
        return bool(self.session.table(name).take(1))

    def share(self, name: str, sql: str) -> None:
        """Names a query whose rows are computed when first needed, and kept for others."""
        self.query(sql).createOrReplaceTempView(name)
        self.session.catalog.cacheTable(name)

    def hand_over(self, con: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
        """Copies tables of a DuckDB database."""
        for name in tables:
            path = self.scratch / f"{name}.parquet"
            con.execute(f"copy {name} to {_quoted(path)} (format parquet)")
            self.read(name, path)


def to_spark(sql: str) -> str:
    """SQL in DuckDB's dialect as Spark understands it. Raises where that cannot be said."""
    import sqlglot

    (translated,) = sqlglot.transpile(
        sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
    return str(translated)


def fill(
    con: duckdb.DuckDBPyConnection, inputs: Inputs, folder: Path, master: str = MASTER
) -> None:
    """Fills an empty database as `build` does, on Spark; rows and values go into `folder`.

    Raises HomeError where Spark is not installed, or fails.
    """
    district, manifests = inputs.district, inputs.manifests
    known = district.catalog
    plain.create_tables(con, known)
    description.describe(con, inputs)
    description.fill_due(con)
    con.execute("create temp table areas (community varchar, area integer)")
    con.executemany("insert into areas values (?, ?)", list(areas(district).items()))
    scratch = folder / "scratch"
    scratch.mkdir(parents=True)
    with _session(master, canonical_bytes(district, manifests)) as session:
        engine = Engine(session, scratch)
        engine.hand_over(con, DESCRIPTION)
        _make_tables(con, engine, district, manifests, folder)
        plain.run_checks(con, known)
        engine.hand_over(con, ["findings"])
        if con.execute("select 1 from periods limit 1").fetchone():
            metrics = known.metrics.values()
            _measure_all(engine, metrics, EarlyFacts(con), folder / "metric_values")
            _show_values(con, folder / "metric_values")
    # What is published is told by numbers of rows, which a view of files has not.
    con.execute("create temp table metric_values as from main.metric_values")
    publish_values(con, known.metrics.values())
    con.execute("drop table temp.metric_values")
    # The next build takes no part over from this one, and where nothing has changed all of it.
    incremental.keep_whole(con, inputs)
    shutil.rmtree(scratch)


def areas(district: District) -> dict[str, int]:
    """Community → the number of its area, from 1: whole subdistricts, 100 communities or more.

    Values are stored by area, so that who looks at some communities does not read all; the
    district as a whole has area 0.
    """
    found: dict[str, int] = {}
    of_subdistrict: dict[str, int] = {}
    number, filled = 1, 0
    for community in sorted(district.communities, key=lambda community: community.subdistrict.zh):
        name = community.subdistrict.zh
        if filled >= AREA_COMMUNITIES and (not name or name not in of_subdistrict):
            number, filled = number + 1, 0
        of_subdistrict[name] = found[community.id] = number
        filled += 1
    return found


def canonical_bytes(district: District, manifests: Sequence[Manifest]) -> int:
    """How large the files of the batches are that hold rows."""
    return sum(
        path.stat().st_size
        for table in district.catalog.tables.values()
        for path in canonical.files_of(district.home, table, manifests)
    )


@contextmanager
def _session(master: str, size: int) -> Iterator[Any]:
    """A Spark session for so many bytes of input. Raises HomeError."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise HomeError(
            _("PySpark is not installed here. Run `make spark`, then build again.")
        ) from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise HomeError(_("Spark needs Java 17 or newer, and there is none on this machine."))
    logging.getLogger("SQLQueryContextLogger").disabled = True  # prints whole stack traces
    builder = SparkSession.builder.appName("lingti").master(master)
    for name, value in _settings(master).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        try:
            session.sparkContext.setLogLevel("ERROR")
            _size_tasks(session, size)
            yield session
        finally:
            session.stop()
    except PySparkException as error:
        why = str(error).strip().partition("\n")[0]
        raise HomeError(
            _("Spark at {master} could not build: {why}. What is published stays.").format(
                master=master, why=why
            )
        ) from error


def _size_tasks(session: Any, size: int) -> None:
    """Cuts the work into tasks worth a start; little work is not compiled first."""
    session.conf.set("spark.sql.shuffle.partitions", str(max(2, size // TASK_BYTES)))
    if size < TASK_BYTES:
        session.conf.set("spark.sql.codegen.wholeStage", "false")
        session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        session.conf.set("spark.sql.adaptive.enabled", "false")


def _settings(master: str) -> dict[str, str]:
    """What a build needs; the rest is up to the cluster's own spark-defaults.conf."""
    settings = {
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.scheduler.mode": "FAIR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": f"{_memory_mb()}m",  # of this process, wherever the workers are
    }
    if master.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return settings


def _memory_mb() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return min(memory // 2, 8 * 1024)


def _make_tables(
    con: duckdb.DuckDBPyConnection,
    engine: Engine,
    district: District,
    manifests: Sequence[Manifest],
    folder: Path,
) -> None:
    """Makes the canonical tables of the rows that count, and views of them in DuckDB."""
    staged = [
        table
        for table in district.catalog.tables.values()
        if _stage(engine, table, canonical.files_of(district.home, table, manifests))
    ]
    if people := canonical.people_sql(staged):
        engine.keep("people", people)
        persons.tell_apart(engine.keep)
        path = engine.scratch / "lone_names"
        engine.query("select community, resident from residents where stands_alone").write.parquet(
            str(path)
        )
        con.execute(f"insert into lone_names from read_parquet({_quoted(path / '*.parquet')})")
    for table in district.catalog.tables.values():
        if table in staged:
            _fill(con, engine, table, folder / table.name)
        else:
            engine.hand_over(con, [table.name])
    plain.fill_spans(con, district.catalog)
    engine.hand_over(con, ["spans"])


def _stage(engine: Engine, table: Table, files: Sequence[Path]) -> bool:
    """Names the rows of a table that count `stored_…`; False where there are none."""
    if not files:
        return False
    columns = ", ".join(
        f"`{name}` {_spark_type(kind)}"
        for name, kind in (
            table.stored_types | {"batch": "integer", SOURCE_COLUMN: "integer"}
        ).items()
    )
    rows = engine.session.read.schema(columns).parquet(*(str(file) for file in files))
    rows.createOrReplaceTempView(f"rows_of_{table.name}")
    sql = canonical.stored_sql(table, f"rows_of_{table.name}")
    engine.query(sql).createOrReplaceTempView(f"stored_{table.name}")
    return True


def _spark_type(kind: str) -> str:
    import sqlglot

    return str(sqlglot.exp.DataType.build(kind, dialect="duckdb").sql("spark"))


def _fill(con: duckdb.DuckDBPyConnection, engine: Engine, table: Table, folder: Path) -> None:
    """Writes the rows of a canonical table by community, and makes DuckDB read them there."""
    order = ["community", "day"] if table.has_day else ["community"]
    united = canonical.united_in(con, table)
    rows = engine.query(canonical.canonical_sql(table, united)).repartitionByRange("community")
    rows.sortWithinPartitions(*order, "batch", "source_row").write.parquet(str(folder))
    engine.read(table.name, folder)
    columns = ", ".join(row[0] for row in con.execute(f"describe {table.name}").fetchall())
    con.execute(f"drop table {table.name}")
    con.execute(
        f"create view {table.name} as"
        f" select {columns} from read_parquet({_quoted(folder / '*.parquet')})"
    )
    if table.ends:
        path = engine.scratch / f"dropouts_{table.name}"
        engine.query(canonical.dropouts_sql(table)).write.parquet(str(path))
        con.execute(f"insert into dropouts from read_parquet({_quoted(path / '*.parquet')})")


def _measure_all(
    engine: Engine, metrics: Iterable[Metric], early: EarlyFacts, folder: Path
) -> None:
    """Computes metrics by the plain template, a few at once, into `metric=…/area=…/`."""
    states: dict[tuple[object, ...], str] = {}
    numbers: dict[str, str] = {}
    for metric in metrics:
        facts = early.of(metric)
        key = (*states_key(metric), facts)
        if key in states:
            numbers[metric.name] = states[key]
        else:
            number = numbers[metric.name] = states[key] = str(len(states))
            ctes = template.states_of(metric, facts=facts)
            engine.share(f"known_{number}", f"with {ctes.by_community} select * from known")
            engine.share(
                f"totals_{number}",
                f"with {ctes.by_community}, {ctes.with_district} select * from totals",
            )
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        done = [pool.submit(_measure, engine, one, numbers[one.name], folder) for one in metrics]
        for one in done:
            one.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _measure(engine: Engine, metric: Metric, states: str, folder: Path) -> None:
    computed = engine.query(
        template.measure_sql(metric, dimensions=metric.dimensions, states=ready_states(states))
    ).where("not (grain = 'week' and dimension is not null)")  # too fine to read
    placed = computed.drop("metric").join(engine.session.table("areas"), "community", "left")
    values = placed.fillna(DISTRICT_AREA, ["area"])
    # One file per area, its rows in the order in which pages ask for them.
    values.repartition("area").sortWithinPartitions(
        "area", "grain", "dimension", "period", "community", "member"
    ).write.partitionBy("area").parquet(str(folder / f"metric={metric.name}"))


def _show_values(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    con.execute("drop table metric_values")
    con.execute(
        f"create view metric_values as select {template.COLUMNS}"
        f" from read_parquet({_quoted(folder / '*' / '*' / '*.parquet')}, hive_partitioning = true,"
        " hive_types = {'metric': varchar, 'area': integer})"
    )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
