"""Backup, restore, verify and forget, over the sample home with what they promise."""

from __future__ import annotations

import importlib
import io
import json
import shutil
import zipfile
from itertools import product
from pathlib import Path

import pytest
from exhaustive import part
from little_home import little_home

from lingti import district, warehouse
from lingti.access import audit
from lingti.commands import cli
from lingti.ingest import imports
from lingti.ingest.checking.pseudonyms import KEY_FILE
from lingti.ingest.imports import Request
from lingti.ingest.keeping import batches
from lingti.judging import publication
from lingti.upkeep import backup
from lingti.upkeep.backup import BackupError
from lingti.upkeep.forget import forget
from lingti.web import server

LI = ("李明华", "13800138001", "11010519491231002X")
WANG = ("王小红", "13800138002", "")


def export(*rows: tuple[str, ...]) -> bytes:
    lines = ["日期,姓名,电话,证号,活动,时长", *(",".join(row) for row in rows)]
    return "\n".join(lines).encode()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two months of one source: one with an ID, one by name and phone only."""
    home = little_home(tmp_path_factory.mktemp("backup") / "home", "phone", "id")
    settings = district.load(home)
    for name, rows in (
        ("1月.csv", [("2024-01-05", *LI, "植树", "2"), ("2024-01-06", *WANG, "巡逻", "3")]),
        ("2月.csv", [("2024-02-05", LI[0], LI[1], "", "植树", "4")]),
    ):
        (outcome,) = imports.run(settings, Request("a", ((name, export(*rows)),)), "secretary")
        assert outcome.refused is None
    warehouse.rebuild(home)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def rows(home: Path) -> list[tuple[object, ...]]:
    found = warehouse.current(home).rows("select day, hours from service order by day")
    return [(str(row["day"]), float(row["hours"])) for row in found]


def test_a_restored_home_holds_the_same(home: Path, tmp_path: Path) -> None:
    batches.undo(home, 2)
    batches.redo(home, 2)
    made = backup.make(home, tmp_path / "one.zip")
    again = tmp_path / "again"
    backup.restore(tmp_path / "one.zip", again)
    assert made.batches == (1, 2)
    assert rows(again) == rows(home)
    assert backup.verify(again) == []
    assert [one["what"] for one in audit.read(again)][-3:] == ["redo", "backup", "restore"]


def test_the_key_is_in_a_backup_only_when_asked_for(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make(home, tmp_path / "without.zip")
    backup.make(home, tmp_path / "with.zip", with_key=True)
    key = (home / KEY_FILE).read_bytes()
    monkeypatch.setattr(publication, "rebuild", lambda _home: None)
    backup.restore(tmp_path / "without.zip", tmp_path / "one")
    backup.restore(tmp_path / "with.zip", tmp_path / "two")
    assert backup.needs_key(tmp_path / "one")
    assert (tmp_path / "two" / KEY_FILE).read_bytes() == key
    assert (tmp_path / "two" / KEY_FILE).stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(tmp_path / "without.zip") as archive:
        assert all(key not in archive.read(name) for name in archive.namelist())


def test_a_backup_with_any_changed_byte_is_refused_and_leaves_nothing(
    home: Path, tmp_path: Path
) -> None:
    backup.make(home, tmp_path / "one.zip")
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    for name in content:
        changed = {**content, name: content[name][:-1] + bytes([content[name][-1] ^ 1])}
        with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
            for inside, data in changed.items():
                archive.writestr(inside, data)
        with pytest.raises(BackupError):
            backup.restore(tmp_path / "bad.zip", tmp_path / "again")
        assert not any((tmp_path / "again").iterdir())


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt"])
def test_a_backup_cannot_write_outside_of_the_home(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr(name, "x")
        files = {name: "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}
        contents = {"format": 1, "at": "", "batches": [], "files": files}
        archive.writestr(backup.CONTENTS, json.dumps(contents))
    with pytest.raises(BackupError):
        backup.restore(tmp_path / "bad.zip", tmp_path / "home")
    assert not (tmp_path / "outside.txt").exists()


def test_a_home_that_is_not_empty_is_not_restored_into(home: Path, tmp_path: Path) -> None:
    backup.make(home, tmp_path / "one.zip")
    with pytest.raises(BackupError, match="不是空目录"):
        backup.restore(tmp_path / "one.zip", home)


def test_any_flipped_bit_of_batches_and_entries_is_found(sample_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    folder = min((home / "batches").iterdir())
    from lingti import entries

    entries.add(home, "target", "guqiao/volunteer_hours/2024", 100, by="official")
    entry = max((home / "entries").iterdir())
    for path in [*folder.iterdir(), entry]:
        written = path.read_bytes()
        for place in range(0, len(written), max(1, len(written) // 40)):
            changed = bytearray(written)
            changed[place] ^= 1 << (place % 8)
            path.write_bytes(changed)
            assert backup.verify(home), (path.name, place)
        path.write_bytes(written)
    assert backup.verify(home) == []


def test_a_forgotten_person_is_in_no_batch_and_no_warehouse(home: Path, tmp_path: Path) -> None:
    backup.make(home, tmp_path / "before.zip")
    done = forget(home, id_number=LI[2], by="official")
    assert done.rows == {1: 1, 2: 1}  # the second by name and phone, which are the same person's
    assert [one.file for one in done.backups] == ["before.zip"]
    assert rows(home) == [("2024-01-06", 3.0)]
    assert len(list((home / "warehouse").glob("*.duckdb"))) == 1
    assert backup.verify(home) == []
    first = batches.manifests(home)[0]
    assert (first.counts["accepted"], first.counts["forgotten"], first.rows["service"]) == (1, 1, 1)
    assert first.replaced[0]["why"] == "forget"
    assert [one["what"] for one in audit.read(home)][-1] == "forget"


def test_a_person_is_found_by_name_and_phone_also_in_withdrawn_batches(home: Path) -> None:
    batches.undo(home, 1)
    done = forget(home, name="李明华", phone="138 0013 8001")
    assert done.rows == {1: 1, 2: 1}
    assert forget(home, name="王小红", phone="13800138009").rows == {}


def test_forget_asks_at_the_prompt_and_prints_json(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"\n{WANG[0]}\n{WANG[1]}\n"))
    with pytest.raises(SystemExit):
        cli.main(["forget", "--json", "--home", str(home)])
    assert json.loads(capsys.readouterr().out) == {"rows": 1, "batches": {"1": 1}, "backups": []}
    for path in home.rglob("*"):
        if path.is_file():
            assert WANG[0].encode() not in path.read_bytes()


STEPS = ("batches.rewrite", "audit.note", "publication.rebuild", "warehouse.remove_older")


@pytest.mark.parametrize(
    ("step", "done", "again"), part(product(STEPS, [False, True], ["forget", "start"]), 6)
)
def test_a_deletion_that_was_killed_is_finished_and_known_until_then(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, done: bool, again: str
) -> None:
    place = importlib.import_module("lingti.upkeep.forget")
    module, name = step.split(".")
    work = getattr(getattr(place, module), name)

    def killed(*given: object, **named: object) -> None:
        if done:
            work(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as killing:
        killing.setattr(getattr(place, module), name, killed)
        with pytest.raises(KeyboardInterrupt):
            forget(home, id_number=LI[2], by="official")
    assert any(line.startswith(backup.INTENT) for line in backup.verify(home))
    with pytest.raises(BackupError):
        backup.make(home, tmp_path / "one.zip")
    if again == "forget":
        assert forget(home, id_number=LI[2]).rows == {1: 1, 2: 1}
    else:
        server._put_in_order(home)
    assert rows(home) == [("2024-01-06", 3.0)]
    assert len(list((home / "warehouse").glob("*.duckdb"))) == 1
    assert backup.verify(home) == []
    assert [one["what"] for one in audit.read(home)].count("forget") == 1
    for path in home.rglob("*"):
        assert not path.name.startswith(backup.INTENT)


def test_a_killed_backup_leaves_nothing_once_there_is_another(home: Path, tmp_path: Path) -> None:
    (tmp_path / ".one.zip-0a1b2c3d").write_bytes(b"half")
    backup.make(home, tmp_path / "one.zip")
    assert sorted(path.name for path in tmp_path.glob("*one.zip*")) == ["one.zip"]
