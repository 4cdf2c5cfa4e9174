import errno
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lingti.access import audit
from lingti.home import HomeError
from lingti.ingest.checking.coverage import BEGINNING, Span, parse
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import BatchError, Manifest


def manifest(number: int, covers: str, replaces: str = "days", part: str = "") -> Manifest:
    return Manifest(
        batch=number,
        source="service",
        community="a",
        part=part,
        replaces=replaces,
        tables=("service",),
        covers=tuple(parse(covers)),
        imported_at="2024-07-01T08:00:00",
        imported_by="secretary",
        files=(),
        counts={"read": 1, "accepted": 1, "quarantined": 0, "set_aside": 0},
        rows={"service": 1},
        mapping={},
    )


def counted(*manifests: Manifest) -> list[tuple[int, str, Span]]:
    found = batches.counting(manifests)
    return sorted((one.batch, one.part, Span(one.first_day, one.last_day)) for one in found)


def test_each_day_belongs_to_the_newest_batch_that_covers_it() -> None:
    assert counted(manifest(1, "2024-Q1"), manifest(2, "2024-02")) == [
        (1, "", Span(date(2024, 1, 1), date(2024, 1, 31))),
        (1, "", Span(date(2024, 3, 1), date(2024, 3, 31))),
        (2, "", Span(date(2024, 2, 1), date(2024, 2, 29))),
    ]


def test_the_latest_full_list_counts_for_everything_up_to_its_day() -> None:
    later, earlier = manifest(1, "2024-06", "all"), manifest(2, "2024-03", "all")
    assert counted(later, earlier) == [(1, "", Span(BEGINNING, date(2024, 6, 30)))]


def test_parts_do_not_replace_each_other() -> None:
    june = Span(date(2024, 6, 1), date(2024, 6, 30))
    assert counted(manifest(1, "2024-06", part="east"), manifest(2, "2024-06", part="west")) == [
        (1, "east", june),
        (2, "west", june),
    ]


def test_a_batch_is_kept_whole_and_read_back(tmp_path: Path) -> None:
    rows = {"service": pa.table({"hours": [1.5]})}
    batches.keep(tmp_path, manifest(1, "2024-06"), rows, [{"row": 3, "value": "***"}])
    kept = batches.manifests(tmp_path)[0]
    assert (kept.batch, kept.covers, kept.counts["read"]) == (1, tuple(parse("2024-06")), 1)
    assert batches.verify(tmp_path) == []


def test_undo_moves_a_batch_aside_and_redo_gives_it_its_number_back(tmp_path: Path) -> None:
    for number in (1, 2):
        batches.keep(tmp_path, manifest(number, "2024-06"), {}, [])
    batches.undo(tmp_path, 2)
    assert [one.batch for one in batches.manifests(tmp_path)] == [1]
    assert batches.next_number(tmp_path) == 3
    batches.redo(tmp_path, 2)
    assert [one.batch for one in batches.manifests(tmp_path)] == [1, 2]
    with pytest.raises(BatchError, match="7"):
        batches.undo(tmp_path, 7)


@pytest.mark.parametrize("name", ["manifest.json", "service.parquet", "quarantine.json"])
def test_any_changed_byte_is_found(tmp_path: Path, name: str) -> None:
    folder = batches.keep(
        tmp_path, manifest(1, "2024-06"), {"service": pa.table({"hours": [1.5]})}, []
    )
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    assert [line.split(":")[0] for line in batches.verify(tmp_path)] == ["000001"]


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    def write_too() -> None:
        with batches.writing(tmp_path, timeout_s=0.05):
            pass

    with ThreadPoolExecutor(1) as other, batches.writing(tmp_path):
        with pytest.raises(BatchError, match=r"\d{4}-\d{2}-\d{2}"):
            other.submit(write_too).result()
        with batches.writing(tmp_path):  # the same writer may take it again
            pass
    assert not (tmp_path / ".writer").exists()


def test_what_a_crash_left_unfinished_is_put_in_order_by_the_next_writer(tmp_path: Path) -> None:
    folder = batches.keep(tmp_path, manifest(1, "2024-06"), {}, [])
    batches.keep(tmp_path, manifest(2, "2024-06"), {}, [])
    (folder.parent / ".draft-half").mkdir()
    (folder.parent / ".new-000002").mkdir()  # begun, while the old one still stands
    shutil.copytree(folder, folder.with_name(".new-000001"))  # finished, the old one set aside
    folder.rename(folder.with_name(".old-000001"))
    with batches.writing(tmp_path):
        pass
    assert sorted(path.name for path in folder.parent.iterdir()) == ["000001", "000002"]
    assert batches.verify(tmp_path) == []


def test_a_full_disk_refuses_an_import_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINGTI_MIN_FREE_MB", "999999999")
    with pytest.raises(HomeError, match="MB"):
        batches.keep(tmp_path, manifest(1, "2024-06"), {}, [])
    assert not list(tmp_path.glob("batches/*"))


def test_a_disk_that_fills_while_writing_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(HomeError, match="No space left"):
        batches.keep(tmp_path, manifest(1, "2024-06"), {"service": pa.table({"hours": [1.5]})}, [])
    assert not list(tmp_path.glob("batches/*"))


def test_every_change_is_in_the_audit(tmp_path: Path) -> None:
    batches.keep(tmp_path, manifest(1, "2024-06"), {}, [])
    batches.undo(tmp_path, 1, "official")
    batches.redo(tmp_path, 1, "official")
    told = [(line["what"], line["by"], line["batch"]) for line in audit.read(tmp_path)]
    assert told == [("import", "secretary", 1), ("undo", "official", 1), ("redo", "official", 1)]
