from pathlib import Path

from lingti import entries


def test_the_newest_entry_counts_and_a_deletion_is_an_entry(tmp_path: Path) -> None:
    entries.add(tmp_path, "target", "a/volunteer_hours/2024", 100, by="official")
    entries.add(tmp_path, "target", "a/volunteer_hours/2024", 120, by="official")
    entries.add(tmp_path, "target", "b/volunteer_hours/2024", 50, by="official")
    entries.add(tmp_path, "target", "b/volunteer_hours/2024", None, by="official")
    entries.add(tmp_path, "annotation", "1", "rain", by="secretary")
    assert entries.current(tmp_path, "target") == {"a/volunteer_hours/2024": 120}
    assert [one.value for one in entries.history(tmp_path, "target")] == [100, 120, 50, None]


def test_a_home_without_entries_has_none(tmp_path: Path) -> None:
    assert entries.current(tmp_path, "target") == {}


def test_what_is_being_written_is_not_read(tmp_path: Path) -> None:
    entries.add(tmp_path, "target", "a/volunteer_hours/2024", 100, by="official")
    (tmp_path / "entries" / ".half.draft").write_text("{", "utf-8")
    assert len(entries.history(tmp_path, "target")) == 1


def test_any_changed_bit_of_an_entry_is_found(tmp_path: Path) -> None:
    entries.add(tmp_path, "target", "a/volunteer_hours/2024", 100, by="official")
    (path,) = (tmp_path / "entries").iterdir()
    assert entries.verify(tmp_path) == []
    written = path.read_bytes()
    for place in range(len(written)):
        changed = bytearray(written)
        changed[place] ^= 1
        path.write_bytes(changed)
        assert len(entries.verify(tmp_path)) == 1
