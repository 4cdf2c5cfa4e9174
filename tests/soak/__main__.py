"""`python -m soak` in `tests/`: the figures of docs/reliability.md, which take a while.

200 kills, 100 publications under readers, 20 full disks.
"""

from __future__ import annotations

import errno
import sys
import tempfile
import threading
import time
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).parent.parent))

from kills import kill_often
from test_never_loses import DISTRICT, SOURCE

from lingti import district, warehouse
from lingti.home import HomeError
from lingti.ingest import batch as batches
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.safety import backup


def new_home(folder: Path) -> Path:
    """A home with one batch, published."""
    (folder / "sources").mkdir(parents=True)
    (folder / "district.toml").write_text(DISTRICT, "utf-8")
    (folder / "sources" / "service.toml").write_text(SOURCE, "utf-8")
    data = "日期,姓名,时长,活动\n2024-01-01,测试甲,1,植树\n".encode()
    imports.run(district.load(folder), Request("a", (("0.csv", data),)))
    warehouse.rebuild(folder)
    return folder


def publications(home: Path, times: int) -> tuple[int, int, int]:
    """Publishes often under readers: reads, errors, mixed versions."""
    reads, errors, mixed = 0, 0, 0
    ended = threading.Event()

    def read() -> None:
        nonlocal reads, errors, mixed
        while not ended.is_set():
            try:
                found = warehouse.current(home).rows(
                    "select (select count(*) from batches) as batches,"
                    " (select count(distinct batch) from service) as used"
                )[0]
                mixed += found["batches"] != found["used"]
                reads += 1
            except Exception:
                errors += 1

    readers = [threading.Thread(target=read) for _number in range(4)]
    for reader in readers:
        reader.start()
    settings = district.load(home)
    for number in range(times):
        day = f"2024-{number % 11 + 2:02d}-{number % 28 + 1:02d}"
        data = f"日期,姓名,时长,活动\n{day},测试{number},1,植树{number}\n".encode()
        covers = f"{day}/{day}"
        imports.run(settings, Request("a", ((f"{number}.csv", data),), None, covers, True))
        warehouse.rebuild(home)
    ended.set()
    for reader in readers:
        reader.join()
    return reads, errors, mixed


def full_disks(home: Path, times: int) -> int:
    """Lets the disk be full at the n-th write of an import; how often something was left half."""
    wrong = 0
    real = batches._sync
    for number in range(times):
        left = number % 5

        def sync(path: Path) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            real(path)

        day = f"2024-05-{number + 1:02d}"
        data = f"日期,姓名,时长,活动\n{day},测试{number},1,满{number}\n".encode()
        before = [one.batch for one in batches.manifests(home)]
        with mock.patch.object(batches, "_sync", sync):
            try:
                imports.run(district.load(home), Request("a", ((f"{number}.csv", data),)))
                kept = True
            except HomeError:
                kept = False
            except OSError:
                kept = True  # after the rename: it stands, though this was not acknowledged
        after = [one.batch for one in batches.manifests(home)]
        half = list((home / "batches").glob(".*"))
        wrong += bool(backup.verify(home)) or bool(half) or (not kept and after != before)
    return wrong


def main() -> None:
    """Prints a line per figure."""
    kills, times, disks = (int(one) for one in (sys.argv[1:] or ("200", "100", "20")))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        toll = kill_often(new_home(Path(folder) / "kills"), kills, seed=1)
        print(
            f"kills {toll.kills} (finished before it: {toll.finished}): lost {len(toll.lost)},"
            f" half {len(toll.half)}, broken pointers {len(toll.broken)}",
            *toll.lost,
            *toll.half,
            *toll.broken,
            flush=True,
        )
        reads, errors, mixed = publications(new_home(Path(folder) / "published"), times)
        print(
            f"publications {times} under {reads} reads: errors {errors}, mixed {mixed}", flush=True
        )
        wrong = full_disks(new_home(Path(folder) / "full"), disks)
        print(f"full disks {disks}: left half {wrong}", flush=True)
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
