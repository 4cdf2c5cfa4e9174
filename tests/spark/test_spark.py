"""The same district built by DuckDB and on a cluster of Spark: every table row by row."""

from __future__ import annotations

import importlib.util
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import own_kit
import pytest
from spark.cluster import Cluster, environment, standalone

from lingti import warehouse
from lingti.access.roles import ReaderView
from lingti.catalog import own
from lingti.judging import publication

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="PySpark is not installed, or there is no Java: make spark",
)

AREA_COMMUNITIES = "lingti.district.areas.COMMUNITIES"
FOR_THE_NEXT_BUILD = ("made_of", "spread_of")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        with standalone(tmp_path_factory.mktemp("cluster"), workers=3) as started:
            yield started


@pytest.fixture(scope="module")
def built_in_areas(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample district, its newest warehouse built by DuckDB in three areas."""
    home = shutil.copytree(sample_home, tmp_path_factory.mktemp("areas") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AREA_COMMUNITIES, 1)
        publication.rebuild(home, full=True)
    return home


@pytest.fixture(scope="module")
def built_on_spark(
    sample_home: Path, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A copy of the sample district, its newest warehouse built on Spark in three areas."""
    home = shutil.copytree(sample_home, tmp_path_factory.mktemp("spark") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AREA_COMMUNITIES, 1)
        publication.rebuild(home, spark_master=cluster.address)
    return home


def differing(one: Path, other: Path) -> dict[str, list[tuple[object, ...]]]:
    """Rows that only one of two warehouses has, by table or view; floats to the last bit."""
    found = {}
    with duckdb.connect() as con:
        for name, path in (("one", one), ("other", other)):
            con.execute(f"attach '{path}' as {name} (read_only)")
        assert tables(con, "one") == tables(con, "other")
        for name in tables(con, "one"):
            if name in FOR_THE_NEXT_BUILD:  # it begins anew
                continue
            for left, right in (("one", "other"), ("other", "one")):
                rows = con.execute(
                    f"from {left}.{name} except all from {right}.{name} order by all limit 3"
                ).fetchall()
                if rows:
                    found[f"{name}: only in {left}"] = rows
    return found


def tables(con: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """The names of tables and views of an attached database."""
    found = con.execute(
        "select table_name from duckdb_tables() where database_name = $database union all"
        " select view_name from duckdb_views() where database_name = $database and not internal"
        " order by all",
        {"database": database},
    ).fetchall()
    return [name for (name,) in found]


def test_every_table_is_as_duckdb_builds_it(built_in_areas: Path, built_on_spark: Path) -> None:
    one, other = (warehouse.current(home).path for home in (built_in_areas, built_on_spark))
    assert differing(one, other) == {}


def test_a_reader_of_one_community_sees_as_little_as_ever(built_on_spark: Path) -> None:
    seen = warehouse.current(built_on_spark, ReaderView(frozenset({"guqiao"})))
    found = seen.rows("select distinct community from service")
    assert found == [{"community": "guqiao"}]


def test_topics_of_a_homes_own_and_chinese_names_come_out_alike(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = replace(
        own_kit.SERVED,
        name="own_每次份数",
        title="每次份数",
        definition="期内每次助餐份数的中位数。",
        amount=own.Amount("median", "份数"),
        words=(),
    )
    own_kit.made(tmp_path, own_kit.SERVED, own_kit.DELIVERED, usual)
    own_kit.sent(tmp_path)
    own_kit.sent(tmp_path, own_kit.ROWS[1:], community="临河")
    monkeypatch.setattr(AREA_COMMUNITIES, 1)
    one = publication.rebuild(tmp_path, full=True)
    other = publication.rebuild(tmp_path, spark_master=cluster.address)
    assert differing(one, other) == {}
    asked = (
        "select community, value from metric_values where metric = 'own_每次份数'"
        " and grain = 'month' and period = '2026-03' and dimension is null order by all"
    )
    assert warehouse.current(tmp_path).rows(asked) == [
        {"community": "district", "value": 10.5},
        {"community": "临河", "value": 10.25},
        {"community": "望江", "value": 10.5},
    ]


def test_a_build_outlives_a_worker_that_is_killed(
    sample_home: Path,
    built_in_areas: Path,
    cluster: Cluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = shutil.copytree(sample_home, tmp_path / "home")
    killed = threading.Event()

    def kill_amid() -> None:
        while not list(home.glob("warehouse/*.parquet/scratch/attempts/*/*.parquet")):
            time.sleep(0.05)
        cluster.kill_worker()
        killed.set()

    threading.Thread(target=kill_amid, daemon=True).start()
    monkeypatch.setattr(AREA_COMMUNITIES, 1)
    other = publication.rebuild(home, spark_master=cluster.address)
    assert killed.is_set()
    assert differing(warehouse.current(built_in_areas).path, other) == {}


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
