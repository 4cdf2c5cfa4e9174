"""What is dropped into a community's folder is imported, and moved with its findings beside it."""

import json
import os
import re
from pathlib import Path

import pytest
from import_kit import home_with_sources, service

from lingti import warehouse
from lingti.district import District
from lingti.ingest.keeping import batches
from lingti.upkeep import watch
from lingti.upkeep.watch import WatchError

LI = ("李明华", "13800000001", "清扫")


@pytest.fixture
def home(tmp_path: Path) -> District:
    return home_with_sources(tmp_path / "home")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_are_imported_and_moved(home: District, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    watch.prepare(home, drop)
    assert names(drop) == ["east", "west"]
    good = service(["2024-01-05", *LI, "2"], ["2024-01-06", *LI, "很久"])
    (drop / "east" / "一月.csv").write_bytes(good)
    (drop / "west" / "谁的.csv").write_bytes(b"a,b\r\n1,2\r\n3,4\r\n")
    (drop / "east" / "~$一月.xlsx").write_bytes(b"open in a spreadsheet")
    watch.watch(home.home, drop, once=True)
    assert names(drop / "east" / "done") == ["一月.csv", "一月.csv.json", "一月.csv.txt"]
    assert names(drop / "west" / "refused") == ["谁的.csv", "谁的.csv.json", "谁的.csv.txt"]
    (document,) = json.loads((drop / "east" / "done" / "一月.csv.json").read_text("utf-8"))
    assert (document["batch"], document["accepted"], document["quarantined"]) == (1, 1, 1)
    told = (drop / "east" / "done" / "一月.csv.txt").read_text("utf-8-sig")
    assert "时长" in told
    assert "李明华" not in told
    assert warehouse.exists(home.home)
    assert [one.imported_by for one in batches.manifests(home.home)] == ["watch"]


def test_a_month_that_is_complete_now_gets_its_documents_on_request(
    home: District, tmp_path: Path
) -> None:
    settings = home.home / "district.toml"
    asked = re.sub(r'tables = \["service".*\]', 'tables = ["service"]', settings.read_text("utf-8"))
    settings.write_text("monthly_set = true\n" + asked, "utf-8")
    watch.prepare(home, tmp_path / "drop")
    (tmp_path / "drop" / "east" / "一月.csv").write_bytes(service(["2024-01-05", *LI, "2"]))
    watch.watch(home.home, tmp_path / "drop", once=True)
    made = names(home.home / "reports" / "2024-01")
    assert len(made) == 12  # two communities and the district, in four formats
    assert "东街社区_2024年1月_简报.docx" in made


def test_the_same_name_again_gets_a_name_of_its_own(home: District, tmp_path: Path) -> None:
    for month in ("01", "02"):
        watch.prepare(home, tmp_path / "drop")
        (tmp_path / "drop" / "east" / "表.csv").write_bytes(service([f"2024-{month}-05", *LI, "2"]))
        watch.watch(home.home, tmp_path / "drop", once=True)
    assert len(list((tmp_path / "drop" / "east" / "done").glob("*表.csv"))) == 2


def test_a_file_that_still_grows_is_left_alone(home: District, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    watch.prepare(home, drop)
    path = drop / "east" / "一月.csv"
    path.write_bytes(service(["2024-01-05", *LI, "2"])[:20])
    seen: dict[Path, watch._Seen] = {}
    assert watch.look(home.home, drop, seen, settled_s=0.3) == 0
    path.write_bytes(service(["2024-01-05", *LI, "2"]))
    os.utime(path, (1, 1))
    assert watch.look(home.home, drop, seen, settled_s=0.3) == 0
    assert path.exists()


def test_a_folder_inside_the_home_is_not_watched(home: District) -> None:
    with pytest.raises(WatchError):
        watch.prepare(home, home.home / "drop")
