"""One damaged file stops neither server nor readers; it is named, and writing waits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from little_home import little_home

from lingti import district, entries, warehouse
from lingti.home import HomeError
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import BatchError
from lingti.judging import publication
from lingti.upkeep import backup
from lingti.web import server

Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two batches and an entry, published."""
    home = little_home(tmp_path_factory.mktemp("damage") / "home")
    for month in (1, 2):
        bring(home, month)
    entries.add(home, "target", "a/volunteer_hours/2024", 100, by="official")
    publication.rebuild(home)
    return home


def bring(home: Path, month: int) -> imports.Outcome:
    data = f"日期,姓名,时长,活动\n2024-0{month}-01,测试甲,1,植树\n".encode()
    (outcome,) = imports.run(district.load(home), Request("a", ((f"{month}.csv", data),)))
    return outcome


def cut(name: str) -> Damage:
    def work(home: Path) -> None:
        path = max(home.glob(name))
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return work


def written(name: str, text: str) -> Damage:
    return lambda home: (home / name).write_text(text)


def renamed(home: Path) -> None:
    (home / "batches" / "000002").rename(home / "batches" / "000009")


# What is damaged, what names it, and whether nothing may be written meanwhile.
DAMAGES: list[tuple[Damage, str, bool]] = [
    (cut("entries/*.json"), "entries/", True),
    (written("entries/notes.json", "shopping"), "entries/notes.json", True),
    (written("entries/list.json", "[]"), "entries/list.json", True),
    (cut("batches/000001/manifest.json"), "000001", True),
    (written("batches/000001/manifest.json", "[]"), "000001", True),
    (renamed, "000009", True),
    (written("batches/000003", "a file"), "batches/000003", False),
    (written("batches/12 copy", "a file"), "batches/12 copy", False),
    (written("batches/readme.txt", "a file"), "batches/readme.txt", False),
    (written("warehouse/CURRENT", ""), "warehouse/CURRENT", False),
    (written("warehouse/CURRENT", "000099.duckdb"), "warehouse/CURRENT", False),
    (written("warehouse/CURRENT", "../district.toml"), "warehouse/CURRENT", False),
]


@pytest.mark.parametrize(("damage", "named", "stops"), DAMAGES)
def test_what_is_published_is_served_and_the_damage_named(
    made: Path,
    tmp_path: Path,
    damage: Damage,
    named: str,
    stops: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home = Path(shutil.copytree(made, tmp_path / "home"))
    damage(home)
    assert any(named in line for line in backup.verify(home))
    server._put_in_order(home)
    assert warehouse.current(home).rows("select count(*) as n from service") == [{"n": 2}]
    if not stops:
        assert bring(home, 3).refused is None
        return
    assert named in capsys.readouterr().err or named == "entries/"
    before = sorted(path.name for path in (home / "batches").iterdir())
    with pytest.raises((HomeError, BatchError), match=named):
        bring(home, 3)
    assert sorted(path.name for path in (home / "batches").iterdir()) == before


def test_what_was_entered_last_counts_whatever_the_clock_said(tmp_path: Path) -> None:
    entries.add(tmp_path, "role", "who", {"role": "official"}, by="official")
    (path,) = (tmp_path / "entries").iterdir()
    ahead = {**json.loads(path.read_text("utf-8")), "at": "2031-01-01T00:00:00+00:00"}
    path.rename(path.with_name("20310101T000000000000-00000001.json"))
    path = next((tmp_path / "entries").iterdir())
    path.write_text(json.dumps({**ahead, "number": 0}), "utf-8")
    entries.add(tmp_path, "role", "who", None, by="official")
    assert entries.current(tmp_path, "role") == {}
    entries.add(tmp_path, "role", "who", {"role": "viewer"}, by="official")
    assert entries.current(tmp_path, "role") == {"who": {"role": "viewer"}}


def test_a_full_disk_keeps_nobody_from_what_is_published(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(shutil.copytree(made, tmp_path / "home"))
    bring(home, 3)  # killed before it was published

    def full(*_anything: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    monkeypatch.setattr("lingti.warehouse.publish.sync", full)
    server._put_in_order(home)
    assert warehouse.current(home).rows("select count(*) as n from service") == [{"n": 2}]
    assert batches.verify(home) == []
