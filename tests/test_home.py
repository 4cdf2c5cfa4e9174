import json
from pathlib import Path

import pytest

from lingti import home as homes
from lingti.home import HomeError
from lingti.ingest import batch as batches


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
