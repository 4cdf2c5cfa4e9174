from pathlib import Path

import pytest
from little_home import little_home

from lingti import warehouse
from lingti.ingest.keeping.batches import BatchError
from lingti.warehouse import NoWarehouseError


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return little_home(tmp_path / "home")


def test_a_home_without_warehouse_says_so(home: Path) -> None:
    assert not warehouse.exists(home)
    with pytest.raises(NoWarehouseError):
        warehouse.current(home)


def test_a_reader_keeps_its_warehouse_while_a_newer_one_is_published(home: Path) -> None:
    warehouse.rebuild(home)
    old = warehouse.current(home)
    warehouse.rebuild(home, full=True)
    new = warehouse.current(home)
    assert (old.version, new.version) == ("000001", "000002")
    assert old.rows("select community from communities") == [{"community": "a"}]
    assert warehouse.current(home) is new


def test_only_the_last_few_warehouses_are_kept_and_no_draft_is_left(home: Path) -> None:
    for _time in range(5):
        warehouse.rebuild(home, full=True)
    names = sorted(path.name for path in (home / "warehouse").iterdir())
    assert names == ["000003.duckdb", "000004.duckdb", "000005.duckdb", "CURRENT"]


def test_a_failed_build_leaves_the_published_one(home: Path) -> None:
    warehouse.rebuild(home)
    damaged = home / "batches" / "000001"
    damaged.mkdir(parents=True)
    (damaged / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(BatchError, match="000001"):
        warehouse.rebuild(home)
    assert warehouse.current(home).version == "000001"
    assert not list((home / "warehouse").glob(".draft*"))
