"""Kills, full disks, two writers and many readers: nothing acknowledged is lost or half there."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from kills import WORK, kill_often
from little_home import little_home

from lingti import district, warehouse
from lingti.home import HomeError
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.ingest.keeping import batches
from lingti.ingest.keeping.batches import BatchError
from lingti.upkeep import backup, jobs, publishing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one batch, published."""
    home = little_home(tmp_path_factory.mktemp("never") / "home")
    data = "日期,姓名,时长,活动\n2024-01-01,测试甲,1,植树\n".encode()
    imports.run(district.load(home), Request("a", (("0.csv", data),)))
    warehouse.rebuild(home)
    return home


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "home"))


def test_kills_at_random_moments_lose_nothing(home: Path) -> None:
    toll = kill_often(home, kills=5, seed=7)
    assert (toll.lost, toll.half, toll.broken) == ([], [], [])


@pytest.mark.parametrize("allowed", [0, 60_000])
def test_a_full_disk_leaves_what_was_published_and_nothing_half(home: Path, allowed: int) -> None:
    before = warehouse.current(home).rows("from batches")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (allowed, allowed))

    # A write beyond the limit then fails as on a full disk, instead of ending the process.
    work = f"import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{WORK}"
    done = subprocess.run(
        [sys.executable, "-c", work, str(home), "import", "5"],
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "published" not in done.stdout
    assert done.returncode
    assert batches.verify(home) == []
    assert warehouse.current(home).rows("from batches") == before
    with batches.writing(home):
        assert not list(home.glob("*/.*"))


@pytest.mark.parametrize(("share", "full"), [(0.5, False), (1, False), (0.5, True)])
def test_a_build_that_does_not_fit_the_disk_says_so(
    home: Path, share: float, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It begins as a copy, as large ones do.
    monkeypatch.setattr("lingti.warehouse.fast.building.SMALL_BYTES", 0)
    data = "日期,姓名,时长,活动\n2024-01-02,测试乙,1,植树\n".encode()
    imports.run(district.load(home), Request("a", (("1.csv", data),)))
    published = warehouse.current(home)
    room = int(published.path.stat().st_size * share)
    with pytest.raises(HomeError, match="File too large") as refused, at_most(room):
        warehouse.rebuild(home, full=full)
    assert ".draft-" not in str(refused.value)
    assert warehouse.current(home) is published
    assert not list((home / "warehouse").glob(".draft-*"))
    warehouse.rebuild(home)
    assert not warehouse.is_behind(home)


@contextlib.contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file can grow beyond so many bytes, as where the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_readers_see_whole_versions_while_others_are_published(home: Path) -> None:
    errors: list[str] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                seen = warehouse.current(home)
                found = seen.rows(
                    "select (select count(*) from batches) as batches,"
                    " (select count(*) from service) as rows"
                )
                if found != [{"batches": 1, "rows": 1}]:
                    errors.append(str(found))
            except Exception as error:
                errors.append(repr(error))

    readers = [threading.Thread(target=read) for _number in range(4)]
    for reader in readers:
        reader.start()
    for _time in range(3):
        warehouse.rebuild(home)
    ended.set()
    for reader in readers:
        reader.join()
    assert errors == []


def test_what_a_crash_left_unpublished_is_known(home: Path) -> None:
    assert not warehouse.is_behind(home)
    batches.undo(home, 1)
    assert warehouse.is_behind(home)


HOLD = """
import sys
from pathlib import Path
from lingti.ingest.keeping import batches
with batches.writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""
SERVE = """
import sys
from pathlib import Path
from lingti import warehouse
for _line in sys.stdin:
    print(warehouse.current(Path(sys.argv[1])).rows("select count(*) as n from batches")[0]["n"],
          flush=True)
"""


def beside(code: str, home: Path) -> subprocess.Popen[str]:
    """Another process of ours, that is spoken to by lines."""
    return subprocess.Popen(
        [sys.executable, "-c", code, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def test_a_second_writer_is_told_who_is_at_work_and_readers_are_not_kept_waiting(
    home: Path, tmp_path: Path
) -> None:
    other = beside(HOLD, home)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    with (
        pytest.raises(BatchError, match=rf"{other.pid} 20"),
        batches.writing(home, timeout_s=0.1),
    ):
        pass
    assert warehouse.current(home).rows("select count(*) as n from batches") == [{"n": 1}]
    other.communicate("\n")
    backup.make(home, tmp_path / "after.zip")


def test_several_processes_serve_one_home_and_see_what_one_of_them_publishes(home: Path) -> None:
    servers = [beside(SERVE, home) for _number in range(2)]
    assert [said(one) for one in servers] == ["1", "1"]
    data = "日期,姓名,时长,活动\n2024-02-01,测试乙,1,植树\n".encode()
    imports.run(district.load(home), Request("a", (("2月.csv", data),)))
    warehouse.rebuild(home)
    assert [said(one) for one in servers] == ["2", "2"]
    for one in servers:
        one.communicate()


def test_too_little_room_refuses_imports_and_reading_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINGTI_MIN_FREE_MB", "999999999")
    data = "日期,姓名,时长,活动\n2024-02-01,测试乙,1,植树\n".encode()
    with pytest.raises(HomeError, match="999999999 MB"):
        imports.run(district.load(home), Request("a", (("2月.csv", data),)))
    assert warehouse.current(home).rows("select count(*) as n from batches") == [{"n": 1}]


def test_a_job_that_is_killed_says_so_and_leaves_the_home_as_it_was_or_whole(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"2024-02-{1 + i % 28:02d},测试{i},1,植树\n" for i in range(20_000))
    group: dict[str, object] = {"community": "a", "source": "service", "title": "t", "files": [0]}
    group |= {"covers": "2024-02", "allow_removal": True}
    payload = publishing.pack([("2月.csv", f"日期,姓名,时长,活动\n{rows}".encode())])
    job_id = jobs.start(home, "import", {"groups": [group], "by": "test"}, payload)
    while (job := jobs.status(home, job_id)) is None or not (job.pid or job.is_over):
        time.sleep(0.01)
    os.kill(job.pid, signal.SIGKILL)
    monkeypatch.setattr(jobs, "STALE_AFTER", timedelta(0))
    after = jobs.status(home, job_id)
    assert after is not None
    assert after.state == "lost"
    assert after.error
    with batches.writing(home):
        assert not list(home.glob("*/.draft-*"))
    assert backup.verify(home) == []
