import json
import shutil
from pathlib import Path

import pytest

from lingti import catalog, district, warehouse
from lingti import home as homes
from lingti.district import journal
from lingti.home import HomeError
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.ingest.keeping import batches
from lingti.upkeep import backup

# Written by the release that had no `home.json` yet: four imports, one of them withdrawn, a target.
FIRST = Path(__file__).parent / "homes" / "first"


def test_a_home_of_the_first_release_gets_its_version_and_keeps_everything(tmp_path: Path) -> None:
    (tmp_path / "entries").mkdir()
    with batches.writing(tmp_path):
        pass
    assert json.loads((tmp_path / homes.FILE).read_text()) == {"format": homes.FORMAT}
    assert (tmp_path / "entries").is_dir()


def test_a_home_of_a_newer_program_is_refused_and_not_changed(tmp_path: Path) -> None:
    (tmp_path / homes.FILE).write_text('{"format": 99}')
    with pytest.raises(HomeError, match="99"), batches.writing(tmp_path):
        pass
    assert (tmp_path / homes.FILE).read_text() == '{"format": 99}'


def test_each_step_runs_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[int] = []
    monkeypatch.setattr(homes, "FORMAT", 3)
    monkeypatch.setattr(
        homes, "STEPS", {2: lambda _home: ran.append(2), 3: lambda _home: ran.append(3)}
    )
    homes.migrate(tmp_path)
    homes.migrate(tmp_path)
    assert ran == [2, 3]
    assert homes.version(tmp_path) == 3


def test_a_home_kept_from_the_first_release_is_served_taken_on_and_written_to(
    tmp_path: Path,
) -> None:
    home = Path(shutil.copytree(FIRST, tmp_path / "home"))
    assert not (home / homes.FILE).exists()
    warehouse.rebuild(home)
    assert homes.version(home) == homes.FORMAT
    assert backup.verify(home) == []
    assert hours_by_month(home) == {"2024-01": 5.0, "2024-02": 4.0}
    assert journal.targets(home, [], catalog.of(home))[0].value == 100
    batches.redo(home, 3)
    data = "日期,姓名,电话,活动,时长\n2024-04-05,李一一,13800138001,植树,1\n".encode()
    request = Request("a", (("4月.csv", data),), "hours", "2024-04")
    imports.run(district.load(home), request)
    warehouse.rebuild(home)
    assert hours_by_month(home) == {"2024-01": 5.0, "2024-02": 4.0, "2024-03": 9.0, "2024-04": 1.0}
    # The key is the one of then, so the person of April is the one of January.
    persons = warehouse.current(home).rows("select count(distinct resident) as n from service")
    assert persons == [{"n": 2}]
    backup.make(home, tmp_path / "one.zip")


def hours_by_month(home: Path) -> dict[str, float]:
    found = warehouse.current(home).rows(
        "select period, value from metric_values where metric = 'volunteer_hours'"
        " and community = 'a' and grain = 'month' and dimension is null and value is not null"
    )
    return {row["period"]: row["value"] for row in found}


def test_a_newer_home_is_served_by_nobody_and_backed_up_by_nobody(tmp_path: Path) -> None:
    home = Path(shutil.copytree(FIRST, tmp_path / "home"))
    (home / homes.FILE).write_text('{"format": 99}')
    for refused in (
        lambda: district.load(home),
        lambda: warehouse.rebuild(home),
        lambda: backup.make(home, tmp_path / "one.zip"),
        lambda: batches.undo(home, 1),
    ):
        with pytest.raises(HomeError, match="99"):
            refused()
