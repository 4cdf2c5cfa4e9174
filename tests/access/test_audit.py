import shutil
from pathlib import Path

from conftest import run_lingti

from lingti.access import audit
from lingti.district import Target, journal
from lingti.ui.window import session


def test_acts_are_added_and_read_back(tmp_path: Path) -> None:
    audit.note(tmp_path, "import", "official", batch=1, community="a", nothing=None)
    audit.note(tmp_path, "undo", "official", batch=1)
    assert [{**line, "at": ""} for line in audit.read(tmp_path)] == [
        {"at": "", "what": "import", "by": "official", "batch": 1, "community": "a"},
        {"at": "", "what": "undo", "by": "official", "batch": 1},
    ]
    assert (tmp_path / audit.FILE).stat().st_mode & 0o077 == 0


def test_a_line_that_a_crash_cut_off_spoils_no_other(tmp_path: Path) -> None:
    audit.note(tmp_path, "import", "official")
    with (tmp_path / audit.FILE).open("ab") as file:
        file.write(b'{"at": "2024')
    audit.note(tmp_path, "undo", "official")
    assert [line["what"] for line in audit.read(tmp_path)] == ["import", "undo"]


def test_whoever_takes_a_file_or_looks_at_rows_is_noted(sample_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    before = len(list(audit.read(home)))
    taken = session.export(home, "x.csv", lambda: b"x")
    assert taken() == b"x"
    run_lingti("rows", "volunteer_hours", "--community", "guqiao", "--period", "2024-06", "--json",
               "--home", home)  # fmt: skip
    run_lingti("brief", "--period", "2024-06", "--format", "html", "-o", tmp_path / "deck.html",
               "--home", home)  # fmt: skip
    journal.set_target(home, Target("guqiao", "volunteer_hours", "2024", 9.0), "official")
    acts = [
        {name: value for name, value in line.items() if name not in ("at", "by")}
        for line in list(audit.read(home))[before:]
    ]
    assert acts == [
        {"what": "export", "file": "x.csv"},
        {"what": "rows", "metric": "volunteer_hours", "place": "guqiao", "of": "2024-06"},
        {"what": "export", "file": "deck.html"},
        {"what": "target", "key": "guqiao/volunteer_hours/2024"},
    ]
