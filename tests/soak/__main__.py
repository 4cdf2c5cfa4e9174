"""`python -m soak` in `tests/`: the figures of docs/reliability.md, which take a while.

200 kills, 100 publications under readers, 20 full disks, 101 districts attacked, every command that
writes killed 10 times, 5 homes published 10 times, 1,000 steps of reporting.
`python -m soak KILLS PUBLICATIONS DISKS DISTRICTS OF_EACH HOMES STEPS` does more or fewer. The
crowd is `soak.crowd`; roles, doors, damage and deletions are tests, which `make soak` runs whole.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from attack.breaches import breaches
from attack.districts import by_chance
from kills import WORK, kill_often
from little_home import little_home

from lingti import district, warehouse
from lingti.ingest import imports
from lingti.ingest.imports import Request
from lingti.ingest.keeping import batches
from lingti.upkeep import backup, demo
from soak.commands import killed_often
from soak.over_time import of_a_district, of_one_community
from soak.reporting import reported


def new_home(folder: Path) -> Path:
    """A home with one batch, published."""
    little_home(folder)
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


def full_disks(home: Path, times: int) -> tuple[int, int]:
    """Ends the room for files at 20 sizes; how often an import failed, and left anything half."""
    chance, failed, wrong = random.Random(3), 0, 0
    work = f"import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n{WORK}"
    for number in range(1, times + 1):
        room = int(10 ** chance.uniform(1.5, 6.8))
        before = len(batches.manifests(home))
        done = subprocess.run(
            [sys.executable, "-c", work, str(home), "import", str(number)],
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (room, room)),
            capture_output=True,
            text=True,
            check=False,
        )
        failed += done.returncode != 0
        with batches.writing(home):
            half = list(home.glob("*/.*"))
        after = len(batches.manifests(home))
        lost = "kept" in done.stdout and after != before + 1
        warehouse.current(home).rows("from batches")
        wrong += bool(backup.verify(home)) or bool(half) or lost or after < before
    return failed, wrong


def attacked(homes: int) -> list[str]:
    """Attacks what is published of the sample and of districts made by chance: what came out."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        demo.build(home)
        ordinary = district.load(home).ordinary
        found = breaches(warehouse.current(home).connection, ordinary, solving=True)
    out = [f"sample: {reader or 'viewer'} {cell}" for reader, cell in found]
    for seed in range(homes):
        found = breaches(by_chance(random.Random(seed)), solving=True)
        out += [f"district {seed}: {reader or 'viewer'} {cell}" for reader, cell in found]
    return out


def main() -> None:
    """Prints a line per figure."""
    given = [int(one) for one in sys.argv[1:]]
    usual = (200, 100, 20, 100, 10, 5, 1000)
    kills, times, disks, districts, of_each, histories, steps = (*given, *usual[len(given) :])
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        toll = kill_often(new_home(folder / "kills"), kills, seed=1)
        told(
            f"kills {toll.kills} (finished before it: {toll.finished}): lost {len(toll.lost)},"
            f" half {len(toll.half)}, broken pointers {len(toll.broken)}",
            *(*toll.lost, *toll.half, *toll.broken),
        )
        (folder / "commands").mkdir()
        killed, wrong = killed_often(folder / "commands", of_each)
        told(f"commands killed {killed} times, {of_each} each: {len(wrong)} wrong", *wrong)
        reads, errors, mixed = publications(new_home(folder / "published"), times)
        told(f"publications {times} under {reads} reads: errors {errors}, mixed {mixed}")
        failed, left = full_disks(new_home(folder / "full"), disks)
        told(f"full disks {disks}: imports refused {failed}, left half {left}")
        found = [
            one
            for seed in range(histories)
            for kind, of in (("one", of_one_community), ("district", of_a_district))
            for one in of(folder / f"{kind}_{seed}", 10, random.Random(seed))
        ]
        told(f"over time, {2 * histories} homes published 10 times: {len(found)} small", *found)
    found = attacked(districts)
    told(f"attack on the sample and {districts} districts: {len(found)} small numbers", *found)
    walk = reported(steps)
    acts = ", ".join(f"{act} {count}" for act, count in walk.done.most_common())
    told(f"reporting, {steps} steps ({acts}): {len(walk.wrong)} wrong", *walk.wrong)
    told(f"{time.monotonic() - began:.0f} s")


def told(*lines: str) -> None:
    """Prints at once."""
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    main()
