"""The same district built by DuckDB and on a cluster of Spark: every table row by row."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from spark.cluster import environment, standalone

from lingti import warehouse
from lingti.access.roles import ReaderView

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="PySpark is not installed, or there is no Java: make spark",
)

FOR_THE_NEXT_BUILD = ("made_of", "spread_of", "identities")


@pytest.fixture(scope="module")
def built_on_spark(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample district, its newest warehouse built on a cluster."""
    home = shutil.copytree(sample_home, tmp_path_factory.mktemp("spark") / "home")
    with standalone(tmp_path_factory.mktemp("cluster")) as master:
        build = [sys.executable, "-m", "lingti.commands.cli", "build", "--engine", "spark"]
        done = subprocess.run(
            [*build, "--master", master, "--home", str(home)],
            env=environment() | {"LINGTI_LANGUAGE": "en"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    return home


def tables(con: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """The names of tables and views of an attached database."""
    found = con.execute(
        "select table_name from duckdb_tables() where database_name = $database union all"
        " select view_name from duckdb_views() where database_name = $database and not internal"
        " order by all",
        {"database": database},
    ).fetchall()
    return [name for (name,) in found]


def test_every_table_is_as_duckdb_builds_it(sample_home: Path, built_on_spark: Path) -> None:
    differing = {}
    with duckdb.connect() as con:
        for name, home in (("one", sample_home), ("other", built_on_spark)):
            con.execute(f"attach '{warehouse.current(home).path}' as {name} (read_only)")
        assert tables(con, "one") == tables(con, "other")
        for name in tables(con, "one"):
            if name in FOR_THE_NEXT_BUILD:  # it begins anew
                continue
            for left, right in (("one", "other"), ("other", "one")):
                rows = con.execute(
                    f"from {left}.{name} except all from {right}.{name} order by all limit 3"
                ).fetchall()
                if rows:
                    differing[f"{name}: only in {left}"] = rows
    assert differing == {}  # floats too are equal to the last bit


def test_a_reader_of_one_community_sees_as_little_as_ever(built_on_spark: Path) -> None:
    seen = warehouse.current(built_on_spark, ReaderView(frozenset({"guqiao"})))
    found = seen.rows("select distinct community from service")
    assert found == [{"community": "guqiao"}]


def test_a_build_by_duckdb_follows_one_on_spark_and_removes_what_it_left(
    sample_home: Path, built_on_spark: Path
) -> None:
    beside = warehouse.current(built_on_spark).path.with_suffix(".parquet")
    assert beside.is_dir()
    warehouse.rebuild(built_on_spark, full=True)
    warehouse.remove_older(built_on_spark)
    assert not beside.exists()
    counted = "select count(*) as n, sum(value) as total from metric_values"
    assert warehouse.current(built_on_spark).rows(counted) == warehouse.current(sample_home).rows(
        counted
    )
