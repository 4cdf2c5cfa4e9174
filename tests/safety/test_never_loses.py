"""Kills, full disks, two writers and many readers: nothing acknowledged is lost or half there."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from kills import WORK, kill_often

from lingti import district, warehouse
from lingti.ingest import batch as batches
from lingti.ingest import imports
from lingti.ingest.imports import Request

DISTRICT = """
name = { zh = "区", en = "District" }
starts_on = 2024-01-01
[[community]]
id = "a"
name = { zh = "甲", en = "A" }
since = 2024-01-01
residents = 1000
households = 400
population_as_of = 2023-12-31
"""
SOURCE = """
community = "a"
title = { zh = "时长", en = "Hours" }
replaces = "days"
[[feed]]
table = "service"
[feed.columns]
day = "日期"
name = "姓名"
activity = "活动"
hours = "时长"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one batch, published."""
    home = tmp_path_factory.mktemp("never") / "home"
    (home / "sources").mkdir(parents=True)
    (home / "district.toml").write_text(DISTRICT, "utf-8")
    (home / "sources" / "service.toml").write_text(SOURCE, "utf-8")
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
