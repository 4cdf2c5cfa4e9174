from pathlib import Path

from lingti.safety import audit


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
